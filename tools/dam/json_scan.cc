// A scanner over canonical JSON and the two directions of strings; see json_scan.h.
#include "json_scan.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace dam::tool {
namespace {

// Where the string that starts at `begin` ends, behind its closing quote.
size_t string_end(std::string_view json, size_t begin) {
  size_t at = begin + 1;
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2u : 1u;
  return std::min(at + 1, json.size());
}

// Where the value that starts at `begin` ends: at the first comma or closing bracket of its level.
size_t value_end(std::string_view json, size_t begin) {
  size_t depth = 0;
  for (size_t at = begin; at < json.size();) {
    char letter = json[at];
    bool closes = letter == '}' || letter == ']';
    if (depth == 0 && (closes || letter == ',')) return at;
    if (letter == '{' || letter == '[') ++depth;
    if (closes) --depth;
    at = letter == '"' ? string_end(json, at) : at + 1;
  }
  return json.size();
}

std::optional<std::string_view> find_member(std::string_view object, const std::string& name) {
  size_t at = 1;
  while (at < object.size() && object[at] == '"') {
    size_t key_end = string_end(object, at);
    std::optional<std::string> key = json_string_value(object.substr(at, key_end - at));
    size_t begin = key_end + 1;
    size_t end = value_end(object, begin);
    if (key == name) return object.substr(begin, end - begin);
    at = end + 1;
  }
  return std::nullopt;
}

std::optional<std::string_view> find_element(std::string_view list, const std::string& digits) {
  uint64_t wanted = 0;
  const char* digits_end = digits.data() + digits.size();
  auto [stopped, error] = std::from_chars(digits.data(), digits_end, wanted);
  if (error != std::errc() || stopped != digits_end) return std::nullopt;
  size_t at = 1;
  for (uint64_t index = 0; at < list.size() && list[at] != ']'; ++index) {
    size_t end = value_end(list, at);
    if (index == wanted) return list.substr(at, end - at);
    at = end + 1;
  }
  return std::nullopt;
}

constexpr std::array<int8_t, 256> base64_values() {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<int8_t, 256> values{};
  values.fill(-1);
  for (size_t i = 0; i < kLetters.size(); ++i) {
    values[static_cast<unsigned char>(kLetters[i])] = static_cast<int8_t>(i);
  }
  return values;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  out.append(buffer.GetString(), buffer.GetSize());
}

std::optional<std::string> json_string_value(std::string_view value) {
  rapidjson::Document parsed;
  if (value.empty() || value.front() != '"') return std::nullopt;
  parsed.Parse(value.data(), value.size());
  if (!parsed.IsString()) return std::nullopt;
  return std::string(parsed.GetString(), parsed.GetStringLength());
}

std::vector<std::string> split_path(std::string_view path) {
  std::vector<std::string> names(1);
  for (size_t at = 0; at < path.size(); ++at) {
    if (path[at] == '.') {
      names.emplace_back();
      continue;
    }
    if (path[at] == '\\' && at + 1 < path.size()) ++at;
    names.back() += path[at];
  }
  return names;
}

std::optional<std::string_view> find_json(std::string_view json,
                                          const std::vector<std::string>& path) {
  std::optional<std::string_view> value = json;
  for (const std::string& name : path) {
    if (value->starts_with('{')) {
      value = find_member(*value, name);
    } else if (value->starts_with('[')) {
      value = find_element(*value, name);
    } else {
      return std::nullopt;
    }
    if (!value) return std::nullopt;
  }
  return value;
}

std::optional<std::string> decode_base64(std::string_view text) {
  static constexpr std::array<int8_t, 256> kValues = base64_values();
  while (text.ends_with('=')) text.remove_suffix(1);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  uint32_t bits = 0;
  int bit_count = 0;
  for (char letter : text) {
    int value = kValues[static_cast<unsigned char>(letter)];
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(value);
    bit_count += 6;
    if (bit_count < 8) continue;
    bit_count -= 8;
    bytes += static_cast<char>(bits >> bit_count & 0xff);
  }
  return bytes;
}

}  // namespace dam::tool
