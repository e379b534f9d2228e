#include "exchange/import_batch.h"

#include <algorithm>
#include <cstring>

namespace dam {
namespace {

constexpr size_t kMostDocuments = 4096;
constexpr size_t kMostBytes = size_t{8} << 20;

bool is_about_one_document(Code code) {
  return code == Code::kAlreadyExists || code == Code::kInvalidArgument ||
         code == Code::kInvalidDocument || code == Code::kTooBig;
}

}  // namespace

Status ImportBatch::add(Bytes document, uint64_t number) {
  const size_t begin = words_.size();
  words_.resize(begin + (document.size() + 7) / 8);
  std::memcpy(words_.data() + begin, document.data(), document.size());
  entries_.push_back({begin, document.size(), number});
  if (entries_.size() < kMostDocuments && words_.size() * 8 < kMostBytes) return {};
  return finish();
}

Status ImportBatch::finish() {
  operations_.resize(entries_.size());
  for (size_t i = 0; i < entries_.size(); i++) {
    const auto* at = reinterpret_cast<const uint8_t*>(words_.data() + entries_[i].begin);
    operations_[i].upsert = upsert_;
    operations_[i].document = Bytes(at, entries_[i].size);
  }
  const Status status = store(0, entries_.size());
  entries_.clear();
  words_.clear();
  return status;
}

Status ImportBatch::store(size_t first, size_t count) {
  if (count == 0) return {};
  const auto operations = std::span(operations_).subspan(first, count);
  const Result<CommitResult> done = store_.commit(operations, store_.durability());
  if (done.ok()) {
    stored_ += count;
    return {};
  }
  if (!is_about_one_document(done.status().code())) return done.status();
  if (count == 1) return refused_(entries_[first].number, done.status());
  DAM_TRY(store(first, count / 2));
  return store(first + count / 2, count - count / 2);
}

}  // namespace dam
