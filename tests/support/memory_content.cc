#include "support/memory_content.h"

#include <algorithm>
#include <cstring>

namespace dam::test {

size_t MemoryContent::read(uint64_t offset, std::span<uint8_t> to) const {
  if (offset >= size_) return 0;
  const size_t count = std::min<uint64_t>(to.size(), size_ - offset);
  std::memcpy(to.data(), slot_.data() + offset, count);
  return count;
}

void MemoryContent::replace(uint64_t offset, std::span<const uint8_t> from, uint64_t order) {
  const uint8_t* former = slot_.data() + offset;
  const size_t start = former_bytes_.size();
  former_bytes_.insert(former_bytes_.end(), former, former + from.size());
  for (uint64_t done = 0; done < from.size();) {
    const uint64_t at = offset + done;
    const uint64_t size = std::min(from.size() - done, kSector - at % kSector);
    patches_.push_back({at, order, start + done, static_cast<uint32_t>(size), false});
    done += size;
  }
  std::memcpy(slot_.data() + offset, from.data(), from.size());
  slot_.note_written(offset + from.size());
}

void MemoryContent::write(uint64_t offset, std::span<const uint8_t> from, uint64_t order) {
  replace(offset, from, order);
  if (offset + from.size() > size_) resize(offset + from.size(), order);
}

void MemoryContent::resize(uint64_t size, uint64_t order) {
  if (size == size_) return;
  const uint64_t end = std::min(size_, slot_.written_end());
  if (size < end) replace(size, std::vector<uint8_t>(end - size, 0), order);
  size_ = size;
  sizes_.push_back({size, order});
}

void MemoryContent::sync() {
  durable_size_ = size_;
  sizes_.clear();
  if (!has_forsaken_) {
    patches_.clear();
    former_bytes_.clear();
    return;
  }
  // A page with a fresh write goes to the disk whole, forsaken bytes in it included.
  std::vector<uint64_t> fresh;
  for (const Patch& patch : patches_)
    if (!patch.forsaken) fresh.push_back(patch.page());
  std::sort(fresh.begin(), fresh.end());
  std::erase_if(patches_, [&](const Patch& patch) {
    return std::binary_search(fresh.begin(), fresh.end(), patch.page());
  });
  has_forsaken_ = !patches_.empty();
}

void MemoryContent::fail_sync() {
  for (Patch& patch : patches_) patch.forsaken = true;
  has_forsaken_ = !patches_.empty();
}

void MemoryContent::evict_forsaken() {
  if (!has_forsaken_) return;
  std::vector<uint64_t> fresh;
  for (const Patch& patch : patches_)
    if (!patch.forsaken) fresh.push_back(patch.page());
  std::sort(fresh.begin(), fresh.end());
  const auto is_dirty = [&](const Patch& patch) {
    return std::binary_search(fresh.begin(), fresh.end(), patch.page());
  };
  for (auto patch = patches_.rbegin(); patch != patches_.rend(); ++patch)
    if (!is_dirty(*patch)) take_back(*this, *patch);
  std::erase_if(patches_, [&](const Patch& patch) { return !is_dirty(patch); });
  has_forsaken_ = std::any_of(patches_.begin(), patches_.end(),
                              [](const Patch& patch) { return patch.forsaken; });
}

void MemoryContent::take_back(const MemoryContent& source, const Patch& patch) {
  std::memcpy(slot_.data() + patch.offset, source.former_bytes_.data() + patch.former, patch.size);
}

void MemoryContent::copy_from(const MemoryContent& other) {
  const uint64_t end = other.slot_.written_end();
  std::memcpy(slot_.data(), other.slot_.data(), end);
  slot_.note_written(end);
  size_ = other.size_;
  durable_size_ = other.durable_size_;
  sizes_ = other.sizes_;
  patches_ = other.patches_;
  former_bytes_ = other.former_bytes_;
  has_forsaken_ = other.has_forsaken_;
}

void MemoryContent::survive(const MemoryContent& other, uint64_t size,
                            const std::vector<bool>& kept) {
  const uint64_t end = other.slot_.written_end();
  std::memcpy(slot_.data(), other.slot_.data(), end);
  slot_.note_written(end);
  for (size_t i = other.patches_.size(); i > 0; --i)
    if (!kept[i - 1]) take_back(other, other.patches_[i - 1]);
  size_ = size;
  durable_size_ = size;
  clear_beyond(size);
}

void MemoryContent::clear_beyond(uint64_t size) {
  const uint64_t end = slot_.written_end();
  if (size < end) std::memset(slot_.data() + size, 0, end - size);
}

}  // namespace dam::test
