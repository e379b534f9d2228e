// The writer's half of the overlay: placing cells, and growing when six tenths are taken.
#include "index/id_overlay.h"

#include <cassert>
#include <utility>

namespace dam {
namespace {

constexpr uint64_t kFirstCapacity = 256;

Status no_memory(uint64_t words) {
  return Status::error(Code::kNoMemory, "no memory for %llu words of the id overlay",
                       static_cast<unsigned long long>(words));
}

}  // namespace

IdEntry IdOverlay::Array::entry(uint64_t i) const {
  IdEntry found;
  found.hash = hash(i).load(std::memory_order_relaxed);
  found.slot = slot(i).load(std::memory_order_relaxed) - 1;
  if (replaced != nullptr) found.replaced = replaced.get()[i] - 1;  // 0 becomes kNoSlot
  return found;
}

// Why not new: the system hands out zeroed pages as they are touched, so growing is no long pause.
IdOverlay::Words IdOverlay::make_words(uint64_t count) {
  return Words(static_cast<uint64_t*>(std::calloc(count, sizeof(uint64_t))));
}

Result<std::unique_ptr<IdOverlay::Array>> IdOverlay::make_array(uint64_t capacity) {
  auto array = std::make_unique<Array>();
  array->cells = make_words(2 * capacity);
  array->mask = capacity - 1;
  if (array->cells == nullptr) return no_memory(2 * capacity);
  return array;
}

Result<std::shared_ptr<IdOverlay>> IdOverlay::create() {
  auto overlay = std::make_shared<IdOverlay>();
  DAM_ASSIGN(auto array, make_array(kFirstCapacity));
  overlay->array_.store(array.get(), std::memory_order_release);
  overlay->arrays_.push_back(std::move(array));
  return overlay;
}

// The cell of this very entry, or the empty one where it would go.
uint64_t IdOverlay::cell_of(const Array& array, uint64_t hash, uint64_t slot) {
  uint64_t i = hash & array.mask;
  while (true) {
    const uint64_t occupied = array.slot(i).load(std::memory_order_relaxed);
    if (occupied == 0) return i;
    if (occupied == slot + 1 && array.hash(i).load(std::memory_order_relaxed) == hash) return i;
    i = (i + 1) & array.mask;
  }
}

// Fills the empty cell of `entry`. Its slot is stored last, for that makes it visible.
Status IdOverlay::put(Array& array, const IdEntry& entry) {
  const uint64_t i = cell_of(array, entry.hash, entry.slot);
  if (entry.replaced != IdEntry::kNoSlot) {
    if (array.replaced == nullptr) array.replaced = make_words(array.mask + 1);
    if (array.replaced == nullptr) return no_memory(array.mask + 1);
    array.replaced.get()[i] = entry.replaced + 1;
  }
  array.hash(i).store(entry.hash, std::memory_order_relaxed);
  array.slot(i).store(entry.slot + 1, std::memory_order_release);
  return {};
}

Status IdOverlay::make_room() {
  Array& old = newest();
  const uint64_t capacity = old.mask + 1;
  if (10 * (size() + 1) <= 6 * capacity) return {};
  DAM_ASSIGN(auto larger, make_array(2 * capacity));
  for (uint64_t i = 0; i < capacity; ++i)
    if (old.slot(i).load(std::memory_order_relaxed) != 0) DAM_TRY(put(*larger, old.entry(i)));
  arrays_.push_back(std::move(larger));
  array_.store(arrays_.back().get(), std::memory_order_release);
  return {};
}

Status IdOverlay::insert(uint64_t hash, uint64_t slot) {
  assert(slot < IdEntry::kSlotLimit);
  const uint64_t i = cell_of(newest(), hash, slot);
  if (newest().slot(i).load(std::memory_order_relaxed) != 0) return {};
  DAM_TRY(make_room());
  DAM_TRY(put(newest(), IdEntry{hash, slot, IdEntry::kNoSlot}));
  size_.store(size() + 1, std::memory_order_relaxed);
  return {};
}

Status IdOverlay::redirect(uint64_t hash, uint64_t from, uint64_t to) {
  assert(to < IdEntry::kSlotLimit);
  const uint64_t i = cell_of(newest(), hash, from);
  if (newest().slot(i).load(std::memory_order_relaxed) != 0) {
    newest().slot(i).store(to + 1, std::memory_order_release);
    return {};
  }
  DAM_TRY(make_room());
  const uint64_t there = cell_of(newest(), hash, to);
  const bool is_new = newest().slot(there).load(std::memory_order_relaxed) == 0;
  DAM_TRY(put(newest(), IdEntry{hash, to, from}));
  if (is_new) size_.store(size() + 1, std::memory_order_relaxed);
  return {};
}

std::vector<IdEntry> IdOverlay::entries() const {
  const Array& array = *array_.load(std::memory_order_acquire);
  std::vector<IdEntry> all;
  all.reserve(size());
  for (uint64_t i = 0; i <= array.mask; ++i)
    if (array.slot(i).load(std::memory_order_relaxed) != 0) all.push_back(array.entry(i));
  return all;
}

}  // namespace dam
