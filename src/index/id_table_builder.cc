#include "index/id_table_builder.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr size_t kPendingBuckets = 16384;  // 1 MiB

}  // namespace

unsigned home_bits_for(uint64_t entry_count) {
  unsigned bits = IdTable::kLeastHomeBits;
  while (bits < IdTable::kMostHomeBits &&
         entry_count > (uint64_t{IdBucket::kEntries} << bits) / 10 * 7)
    ++bits;
  return bits;
}

IdTableBuilder::IdTableBuilder(File file, const IdTableHeader& header)
    : file_(std::move(file)), header_(header), pending_(1) {
  header_.entry_count = 0;
  header_.sequence = 1;
}

Result<IdTableBuilder> IdTableBuilder::start(const std::string& path, const IdTableHeader& header) {
  DAM_TRY(remove_file(path));
  DAM_ASSIGN(File file, File::create(path));
  return IdTableBuilder(std::move(file), header);
}

Status IdTableBuilder::flush() {
  const uint32_t seed = header_.seed();
  for (size_t i = 0; i < pending_.size(); ++i)
    pending_[i].crc = pending_[i].checksum(seed, first_pending_ + i);
  const auto* bytes = reinterpret_cast<const uint8_t*>(pending_.data());
  DAM_TRY(file_.write(IdTable::kHeaderSize + first_pending_ * sizeof(IdBucket),
                      {bytes, pending_.size() * sizeof(IdBucket)}));
  first_pending_ += pending_.size();
  pending_.clear();
  return {};
}

Status IdTableBuilder::open_next_bucket() {
  if (pending_.size() >= kPendingBuckets) DAM_TRY(flush());
  pending_.emplace_back();
  return {};
}

Status IdTableBuilder::add(uint64_t hash, uint64_t slot) {
  const uint64_t home = header_.home_of(hash);
  while (first_pending_ + pending_.size() <= home || pending_.back().is_full())
    DAM_TRY(open_next_bucket());
  IdBucket& bucket = pending_.back();
  bucket.entries[bucket.count()] = IdBucket::entry_of(hash, slot);
  ++bucket.mark_count;
  ++header_.entry_count;
  return {};
}

Status IdTableBuilder::finish(uint64_t padding) {
  const uint64_t homes = uint64_t{1} << header_.home_bits;
  const uint64_t used = std::max(homes, first_pending_ + pending_.size());
  header_.bucket_count = round_up(used + padding, IdTable::kBucketsPerPage);
  assert(padding > 0);
  while (first_pending_ + pending_.size() < header_.bucket_count) DAM_TRY(open_next_bucket());
  DAM_TRY(flush());
  std::vector<uint8_t> pages(IdTable::kHeaderSize);
  for (uint64_t page = 0; page < 2; ++page)
    IdTable::encode_header(header_, {&pages[page * IdTable::kPageSize], IdTable::kHeaderSlotSize});
  DAM_TRY(file_.write(0, pages));
  return file_.sync();
}

}  // namespace dam
