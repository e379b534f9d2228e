// CommitPlan: turns the operations of a batch into frames, or finds why it must not be.
//
// It sees the array as of the view, plus what the batch itself has done so far. Nothing is written
// here. After the commit its lists tell the derived structures what changed.
#pragma once

#include <deque>
#include <memory>
#include <memory_resource>
#include <string>
#include <unordered_map>
#include <vector>

#include "log/frame_batch.h"
#include "store/admission.h"
#include "store/array_view.h"
#include "store/write_operation.h"

namespace dam {

class CommitPlan {
 public:
  // `remember`: for how many operations to keep what they changed, since later ones may name it;
  // 0: for none.
  CommitPlan(const ArrayView& view, FrameBatch& batch, const Admission& admission, size_t remember);

  Status add(const WriteOperation& operation);

  // Whether there is anything to commit.
  bool is_empty() const { return !any_; }
  const CommitResult& result() const { return result_; }
  const Admission& admission() const { return admission_; }
  const std::vector<IdDirectory::Change>& id_changes() const { return id_changes_; }
  const std::vector<uint64_t>& killed() const { return killed_; }

 private:
  // An id that this batch gave to a slot, or freed.
  struct IdState {
    uint64_t slot = 0;
    uint64_t end = 0;  // offset of the frame that freed it; 0: live
  };
  struct Current {
    IdKey key;
    std::string_view id;  // empty when only the key is known
    Superseded version;
    bool live = true;
    bool changed_here = false;
  };

  Status locate(const WriteOperation& operation, uint64_t& out_slot, uint64_t& out_seen);
  Status find_again(const WriteOperation::Seen& seen, uint64_t& out_slot, uint64_t& out_offset);
  Status erase_slice(const Slice& slice);
  Status append(const WriteOperation& operation);
  Status replace(const WriteOperation& operation, uint64_t slot, uint64_t seen);
  Status erase(const WriteOperation& operation, uint64_t slot, uint64_t seen);
  Status put(Bytes document, std::string_view id, const IdKey& key);
  Status slot_of(std::string_view id, const IdKey& key, uint64_t& out_slot);
  Status current(uint64_t slot, Current& out);
  Status expected_current(const WriteOperation& operation, uint64_t slot, uint64_t seen,
                          Current& out);
  Status free_id(const Current& now, uint64_t slot, uint64_t end);
  Current* changed(uint64_t slot);
  void change(uint64_t slot, const Current& now);
  void touch(uint64_t slot);

  const ArrayView& view_;
  FrameBatch& batch_;
  Admission admission_;
  CommitResult result_;
  bool any_ = false;
  // An id with the key it was reduced to: the key hashes, the text decides.
  struct KeyedId {
    IdKey key;
    std::string_view text;
    bool operator==(const KeyedId& other) const { return text == other.text; }
  };
  struct KeyedIdHash {
    size_t operator()(const KeyedId& id) const {
      return id.key.lo ^ (id.key.hi * 0x9E3779B97F4A7C15);
    }
  };
  // What a batch of several operations must know of those before; a lone one needs none of it.
  struct Memory {
    std::pmr::monotonic_buffer_resource arena;
    std::pmr::unordered_map<KeyedId, IdState, KeyedIdHash> ids{&arena};
    std::pmr::unordered_map<uint64_t, Current> slots{&arena};  // older slots that changed
    std::vector<Current> added;                                // slots the batch made
    std::deque<std::string> texts;  // ids that no document of the caller holds
  };
  const IdState* remembered(const IdKey& key, std::string_view id) const;

  std::unique_ptr<Memory> memory_;  // null: nothing is remembered
  std::vector<IdDirectory::Change> id_changes_;
  std::vector<uint64_t> killed_;
};

}  // namespace dam
