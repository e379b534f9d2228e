#include "api/last_error.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "document/utf8.h"

namespace dam {

thread_local constinit ThreadState thread_state;

dam_status report(Code code, const char* text) noexcept {
  char* const line = thread_state.error;
  const size_t size = strnlen(text, sizeof thread_state.error - 1);
  std::copy_n(text, size, line);
  line[size] = '\0';
  std::replace_if(
      line, line + size, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  // Paths and ids in a text are whatever the file system or a caller had.
  size_t valid = 0;
  for (;;) {
    const size_t bad = find_invalid_utf8(std::string_view(line + valid, size - valid));
    if (bad == std::string_view::npos) break;
    valid += bad;
    line[valid++] = '?';
  }
  return static_cast<dam_status>(code);
}

}  // namespace dam
