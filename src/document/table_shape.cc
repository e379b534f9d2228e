// The shapes themselves; a unit test holds them to the schema.
#include "document/table_shape.h"

#include "document/document_generated.h"

namespace dam {
namespace {

using schema::Document;
using schema::NamedScore;
using schema::Tags;
using schema::Tensor;

constexpr FieldShape scalar(const char* name, uint16_t entry, uint8_t width) {
  return {name, entry, FieldKind::kScalar, width, width, nullptr};
}

constexpr FieldShape text(const char* name, uint16_t entry) {
  return {name, entry, FieldKind::kText, 1, 1, nullptr};
}

constexpr FieldShape scalars(const char* name, uint16_t entry, uint8_t width) {
  return {name, entry, FieldKind::kScalars, width, width, nullptr};
}

constexpr FieldShape texts(const char* name, uint16_t entry) {
  return {name, entry, FieldKind::kTexts, 4, 4, nullptr};
}

constexpr FieldShape table(const char* name, uint16_t entry, const TableShape* shape) {
  return {name, entry, FieldKind::kTable, 4, 4, shape};
}

constexpr FieldShape tables(const char* name, uint16_t entry, const TableShape* shape) {
  return {name, entry, FieldKind::kTables, 4, 4, shape};
}

constexpr FieldShape kTensorFields[] = {
    {"data", Tensor::VT_DATA, FieldKind::kScalars, 1, 8, nullptr},
    scalars("shape", Tensor::VT_SHAPE, 4),
    scalar("dtype", Tensor::VT_DTYPE, 1),
    scalar("format", Tensor::VT_FORMAT, 1),
    scalars("indices", Tensor::VT_INDICES, 4),
    scalar("scale", Tensor::VT_SCALE, 4),
    scalar("zero_point", Tensor::VT_ZERO_POINT, 4),
};

constexpr FieldShape kBufferFields[] = {scalars("bytes", schema::Buffer::VT_BYTES, 1)};

constexpr FieldShape kTagsFields[] = {
    {"keys", Tags::VT_KEYS, FieldKind::kKeys, 4, 4, nullptr},
    scalars("kinds", Tags::VT_KINDS, 1),
    texts("texts", Tags::VT_TEXTS),
    scalars("ints", Tags::VT_INTS, 8),
    tables("nested", Tags::VT_NESTED, &kTagsShape),
    scalars("reals", Tags::VT_REALS, 8),
    tables("buffers", Tags::VT_BUFFERS, &kBufferShape),
};

constexpr FieldShape kNamedScoreFields[] = {
    text("name", NamedScore::VT_NAME),
    scalar("value", NamedScore::VT_VALUE, 8),
    text("op_name", NamedScore::VT_OP_NAME),
    text("description", NamedScore::VT_DESCRIPTION),
    tables("operands", NamedScore::VT_OPERANDS, &kNamedScoreShape),
    text("ref_id", NamedScore::VT_REF_ID),
};

constexpr FieldShape kDocumentFields[] = {
    text("id", Document::VT_ID),
    text("text", Document::VT_TEXT),
    table("tags", Document::VT_TAGS, &kTagsShape),
    table("embedding", Document::VT_EMBEDDING, &kTensorShape),
    text("uri", Document::VT_URI),
    text("mime_type", Document::VT_MIME_TYPE),
    scalars("buffer", Document::VT_BUFFER, 1),
    table("blob", Document::VT_BLOB, &kTensorShape),
    text("parent_id", Document::VT_PARENT_ID),
    scalar("granularity", Document::VT_GRANULARITY, 4),
    scalar("adjacency", Document::VT_ADJACENCY, 4),
    scalar("weight", Document::VT_WEIGHT, 4),
    tables("chunks", Document::VT_CHUNKS, &kDocumentShape),
    tables("matches", Document::VT_MATCHES, &kDocumentShape),
    tables("scores", Document::VT_SCORES, &kNamedScoreShape),
    tables("evaluations", Document::VT_EVALUATIONS, &kNamedScoreShape),
    text("modality", Document::VT_MODALITY),
    scalars("location", Document::VT_LOCATION, 4),
    scalar("offset", Document::VT_OFFSET, 4),
    text("level_name", Document::VT_LEVEL_NAME),
    scalar("siblings", Document::VT_SIBLINGS, 4),
    scalars("meta_info", Document::VT_META_INFO, 1),
};

static_assert(std::size(kDocumentFields) == kMaxFields);

}  // namespace

constinit const TableShape kDocumentShape = {"document", kDocumentFields};
constinit const TableShape kTensorShape = {"tensor", kTensorFields};
constinit const TableShape kTagsShape = {"tags", kTagsFields};
constinit const TableShape kBufferShape = {"buffer", kBufferFields};
constinit const TableShape kNamedScoreShape = {"score", kNamedScoreFields};

}  // namespace dam
