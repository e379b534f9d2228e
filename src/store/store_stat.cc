// One number about a store, by its name in dam.h.
#include "store/store_core.h"

namespace dam {

Result<int64_t> Store::Core::stat(Stat which) const {
  const std::shared_ptr<const ArrayView> now = view();
  const CommitPoint& point = now->point();
  const ArrayFiles& files = now->pins().maps->files();
  const auto number = [](uint64_t value) { return static_cast<int64_t>(value); };
  const auto size_of = [&](const File& file) -> Result<int64_t> {
    DAM_ASSIGN(const uint64_t size, file.size());
    return static_cast<int64_t>(size);
  };
  switch (which) {
    case Stat::kDocuments:
      return number(point.live);
    case Stat::kSlots:
      return number(point.slots);
    case Stat::kLiveBytes:
      return number(point.body_length - kBodyStart - point.dead_bytes);
    case Stat::kDeadBytes:
      return number(prunable_bytes(point));
    case Stat::kGeneration:
      return number(point.generation);
    case Stat::kRevision:
      return number(point.seq);
    case Stat::kBodyBytes:
      return size_of(files.body());
    case Stat::kHeaderBytes:
      return size_of(files.header());
    case Stat::kIndexBytes:
      return now->pins().generation->ids->file_bytes();
    case Stat::kIndexMemory:
      return now->pins().generation->ids->memory_bytes();
    case Stat::kDurableRevision:
      return number(can_write_ && !options_.temporary ? durable_seq_.load() : 0);
    case Stat::kEmbeddingDim: {
      DAM_ASSIGN(const ArrayFacts facts, read_facts(now->log(), point));
      return number(facts.embedding_dim);
    }
    case Stat::kKeyLength: {
      DAM_ASSIGN(const ArrayFacts facts, read_facts(now->log(), point));
      return number(facts.key_length);
    }
    case Stat::kSealed:
      return is_sealed() ? 1 : 0;
    case Stat::kPinnedBytes:
      return number(pinned_bytes());
    case Stat::kGarbagePercent:
      return number(garbage_percent(point));
  }
  return Status::error(Code::kInvalidArgument, "there is no stat %d", static_cast<int>(which));
}

}  // namespace dam
