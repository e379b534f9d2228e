// Which combinations of pending changes are tried, and how they are told.
#include <algorithm>
#include <cstdio>

#include "support/crash_images.h"

namespace dam::test {
namespace {

constexpr uint64_t kExtremes = 4;

}  // namespace

std::unique_ptr<MemoryFileSystem> CrashImages::next() {
  if (!is_exhaustive_) {
    if (drawn_ == options_.limit) return nullptr;
    draw();
    return build(false);
  }
  while (advance())
    if (auto image = build(true)) return image;
  return nullptr;
}

std::unique_ptr<MemoryFileSystem> CrashImages::image_of(const std::vector<uint32_t>& choices) {
  choices_ = choices;
  return build(false);
}

// The next combination in counting order, the first time the one that stands.
bool CrashImages::advance() {
  if (drawn_++ == 0) return true;
  for (size_t i = 0; i < units_.size(); ++i) {
    if (choices_[i] < units_[i].most()) {
      ++choices_[i];
      return true;
    }
    choices_[i] = 0;
  }
  return false;
}

void CrashImages::draw() {
  const uint64_t number = drawn_++;
  const uint64_t singles = std::min<uint64_t>(2 * units_.size(), options_.limit / 2);
  if (number < kExtremes)
    draw_extreme(number);
  else if (number < kExtremes + singles)
    draw_single(number - kExtremes);
  else if (number % 2 == 0)
    draw_cut_in_time();
  else
    draw_densely();
}

void CrashImages::draw_extreme(uint64_t number) {
  for (size_t i = 0; i < units_.size(); ++i) {
    const bool is_sector = units_[i].kind == Kind::kSector;
    const bool is_size = units_[i].kind == Kind::kSize;
    const bool arrives[kExtremes] = {false, true, !is_sector, !is_size};
    choices_[i] = arrives[number] ? units_[i].most() : 0;
  }
}

// Even numbers: all but one unit arrived; odd: of the data only one sector, or of all only one
// unit.
void CrashImages::draw_single(uint64_t number) {
  const bool takes_all = 2 * units_.size() <= options_.limit / 2;
  const size_t chosen =
      takes_all ? static_cast<size_t>(number / 2) : next_random(&random_state_) % units_.size();
  const Unit& unit = units_[chosen];
  if (number % 2 == 0) {
    draw_extreme(1);
    choices_[chosen] = static_cast<uint32_t>(next_random(&random_state_) % unit.most());
    return;
  }
  draw_extreme(unit.kind == Kind::kSector ? 2 : 0);
  choices_[chosen] = unit.most();
}

void CrashImages::draw_cut_in_time() {
  uint64_t first = units_[0].orders.front();
  uint64_t last = first;
  for (const Unit& unit : units_) {
    first = std::min(first, unit.orders.front());
    last = std::max(last, unit.orders.back());
  }
  const uint64_t cut = first + next_random(&random_state_) % (last - first + 1);
  for (size_t i = 0; i < units_.size(); ++i) {
    const auto& orders = units_[i].orders;
    choices_[i] =
        static_cast<uint32_t>(std::upper_bound(orders.begin(), orders.end(), cut) - orders.begin());
    if (next_random(&random_state_) % 8 == 0)
      choices_[i] = static_cast<uint32_t>(next_random(&random_state_) % (orders.size() + 1));
  }
}

void CrashImages::draw_densely() {
  constexpr uint64_t kEighths[] = {1, 4, 7};
  const uint64_t density = kEighths[next_random(&random_state_) % 3];
  for (size_t i = 0; i < units_.size(); ++i) {
    const bool arrives = next_random(&random_state_) % 8 < density;
    const uint64_t any = next_random(&random_state_) % units_[i].most();
    choices_[i] = arrives ? units_[i].most() - static_cast<uint32_t>(any) : 0;
  }
}

std::string CrashImages::description() const {
  const auto paths = source_.walk();
  std::string text;
  for (size_t i = 0; i < units_.size(); ++i) {
    const Unit& unit = units_[i];
    std::string name = unit.node ? "unlinked file" : "name";
    for (const auto& [path, node] : paths)
      if (unit.node && node == unit.node) name = path;
    if (unit.kind == Kind::kNames) {
      const NameChange& change = source_.name_changes_[unit.place];
      name += " " + change.from + ">" + change.to;
    }
    const char* kind = unit.kind == Kind::kSector ? "sector" : "size";
    char line[96];
    std::snprintf(line, sizeof line, " %s %llu: %u of %u\n",
                  unit.kind == Kind::kNames ? "change" : kind,
                  static_cast<unsigned long long>(unit.place), choices_[i], unit.most());
    text += name + line;
  }
  return text;
}

}  // namespace dam::test
