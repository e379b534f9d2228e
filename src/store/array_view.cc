// ArrayView: records and positions. Look-up by id is in array_view_find.cc.
#include "store/array_view.h"

#include <algorithm>

#include "document/document_view.h"

namespace dam {
namespace {

Status out_of_range(uint64_t position, uint64_t count) {
  return Status::error(Code::kOutOfRange, "position %llu is outside an array of %llu documents",
                       static_cast<unsigned long long>(position),
                       static_cast<unsigned long long>(count));
}

Status dead_at(uint64_t position, uint64_t slot) {
  return Status::error(Code::kCorrupt, "the document at position %llu in slot %llu is dead",
                       static_cast<unsigned long long>(position),
                       static_cast<unsigned long long>(slot));
}

}  // namespace

Result<uint64_t> resolve_position(int64_t position, uint64_t count) {
  const auto n = static_cast<int64_t>(count);
  if (position >= -n && position < n)
    return static_cast<uint64_t>(position < 0 ? position + n : position);
  return Status::error(Code::kOutOfRange, "position %lld is outside an array of %lld documents",
                       static_cast<long long>(position), static_cast<long long>(n));
}

std::shared_ptr<Generation> make_generation(const std::string& directory, const ArrayMaps& maps,
                                            Access access) {
  auto generation = std::make_shared<Generation>();
  generation->directory = directory;
  generation->superblock = maps.files().superblock();
  const std::string derived = maps.files().are_temporary() ? "" : directory;
  generation->ids = std::make_shared<IdDirectory>(derived, maps, access);
  // Why none for safe reads: trees use the base from its map.
  generation->positions =
      std::make_unique<PositionCache>(maps.reads_safely() ? "" : derived, generation->superblock);
  return generation;
}

ArrayView::ArrayView(std::shared_ptr<const Pins> pins, const CommitPoint& point,
                     const IdIndex::View* index)
    : View(pins->maps->reads_safely()), pins_(std::move(pins)), point_(point) {
  log_.maps = pins_->maps.get();
  log_.limit = point_.body_length;
  log_.tail = pins_->tail.get();
  log_.redone = pins_->redone.get();
  log_.distrusted_seq = pins_->distrusted_seq;
  // Why now: once the writer has gone on, only a walk through the log could tell.
  has_positions_ = pins_->generation->positions->at_hand(point_, positions_);
  if (index == nullptr) return;
  index_ = *index;
  has_index_ = true;
}

// What the checksum is computed of is what the caller gets: nothing can change in between.
Status ArrayView::copy_record(const Version& version, uint64_t slot, Record& out) const {
  const uint64_t size = version.payload_size;
  if (version.offset + FrameHead::frame_size(size) > point_.body_length) return ends_beyond(slot);
  auto copy = std::make_unique_for_overwrite<uint8_t[]>(size);
  const MutableBytes to(copy.get(), size);
  if (log_.is_buffered(version.offset))
    std::ranges::copy(payload_of(log_, version.offset, size), to.begin());
  else
    DAM_TRY(pins_->maps->read_body(version.offset + kFrameHeadSize, to));
  if (pins_->check_payloads)
    DAM_TRY(compare_checksum(payload_checksum(to, version.offset, log_.seed()), version.offset,
                             version.payload_crc));
  out = {to, slot, version.offset, std::move(copy)};
  return {};
}

// Of safe reads: before bytes that are not checked are used from the map.
Status ArrayView::prefault_document(const Version& version) const {
  if (log_.is_buffered(version.offset)) return {};
  return pins_->maps->prefault_body(version.offset, FrameHead::frame_size(version.payload_size));
}

// `once`: not again while the generation lives.
Status ArrayView::check_document(const Version& version, uint64_t slot, bool once) const {
  DAM_TRY(check_payload(log_, version.offset, version.payload_size, version.payload_crc));
  if (once) pins_->generation->touched.add(slot);
  return {};
}

Status ArrayView::ends_beyond(uint64_t slot) {
  return Status::error(Code::kCorrupt, "the document of slot %llu ends beyond the body",
                       static_cast<unsigned long long>(slot));
}

Status ArrayView::record(uint64_t slot, Check check, Record& out) const {
  Version version;
  DAM_TRY(live_version(slot, version));
  return record_of(version, slot, check, out);
}

Status ArrayView::record_at(uint64_t position, Check check, Record& out) const {
  if (position >= point_.live) return out_of_range(position, point_.live);
  const PositionTree* tree = nullptr;
  DAM_TRY(positions(tree));
  const uint64_t slot = tree->slot_at(position);
  Version version;
  Status live = live_version(slot, version);
  if (live.ok()) [[likely]]
    return record_of(version, slot, check, out);
  return live.code() == Code::kNotFound ? dead_at(position, slot) : std::move(live);
}

Status ArrayView::append_id(uint64_t slot, std::string& out) const {
  Version version;
  DAM_TRY(live_version(slot, version));
  if (is_exact(version.id)) {
    char text[36];
    out.append(text, write_id(version.id, text));
    return {};
  }
  Record whole;
  DAM_TRY(record(slot, log_.reads_safely() ? Check::kCopied : Check::kFirstTouch, whole));
  out.append(document_id(whole.document));
  return {};
}

Status ArrayView::revision_of(uint64_t slot, uint64_t& out_revision) const {
  Version version;
  DAM_TRY(live_version(slot, version));
  FrameHead head;
  DAM_TRY(read_frame(log_, version.offset, point_.body_length, head));
  out_revision = head.commit_seq;
  return {};
}

Status ArrayView::make_positions() const {
  const std::lock_guard lock(pins_->generation->derive_mutex);
  if (has_positions_.load(std::memory_order_relaxed)) return {};
  DAM_TRY(pins_->generation->positions->tree_for(log_, point_, positions_));
  has_positions_.store(true, std::memory_order_release);
  return {};
}

Status ArrayView::position_of(uint64_t slot, uint64_t& out_position) const {
  const PositionTree* tree = nullptr;
  DAM_TRY(positions(tree));
  if (slot >= point_.slots || tree->is_dead(slot)) return Status::absent();
  out_position = tree->position_of(slot);
  return {};
}

Status ArrayView::slot_at(uint64_t position, uint64_t& out_slot) const {
  if (position >= point_.live) return out_of_range(position, point_.live);
  const PositionTree* tree = nullptr;
  DAM_TRY(positions(tree));
  out_slot = tree->slot_at(position);
  return {};
}

Status ArrayView::next_slot(uint64_t slot, uint64_t& out_slot) const {
  const PositionTree* tree = nullptr;
  DAM_TRY(positions(tree));
  const uint64_t next = tree->next_live(slot);
  out_slot = next < point_.slots ? next : kNoSlot;
  return {};
}

}  // namespace dam
