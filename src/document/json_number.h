// Numbers between JSON text and memory, exact both ways.
//
// An integer is a number without '.', 'e' and 'E'; all others are reals and are written with one of
// the three, so that 2 and 2.0 stay apart. Reals take the shortest text that reads back the same;
// those JSON has no number for are the strings "NaN", "Infinity" and "-Infinity".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dam {

bool is_integer(std::string_view number);

// Nothing if `number` is no integer or lies beyond the type.
std::optional<int64_t> parse_int64(std::string_view number);
std::optional<uint64_t> parse_uint64(std::string_view number);

// The nearest value, which may be 0. Nothing if it would be infinite, or for other text.
std::optional<double> parse_double(std::string_view number);
std::optional<float> parse_float(std::string_view number);

// The value of one of the three strings.
std::optional<double> parse_non_finite(std::string_view text);

void append_int(int64_t value, std::string* out);
void append_uint(uint64_t value, std::string* out);
void append_real(double value, std::string* out);
void append_real(float value, std::string* out);

// Half-precision numbers, by their bits. To them rounds to nearest, ties to even.
float float_of_f16(uint16_t bits);
float float_of_bf16(uint16_t bits);
uint16_t f16_of_double(double value);
uint16_t bf16_of_double(double value);

}  // namespace dam
