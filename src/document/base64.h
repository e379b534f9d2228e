// Base64 with the standard alphabet and padding (RFC 4648, section 4), the only form JSON uses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace dam {

void append_base64(Bytes bytes, std::string* out);

// False, with `out` in any state, unless `text` is exactly what append_base64 writes for some
// bytes.
bool decode_base64(std::string_view text, std::vector<uint8_t>* out);

}  // namespace dam
