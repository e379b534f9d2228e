// What an import has to say: its decisions, then a line for each record that is damaged or in
// doubt.
#pragma once

#include <cstdint>
#include <string>

namespace dam {

class ImportReport {
 public:
  // A decision or a count: no damage.
  void remark(const std::string& line);
  // Something that is lost, or may be. The first thousand have a line each, the rest is counted.
  void damage(const std::string& line);

  uint64_t damaged() const { return damaged_; }
  // The first damage, as a failure that stops an import names it.
  const std::string& first_damage() const { return first_damage_; }
  std::string take_text();

 private:
  std::string text_;
  std::string first_damage_;
  uint64_t damaged_ = 0;
};

}  // namespace dam
