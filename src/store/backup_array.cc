#include "store/backup_array.h"

#include <algorithm>

#include "store/admission.h"
#include "store/array_view.h"
#include "store/fresh_array.h"

namespace dam {
namespace {

uint64_t live_bytes(const CommitPoint& point) {
  return point.body_length - kBodyStart - std::min(point.dead_bytes, point.body_length);
}

uint64_t size_estimate(const CommitPoint& point) {
  return kBodyStart + kEntriesStart + live_bytes(point) + point.live * kEntrySize;
}

class Backup {
 public:
  Backup(const ArrayView& view, FreshArray& to, const BackupProgress& progress)
      : view_(view), to_(to), progress_(progress), total_(live_bytes(view.point())) {}

  Status run() {
    DAM_TRY(advance(0));
    const CommitPoint& point = view_.point();
    DAM_ASSIGN(const ArrayFacts facts, read_facts(view_.log(), point));
    to_.set_facts(facts, point.seq);
    uint64_t slot = 0;
    DAM_TRY(view_.next_slot(0, slot));
    while (slot != View::kNoSlot) {
      DAM_TRY(copy(slot));
      DAM_TRY(view_.next_slot(slot + 1, slot));
    }
    total_ = done_;
    DAM_TRY(advance(0));
    return to_.finish(point.seq);
  }

 private:
  // Why the checksum is always checked: the copy gets one of its own, and damage must not.
  Status copy(uint64_t slot) {
    Version version;
    FrameHead head;
    DAM_TRY(view_.live_version(slot, version));
    DAM_TRY(read_frame(view_.log(), version.offset, view_.point().body_length, head));
    DAM_TRY(check_payload(view_.log(), version.offset, head.payload_size, head.payload_crc));
    DAM_TRY(to_.put(payload_of(view_.log(), version.offset, head.payload_size), head.commit_seq));
    return advance(head.size());
  }

  Status advance(uint64_t bytes) {
    constexpr uint64_t kStep = 1 << 20;
    done_ += bytes;
    if (bytes != 0 && done_ - told_ < kStep) return {};
    told_ = done_;
    if (!progress_ || progress_(done_, std::max(total_, done_))) return {};
    return Status::error(Code::kCancelled, "the backup was cancelled after %llu bytes",
                         static_cast<unsigned long long>(done_));
  }

  const ArrayView& view_;
  FreshArray& to_;
  const BackupProgress& progress_;
  uint64_t total_;  // expected
  uint64_t done_ = 0;
  uint64_t told_ = 0;
};

}  // namespace

Status backup_view(const View& view, const std::string& directory, const BackupProgress& progress) {
  const auto& shown = static_cast<const ArrayView&>(view);  // the one View there is
  DAM_ASSIGN(const std::unique_ptr<FreshArray> array,
             FreshArray::start(directory, {view.generation(), size_estimate(shown.point())}));
  return Backup(shown, *array, progress).run();
}

}  // namespace dam
