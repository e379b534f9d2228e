// What an array must be, as a vector: the model that stores are compared with.
//
// Slots are counted as the store counts them, so that operations by slot mean the same in both.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/status.h"
#include "store/write_operation.h"

namespace dam::test {

// Verified bytes at an address that is a multiple of 8; copies share them.
class Document {
 public:
  Document() = default;
  explicit Document(Bytes bytes);
  Bytes bytes() const;
  std::string_view id() const;

 private:
  std::shared_ptr<const std::vector<uint64_t>> words_;
  size_t size_ = 0;
};

class ArrayModel {
 public:
  struct Row {
    uint64_t slot;
    Document document;
    std::string_view id() const { return document.id(); }
  };

  const std::vector<Row>& rows() const { return rows_; }
  uint64_t count() const { return rows_.size(); }
  uint64_t slots() const { return slots_; }

  // One operation, as the store defines it; nothing changes unless it is kOk.
  Code apply(const WriteOperation& operation);
  // All or none.
  Code apply_all(const std::vector<WriteOperation>& operations);

  static constexpr size_t kNone = SIZE_MAX;
  size_t index_of_id(std::string_view id) const;
  size_t index_of_slot(uint64_t slot) const;

 private:
  Code replace(size_t index, const WriteOperation& operation);

  std::vector<Row> rows_;
  uint64_t slots_ = 0;
};

}  // namespace dam::test
