// Reading and writing JSON where dam.h deals in text.
//
// Why not a document tree: numbers must come out as they went in (2 and 2.0 differ, int64 is
// exact), so values are cut out of the canonical text of a document instead of being converted.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dam::tool {

// Adds `text` (UTF-8) as a JSON string.
void append_json_string(std::string& out, std::string_view text);

// The text a JSON string stands for; nothing when `value` is no string.
std::optional<std::string> json_string_value(std::string_view value);

// A path such as tags.a.b or matches.0.id; a dot or backslash in a name is written \. or \\.
std::vector<std::string> split_path(std::string_view path);

// The value at `path` in valid JSON without white space between tokens. Digits index lists only.
std::optional<std::string_view> find_json(std::string_view json,
                                          const std::vector<std::string>& path);

// The bytes of base64 as libdam writes it; nothing when `text` is none.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace dam::tool
