#include "api/handle_table.h"

#include <array>
#include <memory>
#include <mutex>

#include "api/fork_rules.h"
#include "api/thread_share.h"
#include "platform/thread_fence.h"

namespace dam {

// `state` is generation << 32 | kind << 8 | phase. Invariant: object is written only while the
// phase is free or by the one thread that set it to ending and saw every count at 0.
struct HandleSlot {
  std::atomic<uint64_t> state{0};
  void* object = nullptr;
  std::atomic<uint32_t> departures{0};  // a waiting end sleeps on this
  uint32_t next_free = 0;               // 1 + index; 0: none
};

namespace {

static_assert(sizeof(void*) == 8, "a handle needs 64 bits");

constexpr uint32_t kChunkSlots = 64;
constexpr uint32_t kIndexBits = 20;
constexpr uint32_t kChunks = (uint32_t{1} << kIndexBits) / kChunkSlots;
// On top of every handle: no user address of x86-64 or AArch64, positive as a Java long.
constexpr uint64_t kMark = 0x5d;

enum Phase : uint8_t { kFree = 0, kOpen = 1, kEnding = 2 };

struct alignas(64) Share {
  std::array<std::atomic<uint32_t>, kChunkSlots> counts{};
};

struct Chunk {
  std::array<Share, kShares> shares;
  std::array<HandleSlot, kChunkSlots> slots;
};

constexpr uint64_t state_of(uint64_t generation, HandleKind kind, Phase phase) {
  return generation << 32 | uint64_t{static_cast<uint8_t>(kind)} << 8 | phase;
}

// The number a caller holds: mark (8 bits), kind (4), index (20), generation (32).
struct HandleNumber {
  uint64_t number;

  static HandleNumber of(const void* handle) { return {reinterpret_cast<uintptr_t>(handle)}; }
  static HandleNumber make(HandleKind kind, uint32_t index, uint64_t generation) {
    return {kMark << 56 | uint64_t{static_cast<uint8_t>(kind)} << 52 | uint64_t{index} << 32 |
            generation};
  }
  void* as_pointer() const { return reinterpret_cast<void*>(number); }
  bool is_marked() const { return number >> 56 == kMark; }
  bool is_marked(HandleKind wanted) const {
    return number >> 52 == (kMark << 4 | uint64_t{static_cast<uint8_t>(wanted)});
  }
  uint8_t kind() const { return number >> 52 & 15; }
  uint32_t index() const { return number >> 32 & ((uint32_t{1} << kIndexBits) - 1); }
  uint32_t generation() const { return static_cast<uint32_t>(number); }
};

struct Table {
  std::array<std::atomic<Chunk*>, kChunks> chunks{};
  std::mutex mutex;  // guards what follows, and the phase free
  uint32_t chunk_count = 0;
  uint32_t first_free = 0;  // 1 + index; 0: none
  uint32_t last_free = 0;

