// A header slot: 0 magic 8 | 8 version u32 | 12 home_bits u32 | 16 uuid 16 | 32 generation u64
//   40 covered_length u64 | 48 covered_slots u64 | 56 entry_count u64 | 64 bucket_count u64
//   72 sequence u64 | 80 salt u32 | zeros | 508 crc of bytes 0..507 u32
#include "index/id_table.h"

#include <cstring>
#include <thread>
#include <utility>

#include "base/crc32c.h"
#include "platform/clock.h"

namespace dam {
namespace {

constexpr uint8_t kMagic[8] = {0x89, 'D', 'I', 'D', '\r', '\n', 0x1A, '\n'};
constexpr uint32_t kVersion = 1;
constexpr size_t kCrcAt = IdTable::kHeaderSlotSize - 4;

// A page being written this moment gives a bucket that is half old, half new, for a few
// nanoseconds, or for as long as the writing thread is kept from its processor.
constexpr int kQuickRereads = 64;
constexpr int kPatientRereads = 20;

bool decode_header(Bytes slot, IdTableHeader& out) {
  const uint8_t* p = slot.data();
  if (std::memcmp(p, kMagic, sizeof kMagic) != 0 || load<uint32_t>(p + 8) != kVersion) return false;
  if (load<uint32_t>(p + kCrcAt) != crc32c(0, p, kCrcAt)) return false;
  out.home_bits = load<uint32_t>(p + 12);
  std::memcpy(out.stamp.uuid.data(), p + 16, out.stamp.uuid.size());
  out.stamp.generation = load<uint64_t>(p + 32);
  out.stamp.covered_length = load<uint64_t>(p + 40);
  out.stamp.covered_slots = load<uint64_t>(p + 48);
  out.entry_count = load<uint64_t>(p + 56);
  out.bucket_count = load<uint64_t>(p + 64);
  out.sequence = load<uint64_t>(p + 72);
  out.stamp.salt = load<uint32_t>(p + 80);
  return out.home_bits >= IdTable::kLeastHomeBits && out.home_bits <= IdTable::kMostHomeBits &&
         out.bucket_count > uint64_t{1} << out.home_bits &&
         out.bucket_count % IdTable::kBucketsPerPage == 0;
}

}  // namespace

uint32_t IdBucket::checksum(uint32_t seed, uint64_t number) const {
  const auto place = static_cast<uint32_t>(number ^ (number >> 32));
  return crc32c(seed ^ place, this, offsetof(IdBucket, crc));
}

bool IdBucket::checks(uint32_t seed, uint64_t number) const {
  return count() <= kEntries && crc == checksum(seed, number);
}

uint32_t IdTableHeader::seed() const {
  const uint64_t rest[2] = {stamp.generation, home_bits};
  return crc32c(crc32c(0, stamp.uuid.data(), stamp.uuid.size()), rest, sizeof rest);
}

void IdTable::encode_header(const IdTableHeader& header, MutableBytes slot) {
  uint8_t* p = slot.data();
  std::memset(p, 0, kHeaderSlotSize);
  std::memcpy(p, kMagic, sizeof kMagic);
  store<uint32_t>(p + 8, kVersion);
  store<uint32_t>(p + 12, header.home_bits);
  std::memcpy(p + 16, header.stamp.uuid.data(), header.stamp.uuid.size());
  store<uint64_t>(p + 32, header.stamp.generation);
  store<uint64_t>(p + 40, header.stamp.covered_length);
  store<uint64_t>(p + 48, header.stamp.covered_slots);
  store<uint64_t>(p + 56, header.entry_count);
  store<uint64_t>(p + 64, header.bucket_count);
  store<uint64_t>(p + 72, header.sequence);
  store<uint32_t>(p + 80, header.stamp.salt);
  store<uint32_t>(p + kCrcAt, crc32c(0, p, kCrcAt));
}

Result<IdTableHeader> IdTable::read_header() const {
  std::array<uint8_t, kHeaderSlotSize> slot;
  IdTableHeader newest;
  bool found = false;
  for (uint64_t page = 0; page < 2; ++page) {
    IdTableHeader header;
    DAM_TRY(file_.read(page * kPageSize, slot));
    if (!decode_header(slot, header)) continue;
    if (!found || header.sequence > newest.sequence) newest = header;
    found = true;
  }
  if (!found)
    return Status::error(Code::kCorrupt, "both header slots of %s differ from their checksums",
                         path().c_str());
  return newest;
}

Result<std::shared_ptr<IdTable>> IdTable::open(const std::string& path, Access access,
                                               bool reads_safely) {
  std::shared_ptr<IdTable> table(new IdTable);
  DAM_ASSIGN(table->file_, File::open(path, access));
  DAM_ASSIGN(table->header_, table->read_header());
  DAM_ASSIGN(const uint64_t size, table->file_.size());
  const uint64_t buckets = table->header_.bucket_count;
  if (size % kPageSize != 0 || size / kPageSize != 2 + buckets / kBucketsPerPage)
    return Status::error(Code::kCorrupt, "%s has %llu bytes, not those of %llu buckets",
                         path.c_str(), static_cast<unsigned long long>(size),
                         static_cast<unsigned long long>(buckets));
  DAM_ASSIGN(table->mapping_, Mapping::map(table->file_, size, size));
  table->mapping_.expect_random_reads();
  table->seed_ = table->header_.seed();
  table->reads_safely_ = reads_safely;
  return table;
}

// Word by word: the page may be rewritten meanwhile, here or by another process.
bool IdTable::copy(uint64_t number, IdBucket& to) const {
  if (reads_safely_) {
    const MutableBytes bytes(reinterpret_cast<uint8_t*>(&to), sizeof to);
    return file_.read(kHeaderSize + number * sizeof to, bytes).ok() && to.checks(seed_, number);
  }
  auto* from = reinterpret_cast<uint64_t*>(const_cast<uint8_t*>(bucket_at(number)));
  for (uint32_t i = 0; i < IdBucket::kEntries; ++i)
    to.entries[i] = std::atomic_ref<uint64_t>(from[i]).load(std::memory_order_relaxed);
  const uint64_t last =
      std::atomic_ref<uint64_t>(from[IdBucket::kEntries]).load(std::memory_order_relaxed);
  to.mark_count = static_cast<uint32_t>(last);
  to.crc = static_cast<uint32_t>(last >> 32);
  return to.checks(seed_, number);
}

bool IdTable::read(uint64_t number, IdBucket& to) const {
  if (copy(number, to)) [[likely]]
    return true;
  for (int i = 0; i < kQuickRereads; ++i) {
    std::this_thread::yield();
    if (copy(number, to)) return true;
  }
  for (int i = 0; i < kPatientRereads && !is_damaged(); ++i) {
    sleep_ms(1);
    if (copy(number, to)) return true;
  }
  mark_damaged();
  return false;
}

Status IdTable::write_page(uint64_t page, const IdBucket* buckets) {
  return file_.write(kHeaderSize + page * kPageSize,
                     {reinterpret_cast<const uint8_t*>(buckets), kPageSize});
}

Status IdTable::commit(const IdStamp& stamp, uint64_t entry_count) {
  IdTableHeader next = header_;
  next.stamp = stamp;
  next.entry_count = entry_count;
  ++next.sequence;
  std::array<uint8_t, kHeaderSlotSize> slot;
  encode_header(next, slot);
  DAM_TRY(file_.sync());
  DAM_TRY(file_.write((next.sequence % 2) * kPageSize, slot));
  DAM_TRY(file_.sync());
  // Why not all of it: finds read the shape meanwhile, which never changes.
  header_.stamp = next.stamp;
  header_.entry_count = next.entry_count;
  header_.sequence = next.sequence;
  return {};
}

}  // namespace dam
