// Makes the documents of the benchmarks: document n always has the same id and bytes. Each is a
// FlatBuffer of one size with a random 36-byte id and a random text, which begins with the id of
// another document, so that a walk can depend on what it read.
#ifndef BENCH_DOCUMENT_MAKER_H_
#define BENCH_DOCUMENT_MAKER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "measurement.h"

namespace bench {

constexpr size_t kIdSize = 36;

enum class IdForm { kUuid, kText };

// Documents packed as dam_extend wants them, and their ids one after the other.
struct DocumentBatch {
  std::string bytes;
  std::vector<int64_t> offsets{0};
  std::string ids;

  int64_t count() const { return static_cast<int64_t>(offsets.size()) - 1; }
  Bytes document(int64_t index) const;
  std::string_view id(int64_t index) const;
  void clear();
};

class DocumentMaker {
 public:
  // Documents of `size` bytes, or the smallest that hold both ids. Following the ids that the first
  // `chain_length` of them name visits each once; chain_length is a power of 10 times 1, 2, 4 or 5.
  DocumentMaker(IdForm form, size_t size, int64_t chain_length);

  size_t document_size() const { return pattern_.size(); }
  std::string id(int64_t number) const;
  void add_to(DocumentBatch* batch, int64_t number) const;
  void fill(DocumentBatch* batch, int64_t first, int64_t count) const;
  // The id that a document names as its next.
  std::string_view next_id(const char* document) const { return {document + next_at_, kIdSize}; }

 private:
  void write_id(int64_t number, char* out) const;

  IdForm form_;
  int64_t chain_length_;
  std::string pattern_;
  size_t id_at_ = 0;
  size_t next_at_ = 0;
  size_t text_end_ = 0;
};

// Numbers below `limit`, the same for each seed.
class RandomNumbers {
 public:
  explicit RandomNumbers(uint64_t seed) : state_(seed) {}
  uint64_t next();
  int64_t below(int64_t limit) {
    return static_cast<int64_t>(next() % static_cast<uint64_t>(limit));
  }

 private:
  uint64_t state_;
};

}  // namespace bench

#endif  // BENCH_DOCUMENT_MAKER_H_
