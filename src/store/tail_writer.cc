#include "store/tail_writer.h"

namespace dam {

bool TailWriter::can_gather(const FrameBatch& batch) {
  return batch.versions().empty() && batch.frames().size() <= TailBuffer::kFrameCapacity &&
         batch.entries().size() <= TailBuffer::kEntryCapacity * kEntrySize;
}

bool TailWriter::has_room(const FrameBatch& batch) const {
  return is_empty() ||
         (used_ + batch.frames().size() <= TailBuffer::kFrameCapacity &&
          entries_used_ + batch.entries().size() <= TailBuffer::kEntryCapacity * kEntrySize);
}

void TailWriter::add(const FrameBatch& batch) {
  if (is_empty()) {
    auto buffer = std::make_shared<TailBuffer>();
    buffer->start_offset = batch.base().body_length;
    buffer->start_slot = batch.base().slots;
    buffer->frames = std::make_unique_for_overwrite<uint8_t[]>(TailBuffer::kFrameCapacity);
    buffer->entries =
        std::make_unique_for_overwrite<uint8_t[]>(TailBuffer::kEntryCapacity * kEntrySize);
    buffer_ = std::move(buffer);
  }
  std::memcpy(buffer_->frames.get() + used_, batch.frames().data(), batch.frames().size());
  if (!batch.entries().empty())
    std::memcpy(buffer_->entries.get() + entries_used_, batch.entries().data(),
                batch.entries().size());
  used_ += batch.frames().size();
  entries_used_ += batch.entries().size();
  point_ = batch.point();
}

LogChange TailWriter::change() const {
  return {point_,
          {buffer_->frames.get(), used_},
          {buffer_->entries.get(), entries_used_},
          no_versions_};
}

void TailWriter::clear() {
  buffer_.reset();
  used_ = 0;
  entries_used_ = 0;
}

}  // namespace dam
