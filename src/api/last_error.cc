#include "api/last_error.h"

#include <limits.h>
#include <pthread.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "document/utf8.h"

namespace dam {

[[gnu::tls_model("initial-exec")]] thread_local constinit ThreadState thread_state;

namespace {

constexpr size_t kTextBytes = 1024;

// Why a key and no destructor of C++: it works in threads that outlive the static objects.
pthread_key_t make_key() noexcept {
  pthread_key_t key;
  const auto free_text = [](void* text) {
    thread_state.text = nullptr;
    std::free(text);
  };
  return pthread_key_create(&key, free_text) == 0 ? key : PTHREAD_KEYS_MAX;
}

// The thread's own memory for a text; NULL when there is none to be had.
char* text_of_thread() noexcept {
  static const pthread_key_t key = make_key();
  if (thread_state.text != nullptr) return thread_state.text;
  char* const text = static_cast<char*>(std::malloc(kTextBytes));
  if (text != nullptr && pthread_setspecific(key, text) != 0) {
    std::free(text);
    return nullptr;
  }
  thread_state.text = text;
  return text;
}

}  // namespace

const char* last_error() noexcept {
  if (!thread_state.has_error) return "";
  return thread_state.text != nullptr ? thread_state.text : "no memory for the text of the failure";
}

dam_status report(Code code, const char* text) noexcept {
  thread_state.has_error = *text != '\0';
  if (!thread_state.has_error) return static_cast<dam_status>(code);
  char* const line = text_of_thread();
  if (line == nullptr) return static_cast<dam_status>(code);
  const size_t size = strnlen(text, kTextBytes - 1);
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
