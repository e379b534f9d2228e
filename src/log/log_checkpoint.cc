// LogWriter's checkpoints: what makes header.bin vouch for the body, and the marks on version
// words.
//
// A checkpoint is taken between two commits, synced while commits go on, and written between two
// commits again. It bounds what a recovery scans and lets older version words go.
#include <algorithm>

#include "base/seeded_mistake.h"
#include "log/log_recovery.h"
#include "log/log_writer.h"

namespace dam {

void LogWriter::begin_checkpoint() { begun_ = point_; }

Status LogWriter::sync_checkpoint() {
  const uint64_t length = begun_.body_length;
  if (seeded(Mistake::kCheckpointBeforeSyncs)) return {};
  if (!seeded(Mistake::kCheckpointSkipsBodySync)) DAM_TRY(sync_file(body()));
  if (!seeded(Mistake::kCheckpointSkipsHeaderSync)) DAM_TRY(sync_file(header()));
  uint64_t known = durable_length();
  while (known < length && !durable_length_.compare_exchange_weak(known, length)) {
  }
  return {};
}

Status LogWriter::finish_checkpoint(bool clean) {
  if (is_poisoned()) return poisoned_before();
  CommitPoint next = begun_;
  begun_ = {};
  next.seq = std::max(next.seq, checkpoint_.seq + 1);
  // Leftovers of a lost tail keep their mark until they are swept. Otherwise only words written
  // from now on can become leftovers, and none at all when nothing follows.
  if (has_leftovers_)
    next.suspect = checkpoint_.suspect;
  else
    next.suspect = clean ? 0 : next.body_length;
  const size_t index = 1 - checkpoint_index_;
  // A failure leaves the last checkpoint as it is; the next one writes to the same place again.
  DAM_TRY(write_commit_point(header(), next, kCheckpointAt[index], seed()));
  checkpoint_index_ = index;
  checkpoint_ = next;
  return clean ? sync_file(header()) : Status();
}

// Before the session's first version word the mark must be durable: a word that outlives its frame
// would otherwise pass for rot.
Status LogWriter::mark_suspect() {
  if (suspect_marked_ || seeded(Mistake::kSuspectNotSynced)) return {};
  if (checkpoint_.suspect == 0) {
    CommitPoint marked = checkpoint_;
    ++marked.seq;
    marked.suspect = marked.body_length;
    const size_t index = 1 - checkpoint_index_;
    DAM_TRY(write_commit_point(header(), marked, kCheckpointAt[index], seed()));
    checkpoint_index_ = index;
    checkpoint_ = marked;
  }
  DAM_TRY(sync_file(header()));
  suspect_marked_ = true;
  return {};
}

Result<uint64_t> LogWriter::sweep_words(uint64_t first, uint64_t count) {
  const uint64_t end = std::min(first + count, point_.slots);
  uint64_t swept = 0;
  for (uint64_t slot = first; slot < end; ++slot) {
    const uint8_t* entry = maps_->header() + entry_offset(slot);
    for (size_t i = 0; i < kVersionWords; ++i) {
      const uint64_t place = kVersionWordsAt + 8 * i;
      const uint64_t offset = decode_version_word(load<uint64_t>(entry + place), slot, seed());
      FrameHead head;
      if (offset == 0 || offset < checkpoint_.suspect) continue;
      if (read_frame(log_view(), offset, point_.body_length, head).ok() &&
          is_later_version_of(head, slot))
        continue;
      DAM_TRY(header().write(entry_offset(slot) + place, std::array<uint8_t, 8>{}));
      ++swept;
    }
  }
  return swept;
}

Status LogWriter::finish_sweep() {
  DAM_TRY(sync_file(header()));
  CommitPoint released = checkpoint_;
  ++released.seq;
  // Without a session no word follows that could become a leftover.
  released.suspect = in_session_ ? released.body_length : 0;
  const size_t index = 1 - checkpoint_index_;
  DAM_TRY(write_commit_point(header(), released, kCheckpointAt[index], seed()));
  checkpoint_index_ = index;
  checkpoint_ = released;
  has_leftovers_ = false;
  return {};
}

}  // namespace dam