  HandleSlot& slot(uint32_t index) {
    Chunk* chunk = chunks[index / kChunkSlots].load(std::memory_order_acquire);
    return chunk->slots[index % kChunkSlots];
  }
  // Oldest first, so that generations are used up evenly.
  void push_free(uint32_t index) {
    slot(index).next_free = 0;
    (first_free == 0 ? first_free : slot(last_free - 1).next_free) = index + 1;
    last_free = index + 1;
  }
  uint32_t pop_free() {
    const uint32_t index = first_free - 1;
    first_free = slot(index).next_free;
    return index;
  }
  Status grow() {
    if (chunk_count == kChunks)
      return Status::error(Code::kNoMemory, "%u handles are open, more there cannot be",
                           kChunks * kChunkSlots);
    chunks[chunk_count].store(new Chunk, std::memory_order_release);
    const uint32_t first = chunk_count++ * kChunkSlots;
    for (uint32_t i = 0; i < kChunkSlots; ++i) push_free(first + i);
    return {};
  }
};

constinit Table table;

const char* kind_name(uint8_t kind) {
  static constexpr const char* kNames[] = {"unknown", "array", "snapshot",          "cursor",
                                           "batch",   "task",  "walk through tags", "builder"};
  return kNames[kind < std::size(kNames) ? kind : 0];
}

Status refuse_garbage(HandleKind kind, HandleNumber handle) {
  if (handle.number == 0)
    return Status::error(Code::kInvalidArgument, "the %s is NULL",
                         kind_name(static_cast<uint8_t>(kind)));
  return Status::error(Code::kInvalidArgument, "%#llx is no handle of libdam",
                       static_cast<unsigned long long>(handle.number));
}

// The chunk that a handle of this kind names; null: it names none.
Chunk* find_chunk(HandleKind kind, HandleNumber handle) {
  if (!handle.is_marked(kind)) [[unlikely]]
    return nullptr;
  return table.chunks[handle.index() / kChunkSlots].load(std::memory_order_acquire);
}

// Why it names none.
Status refuse_unknown(HandleKind kind, HandleNumber handle) {
  if (!handle.is_marked() || table.chunks[handle.index() / kChunkSlots].load() == nullptr)
    return refuse_garbage(kind, handle);
  return Status::error(Code::kInvalidArgument, "the handle is a %s, not a %s",
                       kind_name(handle.kind()), kind_name(static_cast<uint8_t>(kind)));
}

bool tell_unknown(HandleKind kind, HandleNumber handle, Status& out_why) {
  out_why = refuse_unknown(kind, handle);
  return false;
}

// Why a handle is not open, given the state its slot has instead.
Status refuse(HandleKind kind, HandleNumber handle, uint64_t state) {
  const bool given_out = handle.generation() != 0 && handle.generation() <= state >> 32;
  const bool of_this_kind =
      handle.generation() != state >> 32 || (state >> 8 & 0xff) == handle.kind();
  if (!given_out || !of_this_kind) return refuse_garbage(kind, handle);
  return Status::error(Code::kClosed, "the %s was closed", kind_name(handle.kind()));
}

// Why plain stores are enough for a share of its own: the end of a handle passes a barrier through
// every thread, between saying so and looking at the counts. So either it sees the use, or the use
// sees the end. The signal fences keep the compiler to the order written.
void count_up(std::atomic<uint32_t>& count, bool is_own) {
  if (!is_own) [[unlikely]] {
    count.fetch_add(1);
    return;
  }
  count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

void count_down(std::atomic<uint32_t>& count, bool is_own) {
  if (!is_own) [[unlikely]] {
    count.fetch_sub(1);
    return;
  }
  count.store(count.load(std::memory_order_relaxed) - 1, std::memory_order_release);
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

// Either the end sees the use gone, or the use sees the end and wakes it.
void leave(HandleSlot& slot, std::atomic<uint32_t>& count, bool is_own) {
  count_down(count, is_own);
  if ((slot.state.load() & 0xff) != kEnding) [[likely]]
    return;
  slot.departures.fetch_add(1);
  slot.departures.notify_all();
}

bool in_use(const Chunk& chunk, uint32_t place) {
  for (const Share& share : chunk.shares) {
    if (share.counts[place].load() != 0) return true;
  }
  return false;
}

void await_departures(const Chunk& chunk, uint32_t place) {
  const HandleSlot& slot = chunk.slots[place];
  if (can_fence_threads()) fence_threads();
  for (;;) {
    const uint32_t seen = slot.departures.load();
    if (!in_use(chunk, place)) return;
    slot.departures.wait(seen);
  }
}

}  // namespace

HandleUse::~HandleUse() {
  if (slot_ != nullptr) leave(*slot_, *count_, is_own_);
}

// What is rare stands in functions of its own, called last: the rest needs no frame.
bool HandleUse::try_enter(HandleKind kind, const void* pointer, Status& out_why) {
  const HandleNumber handle = HandleNumber::of(pointer);
  Chunk* const chunk = find_chunk(kind, handle);
  if (chunk == nullptr) [[unlikely]]
    return tell_unknown(kind, handle, out_why);
  if (!has_thread_share()) [[unlikely]]
    return choose_share_and_enter(kind, pointer, out_why);
  const uint32_t place = handle.index() % kChunkSlots;
  const ThreadShare share = thread_share();
  slot_ = &chunk->slots[place];
  count_ = &chunk->shares[share.index].counts[place];
  is_own_ = share.is_own;
  count_up(*count_, is_own_);
  if (slot_->state.load() != state_of(handle.generation(), kind, kOpen)) [[unlikely]]
    return back_out(kind, pointer, out_why);
  object_ = slot_->object;
  return true;
}

bool HandleUse::choose_share_and_enter(HandleKind kind, const void* pointer, Status& out_why) {
  choose_share();
  return try_enter(kind, pointer, out_why);
}

bool HandleUse::back_out(HandleKind kind, const void* pointer, Status& out_why) {
  const uint64_t state = slot_->state.load();
  leave(*slot_, *count_, is_own_);
  slot_ = nullptr;
  out_why = refuse(kind, HandleNumber::of(pointer), state);
  return false;
}

Status add_handle(HandleKind kind, void* object, void*& out_handle) {
  DAM_TRY(follow_forks());
  const std::lock_guard lock(table.mutex);
  if (table.first_free == 0) DAM_TRY(table.grow());
  const uint32_t index = table.pop_free();
  HandleSlot& slot = table.slot(index);
  slot.object = object;
  const uint64_t generation = (slot.state.load() >> 32) + 1;
  slot.state.store(state_of(generation, kind, kOpen));
  out_handle = HandleNumber::make(kind, index, generation).as_pointer();
  return {};
}

Status end_handle(HandleKind kind, const void* pointer, void*& out_object) {
  const HandleNumber handle = HandleNumber::of(pointer);
  Chunk* const chunk = find_chunk(kind, handle);
  if (chunk == nullptr) return refuse_unknown(kind, handle);
  const uint32_t place = handle.index() % kChunkSlots;
  HandleSlot& slot = chunk->slots[place];
  uint64_t state = state_of(handle.generation(), kind, kOpen);
  if (!slot.state.compare_exchange_strong(state, state_of(handle.generation(), kind, kEnding)))
    return refuse(kind, handle, state);
  await_departures(*chunk, place);
  out_object = slot.object;
  const std::lock_guard lock(table.mutex);
  slot.object = nullptr;
  slot.state.store(state_of(handle.generation(), kind, kFree));
  // A slot whose generations are used up is given up: no handle is ever given out twice.
  if (handle.generation() != UINT32_MAX) table.push_free(handle.index());
  return {};
}

void hold_handle_table() { table.mutex.lock(); }

void release_handle_table() { table.mutex.unlock(); }

void void_handle_uses() {
  void_thread_shares();
  for (uint32_t i = 0; i < table.chunk_count; ++i) {
    for (Share& share : table.chunks[i].load()->shares) {
      for (std::atomic<uint32_t>& count : share.counts) count.store(0);
    }
  }
}

}  // namespace dam
