#include "exchange/import_report.h"

#include <utility>

namespace dam {
namespace {

constexpr uint64_t kMostLines = 1000;

}  // namespace

void ImportReport::remark(const std::string& line) { text_.append(line).append("\n"); }

void ImportReport::damage(const std::string& line) {
  if (damaged_ == 0) first_damage_ = line;
  if (++damaged_ <= kMostLines) remark(line);
}

std::string ImportReport::take_text() {
  if (damaged_ > kMostLines)
    remark(std::to_string(damaged_ - kMostLines) + " further lines are left out");
  return std::move(text_);
}

}  // namespace dam
