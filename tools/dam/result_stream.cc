// Buffered results with their failures kept; see result_stream.h.
#include "result_stream.h"

#include <cerrno>
#include <cstring>
#include <string>

namespace dam::tool {

ResultStream::~ResultStream() {
  if (file_ != stdout && file_ != nullptr) std::fclose(file_);
}

ExitStatus ResultStream::redirect(std::string_view what, std::string_view path) {
  FILE* file = std::fopen(std::string(path).c_str(), "wbe");
  if (file == nullptr) {
    complain(what, path, std::strerror(errno));
    return ExitStatus::kFailed;
  }
  file_ = file;
  return ExitStatus::kDone;
}

void ResultStream::write(std::string_view text) {
  if (!open()) return;
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) error_ = errno;
}

ExitStatus ResultStream::finish(std::string_view what) {
  if (error_ == 0 && std::fflush(file_) != 0) error_ = errno;
  if (file_ != stdout) {
    if (std::fclose(file_) != 0 && error_ == 0) error_ = errno;
    file_ = nullptr;
  }
  if (error_ == 0 || error_ == EPIPE) return ExitStatus::kDone;
  complain(what, "writing the result", std::strerror(error_));
  return ExitStatus::kFailed;
}

}  // namespace dam::tool
