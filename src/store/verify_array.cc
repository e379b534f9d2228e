#include "store/verify_array.h"

#include <cinttypes>
#include <cstdarg>
#include <cstdio>
#include <optional>
#include <vector>

#include "document/document_view.h"
#include "document/verify_document.h"
#include "log/log_scan.h"
#include "store/array_seal.h"
#include "store/store_core.h"

namespace dam {
namespace {

// The lines of a report, the first thousand of them; the rest is counted.
class Report {
 public:
  explicit Report(std::string& lines) : lines_(lines) { lines_.clear(); }

  [[gnu::format(printf, 2, 3)]] void add(const char* format, ...) {
    constexpr uint64_t kMost = 1000;
    if (++count_ > kMost) return;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    lines_.append(text).append("\n");
    if (count_ == kMost) lines_.append("further damage is not listed\n");
  }
  void add(const Status& status) { add("%s", status.message()); }
  uint64_t count() const { return count_; }

 private:
  std::string& lines_;
  uint64_t count_ = 0;
};

// One pass over the body, replayed from nothing, then over the header and the derived structures.
class ArrayCheck {
 public:
  ArrayCheck(const ArrayView& view, const VerifyProgress& progress, std::string& lines)
      : view_(view), log_(view.log()), progress_(progress), report_(lines) {
    total_ = view.point().body_length + view.point().slots * kEntrySize;
  }

  Status run() {
    DAM_TRY(check_body());
    if (report_.count() == 0) compare_counts();
    DAM_TRY(check_header());
    DAM_TRY(check_ids());
    if (report_.count() == 0) return {};
    return Status::error(Code::kCorrupt, "%" PRIu64 " damaged places in %s", report_.count(),
                         view_.pins().generation->directory.c_str());
  }

 private:
  Status advance(uint64_t done) {
    constexpr uint64_t kStep = 1 << 20;
    if (done < told_ + kStep && done != total_) return {};
    told_ = done;
    if (progress_ && !progress_(done, total_))
      return Status::error(Code::kCancelled, "the check was cancelled after %" PRIu64 " bytes",
                           done);
    return {};
  }

  Status check_body() {
    uint64_t offset = kBodyStart;
    bool first = true;
    while (offset < log_.limit) {
      FrameHead head;
      if (!read_frame(log_, offset, log_.limit, head).ok()) {
        skip_damage(offset);
        continue;
      }
      if (first && head.kind != FrameKind::kSession)
        report_.add("the first frame of body.bin opens no session");
      if (first) first_salt_ = head.salt;
      first = false;
      check_chain(offset, head);
      check_document(offset, head);
      offset += head.size();
      DAM_TRY(advance(offset));
    }
    return {};
  }

  // The next whole frame behind damaged bytes, or the end.
  void skip_damage(uint64_t& offset) {
    const uint64_t from = offset;
    FrameHead head;
    do {
      offset += kFrameAlignment;
    } while (offset < log_.limit && !read_frame(log_, offset, log_.limit, head).ok());
    report_.add("offsets %" PRIu64 " to %" PRIu64
                " of body.bin are damaged: no frame is whole there",
                from, offset);
    broken_ = true;
  }

  void check_chain(uint64_t offset, const FrameHead& head) {
    const uint32_t chain = head.kind == FrameKind::kSession ? head.former_salt : head.salt;
    if (salted_ && !broken_ && chain != replayed_.salt)
      report_.add("the frame at offset %" PRIu64 " of body.bin belongs to another session", offset);
    // The first session of a later generation holds copies, which keep the numbers they had.
    const bool is_copy = view_.point().generation > 1 && head.salt == first_salt_;
    if (head.commit_seq < replayed_.seq && !is_copy)
      report_.add("the frame at offset %" PRIu64 " of body.bin is of commit %" PRIu64
                  ", behind commit %" PRIu64,
                  offset, head.commit_seq, replayed_.seq);
    salted_ = true;
    if (!broken_) {
      const Status applied = apply_frame(log_, head, offset, replayed_);
      if (!applied.ok()) report_.add(applied);
    }
    replayed_.salt = head.salt;
    note_version(offset, head);
  }

  void note_version(uint64_t offset, const FrameHead& head) {
    if (head.kind == FrameKind::kSession || head.kind == FrameKind::kMeta) return;
    if (head.slot >= view_.point().slots) {
      report_.add("the frame at offset %" PRIu64 " of body.bin has slot %" PRIu64 " of %" PRIu64,
                  offset, head.slot, view_.point().slots);
      return;
    }
    if (newest_.size() <= head.slot) newest_.resize(head.slot + 1);
    newest_[head.slot] = offset;
  }

