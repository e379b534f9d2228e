// Documents on their way into an array: kept until there are enough for a commit.
//
// When the array refuses a commit for the sake of a document, the halves are tried on their own,
// until the refused one is alone; all others are stored, in their order.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "store/store.h"

namespace dam {

class ImportBatch {
 public:
  // Told the number that a refused document came with, and why; a failure ends the import.
  using Refused = std::function<Status(uint64_t number, const Status& why)>;

  ImportBatch(Store& store, bool upsert, Refused refused)
      : store_(store), upsert_(upsert), refused_(std::move(refused)) {}

  // A verified document, copied; `number` is the caller's name for it.
  Status add(Bytes document, uint64_t number);
  // Commits what is left.
  Status finish();
  uint64_t stored() const { return stored_; }

 private:
  struct Entry {
    size_t begin;
    size_t size;
    uint64_t number;
  };

  Status store(size_t first, size_t count);

  Store& store_;
  bool upsert_;
  Refused refused_;
  std::vector<uint64_t> words_;  // every document at a multiple of 8
  std::vector<Entry> entries_;
  std::vector<WriteOperation> operations_;
  uint64_t stored_ = 0;
};

}  // namespace dam
