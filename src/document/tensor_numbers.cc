#include "document/tensor_numbers.h"

#include "document/json_number.h"
#include "document/quantize.h"

namespace dam {
namespace {

using schema::Dtype;

// Each value is stored as a Stored, wherever it lies, and made a number by `convert`.
template <typename Stored, typename Number, typename Convert>
void convert_all(Bytes data, std::span<Number> out, Convert convert) {
  const uint8_t* from = data.data();
  for (Number& number : out) {
    number = static_cast<Number>(convert(load<Stored>(from)));
    from += sizeof(Stored);
  }
}

template <typename Stored, typename Number>
void convert_plain(Bytes data, std::span<Number> out) {
  convert_all<Stored>(data, out, [](Stored stored) { return stored; });
}

template <typename Number>
void convert_quantized(const TensorView& tensor, std::span<Number> out) {
  const Quantization by = {*tensor.scale, tensor.zero_point};
  convert_all<int8_t>(tensor.data, out,
                      [&](int8_t stored) { return dequantized<Number>(stored, by); });
}

template <typename Number>
void convert_integers(const TensorView& tensor, std::span<Number> out) {
  switch (tensor.dtype) {
    case Dtype::I8:
      return convert_plain<int8_t>(tensor.data, out);
    case Dtype::I16:
      return convert_plain<int16_t>(tensor.data, out);
    case Dtype::U16:
      return convert_plain<uint16_t>(tensor.data, out);
    case Dtype::I32:
      return convert_plain<int32_t>(tensor.data, out);
    case Dtype::U32:
      return convert_plain<uint32_t>(tensor.data, out);
    case Dtype::I64:
      return convert_plain<int64_t>(tensor.data, out);
    case Dtype::U64:
      return convert_plain<uint64_t>(tensor.data, out);
    default:  // U8, and Bool, whose bytes are 0 and 1
      return convert_plain<uint8_t>(tensor.data, out);
  }
}

template <typename Number>
void convert(const TensorView& tensor, std::span<Number> out) {
  if (tensor.scale) return convert_quantized(tensor, out);
  switch (tensor.dtype) {
    case Dtype::F32:
      return convert_plain<float>(tensor.data, out);
    case Dtype::F64:
      return convert_plain<double>(tensor.data, out);
    case Dtype::F16:
      return convert_all<uint16_t>(tensor.data, out, float_of_f16);
    case Dtype::BF16:
      return convert_all<uint16_t>(tensor.data, out, float_of_bf16);
    default:
      return convert_integers(tensor, out);
  }
}

}  // namespace

void copy_numbers(const TensorView& tensor, std::span<float> out) { convert(tensor, out); }

void copy_numbers(const TensorView& tensor, std::span<double> out) { convert(tensor, out); }

}  // namespace dam
