#include "npy_file.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "dam.h"

namespace dam::tool {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kAlignment = 64;  // of the data, as numpy writes it

struct DtypeRow {
  std::string_view name;
  int32_t dtype;
  size_t size;
};

// Why no bfloat16: numpy has no name for it.
constexpr DtypeRow kDtypes[] = {
    {"<f4", DAM_DTYPE_F32, 4}, {"<f8", DAM_DTYPE_F64, 8}, {"<f2", DAM_DTYPE_F16, 2},
    {"|i1", DAM_DTYPE_I8, 1},  {"|u1", DAM_DTYPE_U8, 1},  {"<i2", DAM_DTYPE_I16, 2},
    {"<u2", DAM_DTYPE_U16, 2}, {"<i4", DAM_DTYPE_I32, 4}, {"<u4", DAM_DTYPE_U32, 4},
    {"<i8", DAM_DTYPE_I64, 8}, {"<u8", DAM_DTYPE_U64, 8}, {"|b1", DAM_DTYPE_BOOL, 1},
};

// What stands behind 'name': in the head, without the spaces before it.
std::optional<std::string_view> member(std::string_view head, std::string_view name) {
  const std::string quoted = "'" + std::string(name) + "':";
  size_t at = head.find(quoted);
  if (at == std::string_view::npos) return std::nullopt;
  at = head.find_first_not_of(' ', at + quoted.size());
  if (at == std::string_view::npos) return std::nullopt;
  return head.substr(at);
}

const DtypeRow* find_dtype(std::string_view head) {
  const std::optional<std::string_view> value = member(head, "descr");
  for (const DtypeRow& row : kDtypes) {
    if (value && value->starts_with("'" + std::string(row.name) + "'")) return &row;
  }
  return nullptr;
}

// The numbers of a tuple such as (60000, 784) or (3,).
bool parse_shape(std::string_view head, std::vector<uint32_t>& out) {
  const std::optional<std::string_view> value = member(head, "shape");
  if (!value || !value->starts_with('(')) return false;
  std::string_view rest = value->substr(1);
  while (!rest.starts_with(')')) {
    uint32_t number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error != std::errc()) return false;
    out.push_back(number);
    rest.remove_prefix(static_cast<size_t>(end - rest.data()));
    const size_t next = rest.find_first_not_of(", ");
    if (next == std::string_view::npos) return false;
    rest.remove_prefix(next);
  }
  return true;
}

// Where the head of a file begins, and how long it is.
struct HeadPlace {
  size_t start;
  size_t size;
};

std::optional<HeadPlace> find_head(std::string_view bytes) {
  if (!bytes.starts_with(kMagic) || bytes.size() < 12) return std::nullopt;
  const auto byte = [&](size_t at) { return size_t{static_cast<uint8_t>(bytes[at])}; };
  HeadPlace place = {10, byte(8) | byte(9) << 8};
  if (byte(6) >= 2) place = {12, place.size | byte(10) << 16 | byte(11) << 24};
  if (byte(6) < 1 || byte(6) > 3 || place.size > bytes.size() - place.start) return std::nullopt;
  return place;
}

const char* parse_npy(std::string_view bytes, NpyArray& out) {
  const std::optional<HeadPlace> place = find_head(bytes);
  if (!place) return "is no .npy file";
  const std::string_view head = bytes.substr(place->start, place->size);
  const DtypeRow* const row = find_dtype(head);
  if (row == nullptr) return "has a dtype that is not read";
  const std::optional<std::string_view> order = member(head, "fortran_order");
  if (!order || !order->starts_with("False")) return "is not in row order";
  if (!parse_shape(head, out.shape)) return "has no shape";
  out.dtype = row->dtype;
  const std::string_view data = bytes.substr(place->start + place->size);
  size_t wanted = row->size;
  for (const uint32_t extent : out.shape) {
    if (__builtin_mul_overflow(wanted, size_t{extent}, &wanted)) return "is not as long as it says";
  }
  if (wanted != data.size()) return "is not as long as it says";
  out.data.assign(data.begin(), data.end());
  return nullptr;
}

}  // namespace

ExitStatus read_npy(std::string_view what, const std::string& path, NpyArray& out) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    complain(what, path, std::strerror(errno));
    return ExitStatus::kFailed;
  }
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const char* const why = file.bad() ? "cannot be read" : parse_npy(bytes, out);
  if (why == nullptr) return ExitStatus::kDone;
  complain(what, path, why);
  return ExitStatus::kFailed;
}

std::string npy_head(int32_t dtype, uint64_t rows, uint64_t columns) {
  std::string dictionary = "{'descr': '";
  dictionary += dtype == DAM_DTYPE_F64 ? "<f8" : "<f4";
  dictionary += "', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", " +
                std::to_string(columns) + "), }";
  const size_t used = kMagic.size() + 4 + dictionary.size() + 1;
  dictionary.append((kAlignment - used % kAlignment) % kAlignment, ' ');
  dictionary += '\n';
  std::string head(kMagic);
  head += '\x01';
  head += '\x00';
  head += static_cast<char>(dictionary.size() & 0xFF);
  head += static_cast<char>(dictionary.size() >> 8);
  return head + dictionary;
}

}  // namespace dam::tool
