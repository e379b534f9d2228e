#include "match/nearest_list.h"

#include <algorithm>
#include <utility>

namespace dam {

void NearestList::add(const Neighbor& neighbor) {
  if (!is_full()) {
    kept_.push_back(neighbor);
    if (is_full()) std::make_heap(kept_.begin(), kept_.end());
    return;
  }
  if (!(neighbor < kept_.front())) return;
  std::pop_heap(kept_.begin(), kept_.end());
  kept_.back() = neighbor;
  std::push_heap(kept_.begin(), kept_.end());
}

void NearestList::add_all(const NearestList& other) {
  for (const Neighbor& neighbor : other.kept_) add(neighbor);
}

std::vector<Neighbor> NearestList::take_sorted() {
  std::sort(kept_.begin(), kept_.end());
  return std::exchange(kept_, {});
}

}  // namespace dam
