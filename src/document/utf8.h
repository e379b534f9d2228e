// UTF-8 validity, as the Unicode standard defines it: shortest forms only, no surrogates, nothing
// beyond U+10FFFF. ASCII, which is most text, is passed over 32 bytes at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace dam {

// The offset of the first byte that does not belong to a valid character, or npos.
size_t find_invalid_utf8(std::string_view text);

}  // namespace dam
