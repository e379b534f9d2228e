#include "base/status.h"

#include <cstdarg>
#include <cstdio>

namespace dam {

Status::Status(const Status& other)
    : code_(other.code_),
      text_(other.text_ ? std::make_unique<std::string>(*other.text_) : nullptr) {}

Status& Status::operator=(const Status& other) {
  if (this != &other) *this = Status(other);
  return *this;
}

Status Status::error(Code code, const char* format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  Status status(code);
  status.text_ = std::make_unique<std::string>(text);
  return status;
}

}  // namespace dam
