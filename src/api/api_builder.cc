// Building documents: their life, and the fields that are strings, bytes, numbers and documents.
#include <bit>
#include <cmath>

#include "api/arguments.h"
#include "api/document_handle.h"
#include "api/field_argument.h"
#include "api/open_builder.h"
#include "base/rounding.h"

using dam::FieldUse;
using dam::OpenBuilder;
using dam::Status;

namespace dam {
namespace {

Status take_bytes(const void* data, size_t size, Bytes& out) {
  if (size > 0) DAM_TRY(require(data, "data"));
  out = Bytes(static_cast<const uint8_t*>(data), size);
  return {};
}

Status set_integer(DocumentDraft& draft, uint32_t number, int64_t integer) {
  if (integer < 0 || integer > UINT32_MAX)
    return Status::error(Code::kInvalidArgument, "%s is to be 0 to 4294967295, not %lld",
                         field_shape(number).name, static_cast<long long>(integer));
  draft.set_bits(number, static_cast<uint32_t>(integer));
  return {};
}

Status set_number(DocumentDraft& draft, uint32_t field, double number) {
  if (field != field::kWeight) {
    const bool whole = number >= 0 && number <= UINT32_MAX && to_nearest_even(number) == number;
    return set_integer(draft, field, whole ? static_cast<int64_t>(number) : -1);
  }
  const auto weight = static_cast<float>(number);
  if (std::isfinite(number) && !std::isfinite(weight))
    return Status::error(Code::kInvalidArgument, "weight %g is beyond f32", number);
  draft.set_bits(field, std::bit_cast<uint32_t>(weight));
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_builder_create(const dam_document* document, dam_builder** out_builder) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_builder, "out_builder"));
    auto builder = std::make_unique<OpenBuilder>();
    if (document != nullptr) builder->draft.take_all(dam::source_of(document));
    return dam::hand_out(std::move(builder), out_builder);
  });
}

dam_status dam_builder_discard(dam_builder* builder) {
  return dam::close_handle<OpenBuilder>(builder);
}

dam_status dam_builder_finish(dam_builder* builder, dam_document** out_document) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_TRY(dam::require(out_document, "out_document"));
    DAM_ASSIGN(const std::vector<uint8_t> bytes, open.draft.build());
    *out_document = dam::copied_document(bytes).release();
    return {};
  });
}

dam_status dam_builder_clear(dam_builder* builder, int32_t field) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kAny));
    open.draft.clear(number);
    return {};
  });
}

dam_status dam_builder_set_string(dam_builder* builder, int32_t field, const char* string,
                                  size_t string_size) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kString));
    std::string_view text;
    DAM_TRY(dam::take_text(string, string_size, "string", text));
    return open.draft.set_text(number, text);
  });
}

dam_status dam_builder_set_buffer(dam_builder* builder, int32_t field, const void* data,
                                  size_t size) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kBuffer));
    dam::Bytes bytes;
    DAM_TRY(dam::take_bytes(data, size, bytes));
    open.draft.set_bytes(number, bytes);
    return {};
  });
}

dam_status dam_builder_set_integer(dam_builder* builder, int32_t field, int64_t integer) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kInteger));
    return dam::set_integer(open.draft, number, integer);
  });
}

dam_status dam_builder_set_number(dam_builder* builder, int32_t field, double number) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t wanted, dam::take_field(field, FieldUse::kNumber));
    return dam::set_number(open.draft, wanted, number);
  });
}

dam_status dam_builder_add_child(dam_builder* builder, int32_t field,
                                 const dam_document* document) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kDocuments));
    DAM_TRY(dam::require(document, "document"));
    open.draft.add_child(number, dam::source_of(document));
    return {};
  });
}

dam_status dam_builder_remove_child(dam_builder* builder, int32_t field, int64_t position) {
  return dam::with<OpenBuilder>(builder, [&](OpenBuilder& open) -> Status {
    DAM_ASSIGN(const uint32_t number, dam::take_field(field, FieldUse::kDocuments));
    return open.draft.remove_child(number, position);
  });
}
