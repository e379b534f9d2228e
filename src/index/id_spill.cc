#include "index/id_spill.h"

#include <algorithm>
#include <bit>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr unsigned kPartEntryBits = 20;
constexpr int kMostPartBits = 10;
constexpr size_t kBlockEntries = 4096;
constexpr size_t kBlockSize = kBlockEntries * sizeof(IdSpill::Pair);

}  // namespace

Status add_sorted(std::vector<IdSpill::Pair>& pairs, IdTableBuilder& builder) {
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  for (const IdSpill::Pair& pair : pairs) DAM_TRY(builder.add(pair.hash, pair.slot));
  return {};
}

Result<IdSpill> IdSpill::start(const std::string& path, uint64_t expected_count) {
  IdSpill spill;
  DAM_TRY(remove_file(path));
  DAM_ASSIGN(spill.file_, File::create(path));
  DAM_TRY(remove_file(path));
  const int bits =
      std::min(static_cast<int>(std::bit_width(expected_count >> kPartEntryBits)), kMostPartBits);
  spill.part_bits_ = static_cast<unsigned>(bits);
  spill.parts_.resize(size_t{1} << bits);
  return spill;
}

Status IdSpill::write_block(Part& part) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(part.open.data());
  DAM_TRY(file_.write(block_count_ * kBlockSize, {bytes, kBlockSize}));
  part.blocks.push_back(block_count_++);
  part.open.clear();
  return {};
}

Status IdSpill::add(uint64_t hash, uint64_t slot) {
  Part& part = parts_[part_bits_ == 0 ? 0 : hash >> (64 - part_bits_)];
  part.open.push_back({hash, slot});
  ++count_;
  return part.open.size() == kBlockEntries ? write_block(part) : Status();
}

Status IdSpill::drain(IdTableBuilder& builder) {
  std::vector<Pair> pairs;
  for (Part& part : parts_) {
    pairs.resize(part.blocks.size() * kBlockEntries);
    for (size_t i = 0; i < part.blocks.size(); ++i) {
      auto* to = reinterpret_cast<uint8_t*>(&pairs[i * kBlockEntries]);
      DAM_TRY(file_.read(part.blocks[i] * kBlockSize, {to, kBlockSize}));
    }
    pairs.insert(pairs.end(), part.open.begin(), part.open.end());
    DAM_TRY(add_sorted(pairs, builder));
  }
  return {};
}

}  // namespace dam
