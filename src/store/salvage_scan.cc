#include "store/salvage_scan.h"

#include <algorithm>

#include "document/document_view.h"
#include "document/verify_document.h"

namespace dam {

bool SalvageReader::read_head(uint64_t offset, FrameHead& out) {
  return body_.holds(offset, kFrameHeadSize) &&
         decode_frame_head(body_.at(offset, kFrameHeadSize), offset, seed_, out);
}

const char* SalvageReader::read_document(uint64_t offset, const FrameHead& head, Bytes& out) {
  if (!body_.holds(offset + kFrameHeadSize, head.payload_size))
    return "the file ends within this document";
  body_.read(offset + kFrameHeadSize, head.payload_size, document_);
  if (payload_checksum(document_, offset, seed_) != head.payload_crc)
    return "the checksum of the document differs";
  if (!verify_document(document_).ok()) return "the document is invalid";
  if (document_id(document_).empty()) return "the document has no id";
  out = document_;
  return nullptr;
}

// A session that another one followed left frames only where that one did not get to: they are of a
// time that was given up.
bool SalvageScan::belongs(uint64_t offset, const FrameHead& head) const {
  if (!salt_) return true;
  const uint32_t chain = head.kind == FrameKind::kSession ? head.former_salt : head.salt;
  if (chain == *salt_) return true;
  if (setting_.published != 0 && offset >= setting_.published) return false;
  return offset != end_ && !given_up_.contains(head.salt) && head.commit_seq > greatest_seq_;
}

Status SalvageScan::run(const SalvageProgress& progress, uint64_t progress_total) {
  constexpr uint64_t kStep = 1 << 20;
  uint64_t told = 0;
  FrameHead head;
  uint64_t offset = kBodyStart;
  while (reader_.body().holds(offset, kFrameHeadSize)) {
    if (offset - told >= kStep) {
      told = offset;
      if (progress && !progress(offset, progress_total))
        return Status::error(Code::kCancelled, "the salvage was cancelled at offset %llu",
                             static_cast<unsigned long long>(offset));
    }
    if (reader_.read_head(offset, head) && belongs(offset, head)) {
      accept(offset, head);
      offset += head.size();
    } else {
      offset += kFrameAlignment;
    }
  }
  finish();
  return {};
}

void SalvageScan::accept(uint64_t offset, const FrameHead& head) {
  close_gap(offset);
  ++frames_;
  if (batch_seq_ && *batch_seq_ != head.commit_seq) end_batch(false);
  if (!batch_seq_) {
    batch_seq_ = head.commit_seq;
    batch_first_ = versions_.size();
    batch_is_broken_ = false;
  }
  if (salt_ && *salt_ != head.salt) given_up_.insert(*salt_);
  salt_ = head.salt;
  greatest_seq_ = std::max(greatest_seq_, head.commit_seq);
  if (head.kind == FrameKind::kMeta)
    facts_ = head.facts;
  else if (head.kind != FrameKind::kSession)
    add_version(offset, head);
  end_ = std::min(offset + head.size(), reader_.body().size());
  if (head.commit) end_batch(true);
}

void SalvageScan::close_gap(uint64_t offset) {
  if (offset == end_) return;
  report_.damage(setting_.name, end_, offset - end_, "no frame is whole there");
  gaps_end_ = offset;
  batch_is_broken_ = true;
}

void SalvageScan::add_version(uint64_t offset, const FrameHead& head) {
  // Each slot took a frame of its own: a greater number is nothing that libdam wrote.
  if (head.slot > offset / kFrameAlignment) {
    report_.damage(setting_.name, offset, head.size(), "the frame has a slot out of turn");
    return;
  }
  FoundVersion version = {head.slot, offset, {}, FoundVersion::State::kDelete, head.payload_size};
  if (head.kind != FrameKind::kDelete) {
    Bytes document;
    const char* wrong = reader_.read_document(offset, head, document);
    version.state = wrong ? FoundVersion::State::kDamaged : FoundVersion::State::kIntact;
    if (wrong != nullptr)
      report_.damage(setting_.name, offset, std::min(head.size(), reader_.body().size() - offset),
                     wrong);
    else
      version.id = make_id_key(document_id(document), setting_.id_key);
  }
  versions_.push_back(version);
}

// The frames from batch_first_ on: kept, in doubt, or dropped.
void SalvageScan::end_batch(bool was_committed) {
  batch_seq_.reset();
  if (was_committed || end_ <= setting_.published) return;
  if (!batch_is_broken_) {
    versions_.resize(batch_first_);
    return;
  }
  for (size_t i = batch_first_; i < versions_.size(); ++i)
    if (versions_[i].state == FoundVersion::State::kIntact)
      versions_[i].state = FoundVersion::State::kUncertain;
}

// What follows the last frame is the space kept ready, what a crash left, or damage: a commit point
// tells, and without one only zeros are beyond doubt.
void SalvageScan::finish() {
  DamagedFile& body = reader_.body();
  const uint64_t size = body.size();
  const bool is_known = setting_.published != 0;
  if (is_known && end_ < setting_.published) {
    report_.damage(setting_.name, end_, setting_.published - end_,
                   size < setting_.published ? "the file ends early" : "no frame is whole there");
    gaps_end_ = setting_.published;
    batch_is_broken_ = true;
  } else if (!is_known) {
    batch_is_broken_ = true;
    if (end_ < size && !body.is_zero(end_, size)) {
      report_.damage(setting_.name, end_, size - end_,
                     "no frame is whole there, or what is there was given up");
      gaps_end_ = size;
    }
  }
  if (batch_seq_) end_batch(false);
}

}  // namespace dam
