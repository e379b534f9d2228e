#include "store/salvage_report.h"

#include <cstdarg>
#include <cstdio>

namespace dam {
namespace {

constexpr uint64_t kMostLines = 1000;

}  // namespace

void SalvageReport::damage(const char* file, uint64_t offset, uint64_t size,
                           const std::string& why) {
  if (size == 0) return;
  if (size_ != 0 && file_ == file && why_ == why && offset == offset_ + size_) {
    size_ += size;
    return;
  }
  flush();
  file_ = file;
  why_ = why;
  offset_ = offset;
  size_ = size;
}

void SalvageReport::remark(const char* format, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  flush();
  add(text);
}

void SalvageReport::flush() {
  if (size_ == 0) return;
  add("offset " + std::to_string(offset_) + " of " + file_ + ", " + std::to_string(size_) +
      " bytes: " + why_);
  size_ = 0;
}

void SalvageReport::add(const std::string& line) {
  if (++lines_ <= kMostLines) text_.append(line).append("\n");
}

std::string SalvageReport::take_text() {
  flush();
  if (lines_ > kMostLines)
    text_ += std::to_string(lines_ - kMostLines) + " further lines are left out\n";
  return std::move(text_);
}

}  // namespace dam
