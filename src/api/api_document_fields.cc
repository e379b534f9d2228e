// The fields of a document one by one: strings, bytes, numbers, and the documents below.
#include <bit>

#include "api/arguments.h"
#include "api/boundary.h"
#include "api/document_handle.h"
#include "api/field_argument.h"
#include "document/tag_view.h"

using dam::FieldReader;
using dam::FieldUse;
using dam::Status;

namespace dam {
namespace {

using Vector = flatbuffers::Vector<uint8_t>;  // of whatever: only its size is asked for
using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;

}  // namespace
}  // namespace dam

dam_status dam_document_has(const dam_document* document, int32_t field, int32_t* out_found) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_found, "out_found"));
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kAny));
    *out_found = FieldReader(document->root()).has(number) ? 1 : 0;
    return {};
  });
}

dam_status dam_document_content_type(const dam_document* document, int32_t* out_field) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_field, "out_field"));
    constexpr int32_t kFields[] = {0, DAM_FIELD_TEXT, DAM_FIELD_BUFFER, DAM_FIELD_BLOB};
    *out_field = kFields[static_cast<size_t>(dam::content_type(document->root()))];
    return {};
  });
}

dam_status dam_document_string(const dam_document* document, int32_t field, const char** out_string,
                               size_t* out_string_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_string, "out_string"));
    DAM_TRY(dam::require(out_string_size, "out_string_size"));
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kString));
    const auto* text = FieldReader(document->root()).part<flatbuffers::String>(number);
    if (text == nullptr) return Status::absent();
    *out_string = text->c_str();
    *out_string_size = text->size();
    return {};
  });
}

dam_status dam_document_buffer(const dam_document* document, int32_t field, const void** out_data,
                               size_t* out_size) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_data, "out_data"));
    DAM_TRY(dam::require(out_size, "out_size"));
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kBuffer));
    const auto* bytes = FieldReader(document->root()).part<dam::Vector>(number);
    if (bytes == nullptr) return Status::absent();
    *out_data = bytes->data();
    *out_size = bytes->size();
    return {};
  });
}

dam_status dam_document_integer(const dam_document* document, int32_t field, int64_t* out_integer) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_integer, "out_integer"));
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kInteger));
    const FieldReader reader(document->root());
    if (!reader.has(number)) return Status::absent();
    *out_integer = reader.bits(number);
    return {};
  });
}

dam_status dam_document_number(const dam_document* document, int32_t field, double* out_number) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_number, "out_number"));
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kNumber));
    const FieldReader reader(document->root());
    if (!reader.has(number)) return Status::absent();
    const uint32_t bits = reader.bits(number);
    const bool is_real = number == dam::field::kWeight;
    *out_number = is_real ? static_cast<double>(std::bit_cast<float>(bits)) : bits;
    return {};
  });
}

dam_status dam_document_count(const dam_document* document, int32_t field, int64_t* out_count) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_count, "out_count"));
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kElements));
    const FieldReader reader(document->root());
    if (!reader.has(number)) return Status::absent();
    *out_count = number == dam::field::kTags ? dam::tag_count(document->root()->tags())
                                             : reader.part<dam::Vector>(number)->size();
    return {};
  });
}

dam_status dam_document_child(const dam_document* document, int32_t field, int64_t position,
                              dam_document** out_document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_document, "out_document"));
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kDocuments));
    const auto* below = FieldReader(document->root()).part<dam::Documents>(number);
    if (below == nullptr) return Status::absent();
    DAM_ASSIGN(const uint64_t rank, dam::resolve_position(position, below->size()));
    *out_document =
        dam::child_document(document, below->Get(static_cast<uint32_t>(rank))).release();
    return {};
  });
}
