// SalvageReport: the damage that a salvage met, one line each, and what is in doubt because of it.
#pragma once

#include <cstdint>
#include <string>

namespace dam {

class SalvageReport {
 public:
  // `file` is its name in the array. Ranges that touch, of one cause, become one line.
  void damage(const char* file, uint64_t offset, uint64_t size, const std::string& why);
  // Damage that is no range: a file that is missing, documents that are lost.
  [[gnu::format(printf, 2, 3)]] void remark(const char* format, ...);

  bool is_empty() const { return text_.empty() && size_ == 0; }
  // All lines, the first thousand of them; the rest is counted.
  std::string take_text();

 private:
  void flush();
  void add(const std::string& line);

  std::string text_;
  uint64_t lines_ = 0;
  // The range that may still grow.
  std::string file_;
  std::string why_;
  uint64_t offset_ = 0;
  uint64_t size_ = 0;  // 0: none
};

}  // namespace dam
