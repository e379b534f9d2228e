#include "store/salvage_header.h"

#include <algorithm>
#include <vector>

#include "log/array_files.h"

namespace dam {
namespace {

bool fits(DamagedFile& file, const CheckSeed& seed) {
  if (file.holds(0, kSuperblockSize)) {
    const Result<Superblock> superblock = decode_superblock(
        {file.at(0, kSuperblockSize), kSuperblockSize}, FileKind::kHeader, file.path().c_str());
    if (superblock.ok()) return CheckSeed(superblock.value()).start() == seed.start();
  }
  CommitPoint point;
  for (const auto& places : {kCheckpointAt, kPublicationAt})
    for (const uint64_t place : places)
      if (file.holds(place, kCommitPointSize) &&
          decode_commit_point(file.at(place, kCommitPointSize), place, seed, point))
        return true;
  return false;
}

struct OffsetRange {
  uint64_t behind = 0;
  uint64_t end = 0;
};

// Whether the entry still names a later version in the range.
bool names_later(const uint8_t* entry, uint64_t slot, const CheckSeed& seed,
                 const OffsetRange& range) {
  for (size_t i = 0; i < kVersionWords; ++i) {
    const auto word = load<uint64_t>(entry + kVersionWordsAt + 8 * i);
    const uint64_t offset = word == 0 ? 0 : decode_version_word(word, slot, seed);
    if (offset > range.behind && offset < range.end) return true;
  }
  return false;
}

bool has_damaged_word(const uint8_t* entry, uint64_t slot, const CheckSeed& seed) {
  for (size_t i = 0; i < kVersionWords; ++i) {
    const auto word = load<uint64_t>(entry + kVersionWordsAt + 8 * i);
    if (word != 0 && decode_version_word(word, slot, seed) == 0) return true;
  }
  return false;
}

}  // namespace

Result<SalvageHeader> SalvageHeader::open(const std::string& directory, const CheckSeed& seed,
                                          SalvageReport& report) {
  SalvageHeader header;
  header.seed_ = seed;
  bool any = false;
  for (const bool aside : {false, true}) {
    Result<DamagedFile> file =
        DamagedFile::open(aside ? new_header_path(directory) : header_path(directory));
    if (file.status().code() == Code::kNotFound) continue;
    if (!file.ok()) return std::move(file).status();
    any = any || !aside;
    if (!fits(file.value(), seed)) continue;
    header.file_ = std::move(file.value());
    header.name_ = aside ? "header.bin.new" : "header.bin";
    DAM_TRY(header.read_points(report));
    return header;
  }
  report.remark(any ? "header.bin is not of this body, or damaged all over"
                    : "header.bin is missing");
  return header;
}

Status SalvageHeader::read_points(SalvageReport& report) {
  const Result<Superblock> superblock =
      file_->holds(0, kSuperblockSize)
          ? decode_superblock({file_->at(0, kSuperblockSize), kSuperblockSize}, FileKind::kHeader,
                              file_->path().c_str())
          : Status::error(Code::kCorrupt, "too short");
  if (!superblock.ok()) report.damage(name_, 0, kSuperblockSize, "the superblock is damaged");
  for (const auto& places : {kCheckpointAt, kPublicationAt})
    for (const uint64_t place : places) {
      CommitPoint point;
      if (!file_->holds(place, kCommitPointSize)) {
        report.damage(name_, place, kCommitPointSize, "the file ends before this commit point");
      } else if (decode_commit_point(file_->at(place, kCommitPointSize), place, seed_, point)) {
        body_length_ = std::max(body_length_, point.body_length);
        slots_ = std::max(slots_, std::min(point.slots, point.body_length / kFrameAlignment));
      } else if (!file_->is_zero(place, place + kCommitPointSize)) {
        report.damage(name_, place, kCommitPointSize, "a commit point is damaged");
      }
    }
  return {};
}

SalvageHeader::Evidence SalvageHeader::judge(uint64_t slot, uint64_t offset, uint64_t end) {
  if (!holds_entry(slot)) return Evidence::kNone;
  const uint8_t* entry = file_->at(entry_offset(slot), kEntrySize);
  HeaderEntry first;
  if (!decode_header_entry(entry, slot, seed_, first) || has_damaged_word(entry, slot, seed_))
    return Evidence::kNone;
  const OffsetRange later = {offset, std::max(end, body_length_)};
  return names_later(entry, slot, seed_, later) ? Evidence::kLaterIsLost : Evidence::kNewest;
}

void SalvageHeader::check_entries(SalvageReport& report) {
  if (!file_) return;
  for (uint64_t slot = 0; slot < slots_; ++slot) {
    const uint64_t at = entry_offset(slot);
    if (!holds_entry(slot)) {
      report.damage(name_, at, (slots_ - slot) * kEntrySize, "the file ends before these entries");
      return;
    }
    const uint8_t* entry = file_->at(at, kEntrySize);
    HeaderEntry first;
    if (!decode_header_entry(entry, slot, seed_, first))
      report.damage(name_, at, kEntrySize, "no entry is whole there");
    else if (has_damaged_word(entry, slot, seed_))
      report.damage(name_, at + kVersionWordsAt, 8 * kVersionWords, "a version word is damaged");
  }
}

}  // namespace dam
