// Strings as JSON writes them: only what must be escaped is.
#pragma once

#include <string>
#include <string_view>

namespace dam {

void append_json_string(std::string_view text, std::string* out);

}  // namespace dam
