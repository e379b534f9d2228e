// The rules, a function for each kind of table.
#include "document/verify_rules.h"

#include <array>
#include <cinttypes>
#include <cmath>

#include "document/document_generated.h"
#include "document/document_view.h"
#include "document/verify_document.h"

namespace dam {
namespace {

using flatbuffers::Offset;
using flatbuffers::String;
using flatbuffers::uoffset_t;
using flatbuffers::Vector;
using schema::TagKind;

std::string_view view(const String* text) { return {text->c_str(), text->size()}; }

template <typename T>
uint64_t count_of(const Vector<T>* vector) {
  return vector ? vector->size() : 0;
}

Status check_id_field(const Place& place, const char* name, const String* id) {
  if (!id || (id->size() > 0 && id->size() <= kMaxIdBytes)) return {};
  Code code = id->size() == 0 ? Code::kInvalidDocument : Code::kTooBig;
  return Status::error(code, "%s has %u bytes, not 1 to %zu", place.path_to(name).c_str(),
                       id->size(), kMaxIdBytes);
}

Status check_document(const Place& place) {
  const auto* document = reinterpret_cast<const schema::Document*>(place.table);
  DAM_TRY(check_id_field(place, "id", document->id()));
  DAM_TRY(check_id_field(place, "parent_id", document->parent_id()));
  bool text = document->text(), buffer = document->buffer(), blob = document->blob();
  if (text + buffer + blob <= 1) return {};
  return Status::error(Code::kInvalidDocument, "%s and %s are both set; a document has one content",
                       place.path_to(text ? "text" : "buffer").c_str(), blob ? "blob" : "buffer");
}

// The number of values a dense tensor of this shape has, or -1 if no document can hold them.
int64_t product(const Vector<uint32_t>* shape) {
  uint64_t values = 1;
  bool beyond = false;
  for (uoffset_t i = 0; i < count_of(shape); i++) {
    uint64_t dimension = shape->Get(i);
    if (dimension == 0) return 0;
    beyond = beyond || values > kMaxDocumentBytes / dimension;
    if (!beyond) values *= dimension;
  }
  return beyond ? -1 : static_cast<int64_t>(values);
}

Status check_dense(const Place& place, const schema::Tensor* tensor, uint64_t item_bytes) {
  if (tensor->indices()) {
    return Status::error(Code::kInvalidDocument, "%s has indices but is dense",
                         place.path().c_str());
  }
  int64_t values = product(tensor->shape());
  uint64_t bytes = count_of(tensor->data());
  if (values >= 0 && static_cast<uint64_t>(values) * item_bytes == bytes) return {};
  return Status::error(Code::kInvalidDocument,
                       "%s has %" PRIu64 " bytes of data, its shape and dtype %s need %s%" PRIu64,
                       place.path().c_str(), bytes, dtype_name(tensor->dtype()),
                       values < 0 ? "more than " : "",
                       values < 0 ? kMaxDocumentBytes : static_cast<uint64_t>(values) * item_bytes);
}

// Coordinates lie within the shape and ascend: row by row, none twice.
Status check_coordinates(const Place& place, const schema::Tensor* tensor, uint64_t values) {
  uint64_t dimensions = count_of(tensor->shape());
  const uint32_t* shape = tensor->shape()->data();
  const uint32_t* indices = values ? tensor->indices()->data() : nullptr;
  for (uint64_t row = 0; row < values; row++) {
    const uint32_t* at = indices + row * dimensions;
    bool ascends = row == 0;
    for (uint64_t d = 0; d < dimensions; d++) {
      if (at[d] >= shape[d]) {
        return Status::error(
            Code::kInvalidDocument, "%s is %u, its dimension is %u",
            place.path_to("indices", static_cast<int64_t>(row * dimensions + d)).c_str(), at[d],
            shape[d]);
      }
      if (ascends) continue;
      if (at[d] < (at - dimensions)[d]) break;
      ascends = at[d] > (at - dimensions)[d];
    }
    if (ascends) continue;
    return Status::error(Code::kInvalidDocument,
                         "%s does not follow the coordinate before it in ascending order",
                         place.path_to("indices", static_cast<int64_t>(row * dimensions)).c_str());
  }
  return {};
}

Status check_sparse(const Place& place, const schema::Tensor* tensor, uint64_t item_bytes) {
  uint64_t bytes = count_of(tensor->data()), dimensions = count_of(tensor->shape());
  uint64_t values = bytes / item_bytes;
  if (dimensions == 0) {
    return Status::error(Code::kInvalidDocument, "%s is sparse and has no shape",
                         place.path().c_str());
  }
  if (bytes % item_bytes != 0 || count_of(tensor->indices()) != values * dimensions) {
    return Status::error(Code::kInvalidDocument,
                         "%s has %" PRIu64 " indices for %" PRIu64 " bytes of %s in %" PRIu64
                         " dimensions",
                         place.path().c_str(), count_of(tensor->indices()), bytes,
                         dtype_name(tensor->dtype()), dimensions);
  }
  return check_coordinates(place, tensor, values);
}

Status check_quantization(const Place& place, const schema::Tensor* tensor) {
  auto scale = tensor->scale();
  if (!scale) {
    if (tensor->zero_point() == 0) return {};
    return Status::error(Code::kInvalidDocument, "%s is %d, but there is no scale",
                         place.path_to("zero_point").c_str(), tensor->zero_point());
  }
  if (tensor->dtype() != schema::Dtype::I8) {
    return Status::error(Code::kInvalidDocument, "%s has a scale, but its dtype is %s, not i8",
                         place.path().c_str(), dtype_name(tensor->dtype()));
  }
  if (std::isfinite(*scale) && *scale >= 0) return {};
  return Status::error(Code::kInvalidDocument, "%s is %g", place.path_to("scale").c_str(),
                       static_cast<double>(*scale));
}

Status check_tensor(const Place& place) {
  const auto* tensor = reinterpret_cast<const schema::Tensor*>(place.table);
  if (tensor->dtype() > schema::Dtype::MAX || tensor->format() > schema::TensorFormat::MAX) {
    return Status::error(Code::kInvalidDocument, "%s has the unknown dtype %d or format %d",
                         place.path().c_str(), static_cast<int>(tensor->dtype()),
                         static_cast<int>(tensor->format()));
  }
  uint64_t item_bytes = item_size(tensor->dtype());
  bool dense = tensor->format() == schema::TensorFormat::Dense;
  DAM_TRY(dense ? check_dense(place, tensor, item_bytes) : check_sparse(place, tensor, item_bytes));
  if (tensor->dtype() == schema::Dtype::Bool) {
    for (uoffset_t i = 0; i < count_of(tensor->data()); i++) {
      if (tensor->data()->Get(i) <= 1) continue;
      return Status::error(Code::kInvalidDocument, "%s is %d, not a bool",
                           place.path_to("data", i).c_str(), tensor->data()->Get(i));
    }
  }
  return check_quantization(place, tensor);
}

struct TagCounts {
  uint64_t texts, ints, reals, buffers, nested;
  bool operator==(const TagCounts&) const = default;
};

// Why not at the place of failure: texts under way there cost every call its stack protection.
[[gnu::cold, gnu::noinline]] Status wrong_tags(const Place& place, const char* what) {
  return Status::error(Code::kInvalidDocument, "%s %s", place.path().c_str(), what);
}

[[gnu::cold, gnu::noinline]] Status wrong_key_count(const Place& place, uint64_t keys,
                                                    uint64_t values) {
  return Status::error(Code::kInvalidDocument, "%s has %" PRIu64 " keys for %" PRIu64 " values",
                       place.path().c_str(), keys, values);
}

[[gnu::cold, gnu::noinline]] Status wrong_kind(const Place& place, uoffset_t element,
                                               TagKind kind) {
  return Status::error(Code::kInvalidDocument, "%s is %d, no kind of tag",
                       place.path_to("kinds", element).c_str(), static_cast<int>(kind));
}

Status count_kinds(const Place& place, const Vector<TagKind>* kinds, TagCounts* counts) {
  std::array<uint64_t, static_cast<size_t>(TagKind::MAX) + 1> found = {};
  for (uoffset_t i = 0; i < kinds->size(); i++) {
    auto kind = static_cast<TagKind>(kinds->Get(i));
    if (kind > TagKind::MAX) return wrong_kind(place, i, kind);
    found[static_cast<size_t>(kind)]++;
  }
  auto count = [&found](TagKind kind) { return found[static_cast<size_t>(kind)]; };
  *counts = {count(TagKind::Text), count(TagKind::Int), count(TagKind::Real), count(TagKind::Bytes),
             count(TagKind::List) + count(TagKind::Map)};
  return {};
}

Status check_tags(const Place& place) {
  const auto* tags = reinterpret_cast<const schema::Tags*>(place.table);
  TagCounts have = {count_of(tags->texts()), count_of(tags->ints()), count_of(tags->reals()),
                    count_of(tags->buffers()), count_of(tags->nested())};
  uint64_t elements = 0;
  if (tags->kinds()) {
    TagCounts need = {};
    DAM_TRY(count_kinds(place, tags->kinds(), &need));
    if (need != have) return wrong_tags(place, "has more or fewer values than kinds");
    elements = tags->kinds()->size();
  } else {
    // There must be one kind only, and none that has no value of its own.
    int used = (have.texts > 0) + (have.ints > 0) + (have.reals > 0) + (have.buffers > 0);
    if (used > 1 || have.nested > 0)
      return wrong_tags(place, "mixes values and does not tell their kinds");
    elements = have.texts + have.ints + have.reals + have.buffers;
  }
  if (!tags->keys() || tags->keys()->size() == elements) return {};
  return wrong_key_count(place, tags->keys()->size(), elements);
}

// A nested value is a map exactly if its kind says so.
Status check_nested_tags(const Place& place) {
  const auto* tags = reinterpret_cast<const schema::Tags*>(place.table);
  if (!tags->nested() || !tags->kinds()) return {};
  uoffset_t rank = 0;
  for (uoffset_t i = 0; i < tags->kinds()->size(); i++) {
    auto kind = static_cast<TagKind>(tags->kinds()->Get(i));
    if (kind != TagKind::List && kind != TagKind::Map) continue;
    bool has_keys = tags->nested()->Get(rank)->keys() != nullptr;
    if (has_keys != (kind == TagKind::Map)) {
      return Status::error(Code::kInvalidDocument, "%s is called a %s and is none",
                           place.path_to("nested", rank).c_str(),
                           kind == TagKind::Map ? "map" : "list");
    }
    rank++;
  }
  return {};
}

Status check_scores(const Place& place, const char* field,
                    const Vector<Offset<schema::NamedScore>>* scores) {
  for (uoffset_t i = 0; i < count_of(scores); i++) {
    const String* name = scores->Get(i)->name();
    if (!name) {
      return Status::error(Code::kInvalidDocument, "%s has no name",
                           place.path_to(field, i).c_str());
    }
    if (i == 0 || view(scores->Get(i - 1)->name()) < view(name)) continue;
    return Status::error(Code::kInvalidDocument, "%s: name \"%s\" is not in ascending order",
                         place.path_to(field, i).c_str(), printable(view(name)).c_str());
  }
  return {};
}

Status check_operands(const Place& place) {
  const auto* score = reinterpret_cast<const schema::NamedScore*>(place.table);
  for (uoffset_t i = 0; i < count_of(score->operands()); i++) {
    if (!score->operands()->Get(i)->name()) continue;
    return Status::error(Code::kInvalidDocument, "%s has a name; only scores have one",
                         place.path_to("operands", i).c_str());
  }
  return {};
}

Status check_document_below(const Place& place) {
  const auto* document = reinterpret_cast<const schema::Document*>(place.table);
  if (document->tags() && !document->tags()->keys()) {
    return Status::error(Code::kInvalidDocument, "%s is a list, not a map",
                         place.path_to("tags").c_str());
  }
  DAM_TRY(check_scores(place, "scores", document->scores()));
  return check_scores(place, "evaluations", document->evaluations());
}

}  // namespace

Status check_own_fields(const Place& place) {
  if (place.shape == &kDocumentShape) return check_document(place);
  if (place.shape == &kTagsShape) return check_tags(place);
  if (place.shape == &kTensorShape) return check_tensor(place);
  return {};
}

Status check_tables_below(const Place& place) {
  if (place.shape == &kDocumentShape) return check_document_below(place);
  if (place.shape == &kTagsShape) return check_nested_tags(place);
  if (place.shape == &kNamedScoreShape) return check_operands(place);
  return {};
}

}  // namespace dam
