// Puts entries into a table in place, page by page in ascending order.
#pragma once

#include <array>
#include <cstdint>
#include <deque>

#include "base/status.h"
#include "index/id_table.h"

namespace dam {

// Takes entries in ascending order of their hash and keeps only the pages that later ones may still
// touch, so each page is written once. A run that is broken off, or repeated after a crash, leaves
// a table in which every earlier entry is still found.
class IdTableEditor {
 public:
  explicit IdTableEditor(IdTable& table) : table_(table), seed_(table.header().seed()) {}

  // False when the padding is used up: the table must grow first. An entry present already stays.
  Result<bool> put(const IdEntry& entry);
  // Writes what is left; does not sync.
  Status finish() { return write_pages_below(~uint64_t{0}); }
  uint64_t added() const { return added_; }

 private:
  struct Page {
    uint64_t number = 0;
    bool changed = false;
    std::array<IdBucket, IdTable::kBucketsPerPage> buckets;
  };
  struct Place {
    Page* page = nullptr;
    uint64_t number = 0;  // of the bucket
    uint32_t index = 0;   // of the entry in it
  };

  Result<Page*> page_of(uint64_t bucket_number);
  Result<bool> find_place(const IdEntry& entry, Place& place);
  Status write_pages_below(uint64_t page_number);
  static IdBucket& bucket_of(const Place& place) {
    return place.page->buckets[place.number % IdTable::kBucketsPerPage];
  }

  IdTable& table_;
  uint32_t seed_;
  uint64_t added_ = 0;
  std::deque<Page> pages_;  // consecutive
};

}  // namespace dam
