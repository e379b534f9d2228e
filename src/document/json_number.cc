// std::from_chars and std::to_chars do the work: exact, shortest, and deaf to locales.
#include "document/json_number.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/rounding.h"

namespace dam {
namespace {

template <typename T>
std::optional<T> parse_whole(std::string_view number) {
  T value = 0;
  const char* end = number.data() + number.size();
  auto [stopped, error] = std::from_chars(number.data(), end, value);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return value;
}

template <typename T>
std::optional<T> parse_real(std::string_view number) {
  T value = 0;
  auto [stopped, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (stopped != number.data() + number.size()) return std::nullopt;
  if (error == std::errc()) return value;
  // Out of range says neither on which side. Too small is 0; a power of ten tells which it was,
  // and without one only a fraction can be too small.
  size_t e = number.find_first_of("eE");
  bool small =
      e != std::string_view::npos ? number.substr(e + 1).starts_with('-') : number.find('.') <= 2;
  if (!small) return std::nullopt;
  return number[0] == '-' ? -T{0} : T{0};
}

template <typename T>
void append_shortest(T value, std::string* out) {
  if (std::isnan(value)) {
    *out += "\"NaN\"";
    return;
  }
  if (std::isinf(value)) {
    *out += value < 0 ? "\"-Infinity\"" : "\"Infinity\"";
    return;
  }
  char text[32];
  auto end = std::to_chars(text, text + sizeof text, value).ptr;
  std::string_view written(text, static_cast<size_t>(end - text));
  *out += written;
  if (written.find_first_of(".e") == std::string_view::npos) *out += ".0";
}

template <typename T>
void append_whole(T value, std::string* out) {
  char text[24];
  auto end = std::to_chars(text, text + sizeof text, value).ptr;
  out->append(text, static_cast<size_t>(end - text));
}

// `value` rounded to a binary format of 16 bits with this many bits of fraction.
uint16_t narrowed(double value, int fraction_bits, int min_exponent, uint16_t infinity) {
  uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  if (std::isnan(value)) return static_cast<uint16_t>(sign | infinity | infinity >> 1);
  double magnitude = std::fabs(value);
  if (magnitude == 0) return sign;
  if (std::isinf(magnitude)) return sign | infinity;
  int exponent = std::max(binary_exponent(magnitude), min_exponent);
  // In units of the last place, ties to even. A carry into the next power of two
  // moves into the exponent by plain addition.
  double units = to_nearest_even(std::ldexp(magnitude, fraction_bits - exponent));
  uint64_t hidden = uint64_t{1} << fraction_bits;
  auto whole = static_cast<uint64_t>(units);
  uint64_t bits = (static_cast<uint64_t>(exponent - min_exponent) << fraction_bits) + whole;
  if (exponent > min_exponent || whole >= hidden) {
    // The hidden bit of a normal number counts as one in the exponent field.
    bits = (static_cast<uint64_t>(exponent - min_exponent + 1) << fraction_bits) + (whole - hidden);
  }
  return bits >= infinity ? sign | infinity : sign | static_cast<uint16_t>(bits);
}

}  // namespace

bool is_integer(std::string_view number) {
  return number.find_first_of(".eE") == std::string_view::npos;
}

std::optional<int64_t> parse_int64(std::string_view number) { return parse_whole<int64_t>(number); }

std::optional<uint64_t> parse_uint64(std::string_view number) {
  return parse_whole<uint64_t>(number);
}

std::optional<double> parse_double(std::string_view number) { return parse_real<double>(number); }

std::optional<float> parse_float(std::string_view number) { return parse_real<float>(number); }

std::optional<double> parse_non_finite(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

void append_int(int64_t value, std::string* out) { append_whole(value, out); }
void append_uint(uint64_t value, std::string* out) { append_whole(value, out); }
void append_real(double value, std::string* out) { append_shortest(value, out); }
void append_real(float value, std::string* out) { append_shortest(value, out); }

float float_of_f16(uint16_t bits) {
  uint32_t exponent = bits >> 10 & 31, fraction = bits & 0x3ff;
  float magnitude;
  if (exponent == 31) {
    magnitude = std::bit_cast<float>(0x7f800000 | fraction << 13);
  } else if (exponent == 0) {
    magnitude = std::ldexp(static_cast<float>(fraction), -24);
  } else {
    magnitude = std::bit_cast<float>((exponent + 112) << 23 | fraction << 13);
  }
  return bits & 0x8000 ? -magnitude : magnitude;
}

float float_of_bf16(uint16_t bits) { return std::bit_cast<float>(uint32_t{bits} << 16); }

uint16_t f16_of_double(double value) { return narrowed(value, 10, -14, 0x7c00); }

uint16_t bf16_of_double(double value) { return narrowed(value, 7, -126, 0x7f80); }

}  // namespace dam
