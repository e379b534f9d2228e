#include "api/last_error.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "document/utf8.h"

namespace dam {

[[gnu::tls_model("initial-exec")]] thread_local constinit ThreadState thread_state;

namespace {

thread_local constinit char error_text[1024] = {};

}  // namespace

const char* last_error() noexcept { return thread_state.has_error ? error_text : ""; }

dam_status report(Code code, const char* text) noexcept {
  char* const line = error_text;
  const size_t size = strnlen(text, sizeof error_text - 1);
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
  thread_state.has_error = true;
  return static_cast<dam_status>(code);
}

}  // namespace dam
