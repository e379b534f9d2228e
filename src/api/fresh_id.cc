#include "api/fresh_id.h"

#include <array>
#include <mutex>
#include <span>

#include "platform/clock.h"

namespace dam {
namespace {

constexpr size_t kIdsPerDraw = 100;

struct Source {
  std::mutex mutex;  // guards the rest
  UuidSequence sequence;
  std::array<uint8_t, kIdsPerDraw * UuidSequence::kRandomBytes> random{};
  size_t ids_left = 0;
};

constinit Source source;

}  // namespace

Status fresh_id(UuidSequence::Text& out) {
  const std::lock_guard lock(source.mutex);
  if (source.ids_left == 0) {
    DAM_TRY(random_bytes(source.random));
    source.ids_left = kIdsPerDraw;
  }
  --source.ids_left;
  const uint8_t* random = source.random.data() + source.ids_left * UuidSequence::kRandomBytes;
  out = source.sequence.next(unix_ms(), std::span<const uint8_t, UuidSequence::kRandomBytes>(
                                            random, UuidSequence::kRandomBytes));
  return {};
}

void hold_fresh_ids() { source.mutex.lock(); }

void release_fresh_ids() { source.mutex.unlock(); }

void forget_randomness() { source.ids_left = 0; }

}  // namespace dam
