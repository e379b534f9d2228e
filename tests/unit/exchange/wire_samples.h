// Serialized messages for tests, and what the reader makes of them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/wire_document.h"

namespace dam::test {

// Fields in wire form; messages are their sum.
std::string bytes_field(uint32_t field, std::string_view bytes);
std::string number_field(uint32_t field, uint64_t number);
std::string float_field(uint32_t field, float number);
std::string double_field(uint32_t field, double number);

// An NdArrayProto with a dense array of these bytes.
std::string dense_array(std::string_view dtype, const std::vector<uint32_t>& shape,
                        std::string_view bytes, std::string_view more = "");
std::string packed_numbers(const std::vector<uint32_t>& numbers);
template <typename T>
std::string raw(std::initializer_list<T> values) {
  return {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(T)};
}
// An entry of a map: of a Struct with a Value, of scores with a NamedScoreProto.
std::string map_entry(std::string_view key, std::string_view value);

Bytes as_wire(std::string_view text);
// The document as canonical JSON; the test fails if it does not read.
std::string json_of_wire(std::string_view wire, const WireDocumentReader::Options& options = {});
std::vector<std::string> losses_of(std::string_view wire);
Status failure_of_wire(std::string_view wire);

}  // namespace dam::test