  void check_document(uint64_t offset, const FrameHead& head) {
    if (head.kind != FrameKind::kPut && head.kind != FrameKind::kReplace) return;
    if (const Status sound = check_payload(log_, offset, head.payload_size, head.payload_crc);
        !sound.ok()) {
      report_.add(sound);
      return;
    }
    const Bytes document = payload_of(log_, offset, head.payload_size);
    if (const Status valid = verify_document(document); !valid.ok())
      report_.add("the document at offset %" PRIu64 " of body.bin: %s", offset, valid.message());
    else if (view_.key_of(document_id(document)) != head.id)
      report_.add("the frame at offset %" PRIu64 " of body.bin bears another id than its document",
                  offset);
  }

  void compare_counts() {
    const CommitPoint& point = view_.point();
    compare("slots", replayed_.slots, point.slots);
    compare("live documents", replayed_.live, point.live);
    compare("dead bytes", replayed_.dead_bytes, point.dead_bytes);
    compare("newest delete", replayed_.newest_delete, point.newest_delete);
    compare("body length", replayed_.body_length, point.body_length);
  }

  void compare(const char* what, uint64_t replayed, uint64_t stored) {
    if (replayed != stored)
      report_.add("header.bin says %" PRIu64 " %s, body.bin says %" PRIu64, stored, what, replayed);
  }

  Status check_header() {
    const uint64_t body = view_.point().body_length;
    for (uint64_t slot = 0; slot < view_.point().slots; ++slot) {
      Version version;
      const Status found = find_version(log_, slot, version);
      if (!found.ok())
        report_.add(found);
      else if (slot < newest_.size() && newest_[slot] != 0 && newest_[slot] != version.offset)
        report_.add("slot %" PRIu64 " is at offset %" PRIu64 " by header.bin, at %" PRIu64
                    " by body.bin",
                    slot, version.offset, newest_[slot]);
      DAM_TRY(advance(body + (slot + 1) * kEntrySize));
    }
    return {};
  }

  // Each live document must be found by its id, and positions must count exactly the live ones.
  Status check_ids() {
    if (report_.count() != 0) return {};
    std::string id;
    uint64_t slot = 0;
    uint64_t position = 0;
    DAM_TRY(view_.next_slot(0, slot));
    for (; slot != View::kNoSlot; ++position) {
      id.clear();
      DAM_TRY(view_.append_id(slot, id));
      uint64_t found = View::kNoSlot;
      Status status = view_.find(id, found);
      if (!status.ok() && status.code() != Code::kNotFound) return status;
      if (found != slot)
        report_.add("the id of slot %" PRIu64 " leads to slot %" PRId64, slot,
                    static_cast<int64_t>(found));
      DAM_TRY(view_.next_slot(slot + 1, slot));
    }
    if (position != view_.count())
      report_.add("%" PRIu64 " documents are in order, header.bin says %" PRIu64, position,
                  view_.count());
    return {};
  }

  const ArrayView& view_;
  LogView log_;
  const VerifyProgress& progress_;
  Report report_;
  CommitPoint replayed_{.body_length = kBodyStart};
  std::vector<uint64_t> newest_;
  uint64_t total_ = 0;
  uint64_t told_ = 0;
  uint32_t first_salt_ = 0;
  bool salted_ = false;
  bool broken_ = false;
};

}  // namespace

namespace {

// Before anything is mapped: the files of a sealed array are those that were sealed.
Status check_sealed_files(const std::string& path, const VerifyProgress& progress,
                          std::string& out_report, std::optional<ArraySeal>& out_seal) {
  uint64_t done = 0;
  const SealProgress advance = [&](uint64_t bytes) {
    done += bytes;
    return !progress || progress(done, 0);
  };
  ArraySeal seal;
  const Status checked = check_seal(path, advance, out_report, seal);
  if (checked.code() == Code::kNotFound) return {};
  if (checked.code() == Code::kCorrupt) out_report.assign(checked.message()).append("\n");
  DAM_TRY(checked);
  out_seal = std::move(seal);
  if (out_report.empty()) return {};
  return Status::error(Code::kCorrupt, "%s is not what was sealed", path.c_str());
}

Status compare_with_seal(const ArrayView& view, const ArraySeal& seal, std::string& out_report) {
  const Superblock& superblock = view.pins().generation->superblock;
  if (seal.uuid == superblock.uuid && seal.generation == superblock.generation &&
      seal.revision == view.revision() && seal.documents == view.count())
    return {};
  out_report = "the seal is of another array, generation or commit\n";
  return Status::error(Code::kCorrupt, "%s has the seal of another array",
                       view.pins().generation->directory.c_str());
}

}  // namespace

Status verify_array(const std::string& path, const VerifyProgress& progress,
                    std::string& out_report) {
  out_report.clear();
  std::optional<ArraySeal> seal;
  DAM_TRY(check_sealed_files(path, progress, out_report, seal));
  StoreOptions options;
  options.read_only = true;
  Store::Core store(path, options);
  const Status opened = store.open();
  if (opened.code() == Code::kCorrupt) out_report.assign(opened.message()).append("\n");
  DAM_TRY(opened);
  if (seal) DAM_TRY(compare_with_seal(*store.view(), *seal, out_report));
  return ArrayCheck(*store.view(), progress, out_report).run();
}

}  // namespace dam
