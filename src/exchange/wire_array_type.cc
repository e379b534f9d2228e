#include "exchange/wire_array_type.h"

#include <algorithm>

#include "document/verify_place.h"

namespace dam {
namespace {

using schema::Dtype;

struct TypeName {
  std::string_view name;
  Dtype dtype;
};

// Kind and bytes of an item.
constexpr TypeName kTypes[] = {
    {"f2", Dtype::F16}, {"f4", Dtype::F32}, {"f8", Dtype::F64}, {"i1", Dtype::I8},
    {"u1", Dtype::U8},  {"i2", Dtype::I16}, {"u2", Dtype::U16}, {"i4", Dtype::I32},
    {"u4", Dtype::U32}, {"i8", Dtype::I64}, {"u8", Dtype::U64}, {"b1", Dtype::Bool},
};

constexpr TypeName kFloats[] = {
    {"float16", Dtype::F16}, {"float32", Dtype::F32}, {"float64", Dtype::F64}};

Status no_counterpart(std::string_view name) {
  return Status::error(Code::kUnsupported, "array of dtype \"%s\", which documents do not have",
                       printable(name).c_str());
}

}  // namespace

Result<WireArrayType> array_type_of(std::string_view name) {
  const bool has_order = !name.empty() && std::string_view("<>|=").find(name[0]) != name.npos;
  const std::string_view rest = has_order ? name.substr(1) : name;
  for (const TypeName& type : kTypes) {
    if (type.name == rest) return WireArrayType{type.dtype, name[0] == '>'};
  }
  return no_counterpart(name);
}

Result<Dtype> float_type_of(std::string_view name) {
  for (const TypeName& type : kFloats) {
    if (type.name == name) return Dtype{type.dtype};
  }
  return no_counterpart(name);
}

void swap_bytes(std::vector<uint8_t>& data, size_t item_bytes) {
  for (size_t at = 0; at + item_bytes <= data.size(); at += item_bytes) {
    const auto item = data.begin() + static_cast<ptrdiff_t>(at);
    std::reverse(item, item + static_cast<ptrdiff_t>(item_bytes));
  }
}

}  // namespace dam
