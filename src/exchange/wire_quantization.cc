// Why every step rounds: the writing releases compute in the original dtype, and an import answers
// bit for bit what they do. The greatest number shares its code with the least one, because 256
// steps were numbered in 8 bits; nothing in the bytes tells the two apart.
#include "exchange/wire_quantization.h"

#include <cinttypes>

#include "document/document_view.h"
#include "document/json_number.h"
#include "exchange/wire_array_type.h"

namespace dam {
namespace {

using schema::Dtype;

constexpr uint32_t kNone = 0;
constexpr uint32_t kHalf = 1;
constexpr uint32_t kBytes = 2;
constexpr uint32_t kSingle = 3;

float as_half(float number) { return float_of_f16(f16_of_double(static_cast<double>(number))); }

void append_number(Dtype dtype, double number, std::vector<uint8_t>& out) {
  uint8_t bytes[sizeof(double)];
  if (dtype == Dtype::F64) store(bytes, number);
  if (dtype == Dtype::F32) store(bytes, static_cast<float>(number));
  if (dtype == Dtype::F16) store(bytes, f16_of_double(number));
  out.insert(out.end(), bytes, bytes + item_size(dtype));
}

double number_of(const WireQuantization& by, Dtype dtype, uint8_t code) {
  if (dtype == Dtype::F64)
    return static_cast<double>(code) * static_cast<double>(by.scale) +
           static_cast<double>(by.minimum);
  if (dtype == Dtype::F32) {
    const float product = static_cast<float>(code) * by.scale;
    return static_cast<double>(product + by.minimum);
  }
  const float product = as_half(static_cast<float>(code) * as_half(by.scale));
  return static_cast<double>(product + as_half(by.minimum));
}

Status wrong_codes(const TensorParts& parts, uint32_t kind) {
  return Status::error(Code::kInvalidDocument, "array of quantization %" PRIu32 " with codes of %s",
                       kind, dtype_name(parts.dtype));
}

Status widen_halves(Dtype dtype, TensorParts& parts) {
  if (parts.dtype != Dtype::F16) return wrong_codes(parts, kHalf);
  std::vector<uint8_t> numbers;
  numbers.reserve(parts.data.size() / sizeof(uint16_t) * item_size(dtype));
  for (size_t at = 0; at < parts.data.size(); at += sizeof(uint16_t)) {
    const float number = float_of_f16(load<uint16_t>(parts.data.data() + at));
    append_number(dtype, static_cast<double>(number), numbers);
  }
  parts.data.swap(numbers);
  parts.dtype = dtype;
  return {};
}

Status scale_bytes(const WireQuantization& by, Dtype dtype, TensorParts& parts) {
  if (parts.dtype != Dtype::U8) return wrong_codes(parts, kBytes);
  std::vector<uint8_t> numbers;
  numbers.reserve(parts.data.size() * item_size(dtype));
  for (const uint8_t code : parts.data) append_number(dtype, number_of(by, dtype, code), numbers);
  parts.data.swap(numbers);
  parts.dtype = dtype;
  return {};
}

}  // namespace

Status undo_quantization(const WireQuantization& quantization, TensorParts& parts) {
  if (quantization.kind == kNone || quantization.kind == kSingle) return {};
  DAM_ASSIGN(const Dtype dtype, float_type_of(quantization.original));
  if (quantization.kind == kHalf) return widen_halves(dtype, parts);
  if (quantization.kind == kBytes) return scale_bytes(quantization, dtype, parts);
  return wrong_codes(parts, quantization.kind);
}

}  // namespace dam
