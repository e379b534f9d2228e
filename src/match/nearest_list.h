// The rows nearest to one query so far: ascending distance, ties to the lower position.
#pragma once

#include <cstdint>
#include <vector>

namespace dam {

struct Neighbor {
  double distance;
  uint64_t position;

  bool operator<(const Neighbor& other) const {
    return distance < other.distance || (distance == other.distance && position < other.position);
  }
};

class NearestList {
 public:
  explicit NearestList(uint64_t limit) : limit_(limit) {}

  void add(const Neighbor& neighbor);
  bool is_full() const { return kept_.size() >= limit_; }
  // Of a full list: what a row must be before to be added.
  const Neighbor& last() const { return kept_.front(); }
  void add_all(const NearestList& other);
  // Ends the list; what it kept, nearest first.
  std::vector<Neighbor> take_sorted();

 private:
  uint64_t limit_;
  std::vector<Neighbor> kept_;  // once full a heap, the last of them in front
};

}  // namespace dam
