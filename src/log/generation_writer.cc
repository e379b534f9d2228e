#include "log/generation_writer.h"

#include "base/seeded_mistake.h"
#include "log/log_recovery.h"
#include "platform/clock.h"

namespace dam {
namespace {

Status random_salts(uint32_t& first, uint32_t& second) {
  second = first = 0;
  while (first == second) {
    uint8_t bytes[8];
    DAM_TRY(random_bytes(bytes));
    first = load<uint32_t>(bytes);
    second = load<uint32_t>(bytes + 4);
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<GenerationWriter>> GenerationWriter::start(const Place& place,
                                                                  const Superblock& superblock) {
  CommitPoint empty;
  empty.body_length = kBodyStart;
  empty.generation = superblock.generation;
  uint32_t salt = 0;
  DAM_TRY(random_salts(empty.salt, salt));
  std::unique_ptr<GenerationWriter> writer(
      new GenerationWriter(place, CheckSeed(superblock), empty));
  DAM_TRY(writer->create_files(place.permissions));
  DAM_TRY(writer->body_.truncate(kBodyStart));
  DAM_TRY(writer->body_.write(0, encode_superblock(superblock, FileKind::kBody)));
  DAM_TRY(writer->header_.truncate(kEntriesStart));
  DAM_TRY(writer->header_.write(0, encode_superblock(superblock, FileKind::kHeader)));
  writer->batch_.begin_session(salt);
  return writer;
}

Status GenerationWriter::create_files(uint32_t permissions) {
  if (is_temporary_) {
    DAM_ASSIGN(body_, File::create_temporary(parent_of(directory_)));
    DAM_ASSIGN(header_, File::create_temporary(parent_of(directory_)));
    return {};
  }
  DAM_ASSIGN(body_, File::create_anew(new_body_path(directory_), permissions));
  DAM_ASSIGN(header_, File::create_anew(new_header_path(directory_), permissions));
  return {};
}

Result<std::shared_ptr<const ArrayFiles>> GenerationWriter::open() const {
  if (is_temporary_) return ArrayFiles::share(directory_, header_, body_);
  return ArrayFiles::open_new(directory_);
}

GenerationWriter::~GenerationWriter() {
  if (is_in_force_ || is_temporary_) return;
  // What stays is removed by the next prune, or by the next open for writing.
  if (header_.is_open()) static_cast<void>(remove_file(new_header_path(directory_)));
  if (body_.is_open()) static_cast<void>(remove_file(new_body_path(directory_)));
}

Result<uint64_t> GenerationWriter::put(const IdKey& id, Bytes document, uint64_t seq) {
  batch_.copy_commit(seq);
  const uint64_t slot = batch_.put(id, document, 0);
  DAM_TRY(flush_when_full());
  return slot;
}

Status GenerationWriter::replace(uint64_t slot, const IdKey& id, Bytes document, uint64_t seq) {
  DAM_ASSIGN(const Superseded former, newest_version(slot));
  batch_.copy_commit(seq);
  const uint64_t offset = batch_.replace(slot, id, document, former);
  changed_[slot] = {offset, static_cast<uint32_t>(document.size())};
  return flush_when_full();
}

Status GenerationWriter::erase(uint64_t slot, uint64_t seq) {
  DAM_ASSIGN(const Superseded former, newest_version(slot));
  batch_.copy_commit(seq);
  changed_[slot] = {batch_.erase(slot, former), 0};
  return flush_when_full();
}

void GenerationWriter::set_facts(const ArrayFacts& facts, uint64_t seq) {
  if (facts == ArrayFacts()) return;
  batch_.copy_commit(seq);
  batch_.set_facts(facts);
}

Result<Superseded> GenerationWriter::newest_version(uint64_t slot) {
  const auto changed = changed_.find(slot);
  if (changed != changed_.end()) return changed->second;
  uint8_t bytes[kEntrySize];
  const uint64_t first_unwritten = batch_.base().slots;
  if (slot >= first_unwritten)
    std::memcpy(bytes, &batch_.entries()[(slot - first_unwritten) * kEntrySize], kEntrySize);
  else
    DAM_TRY(header_.read(entry_offset(slot), bytes));
  HeaderEntry entry;
  if (!decode_header_entry(bytes, slot, seed_, entry))
    return Status::error(Code::kIo, "%s does not give back what was written (slot %llu)",
                         header_.path().c_str(), static_cast<unsigned long long>(slot));
  return Superseded{entry.offset, entry.payload_size};
}

Status GenerationWriter::flush_when_full() {
  constexpr uint64_t kMost = 4 << 20;
  return batch_.frames().size() < kMost ? Status() : flush();
}

Status GenerationWriter::flush() {
  DAM_TRY(body_.write(batch_.base().body_length, batch_.frames()));
  DAM_TRY(header_.write(entry_offset(batch_.base().slots), batch_.entries()));
  for (const auto& [slot, offset] : batch_.versions()) {
    uint8_t word[8];
    store(word, encode_version_word(offset, slot, seed_));
    DAM_TRY(header_.write(entry_offset(slot) + kVersionWordsAt, word));
  }
  batch_ = FrameBatch(batch_.point(), seed_, 0, batch_.take_buffer());
  return {};
}

Status GenerationWriter::sync() {
  DAM_TRY(flush());
  return sync_files();
}

Status GenerationWriter::sync_files() {
  if (!seeded(Mistake::kPruneSkipsBodySync)) DAM_TRY(body_.sync());
  return seeded(Mistake::kPruneSkipsHeaderSync) ? Status() : header_.sync();
}

// Why all four places at once: nothing reads them before the switch.
Status GenerationWriter::seal(uint64_t seq) {
  DAM_TRY(flush());
  batch_.copy_commit(seq);
  for (const uint64_t place :
       {kCheckpointAt[0], kCheckpointAt[1], kPublicationAt[0], kPublicationAt[1]})
    DAM_TRY(write_commit_point(header_, point(), place, seed_));
  return sync_files();
}

// Durability: the names of both new files before the header takes the old one's place; else a power
// loss could leave the new header without a body.
Status GenerationWriter::take_name() {
  is_in_force_ = is_temporary_;
  if (is_temporary_) return {};
  if (seeded(Mistake::kPruneRenamesBodyFirst))
    DAM_TRY(rename_file(new_body_path(directory_), body_path(directory_)));
  if (!seeded(Mistake::kPruneSkipsNamesSync)) DAM_TRY(sync_directory(directory_));
  DAM_TRY(rename_file(new_header_path(directory_), header_path(directory_)));
  is_in_force_ = true;
  return {};
}

// Durability: the header's new name before the body's. That of the body may be lost: an open rolls
// forward, and the next prune syncs it before it reuses the name.
Status GenerationWriter::finish_names() {
  if (is_temporary_) return {};
  if (!seeded(Mistake::kPruneSkipsSwitchSync)) DAM_TRY(sync_directory(directory_));
  if (seeded(Mistake::kPruneRenamesBodyFirst)) return {};
  return rename_file(new_body_path(directory_), body_path(directory_));
}

}  // namespace dam
