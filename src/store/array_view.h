// ArrayView: the one View there is, over a LogView and the derived structures of its generation.
//
// What is shared by all views of a generation lives in Generation; a view adds the commit point and
// pins on the memory its records lie in. Derived structures are asked for when first needed.
#pragma once

#include <atomic>
#include <mutex>

#include "log/log_view.h"
#include "store/id_directory.h"
#include "store/position_cache.h"
#include "store/touched_slots.h"
#include "store/view.h"

namespace dam {

// One life of the two files, and what is derived from them.
struct Generation {
  std::string directory;
  Superblock superblock;
  std::shared_ptr<IdDirectory> ids;
  std::unique_ptr<PositionCache> positions;
  TouchedSlots touched;
  // Held while a view makes something derived its own; in the generation, so that a fork can hold
  // it.
  std::mutex derive_mutex;
};

std::shared_ptr<Generation> make_generation(const std::string& directory, const ArrayMaps& maps,
                                            Access access);

class ArrayView final : public View {
 public:
  struct Pins {
    std::shared_ptr<Generation> generation;
    std::shared_ptr<const ArrayMaps> maps;
    std::shared_ptr<const TailBuffer> tail;       // may be null
    std::shared_ptr<const RedoneEntries> redone;  // may be null
    uint64_t distrusted_seq = 0;
    bool check_payloads = true;

    bool operator==(const Pins&) const = default;
  };

  // Views share their pins as long as those are the same. `index`: what finds their ids, if it is
  // at hand; else it is asked for when first needed.
  ArrayView(std::shared_ptr<const Pins> pins, const CommitPoint& point,
            const IdIndex::View* index = nullptr);

  const CommitPoint& point() const { return point_; }
  const LogView& log() const { return log_; }
  const Pins& pins() const { return *pins_; }

  uint64_t count() const override { return point_.live; }
  uint64_t revision() const override { return point_.seq; }
  uint64_t generation() const override { return point_.generation; }
  Status find(std::string_view id, uint64_t& out_slot) const override;
  Status record(uint64_t slot, Check check, Record& out) const override;
  Status record_at(uint64_t position, Check check, Record& out) const override;
  Status find_record(std::string_view id, Check check, Record& out) const override;
  Status find_records(std::span<const std::string_view> ids, Check check,
                      Record* out) const override;
  Status append_id(uint64_t slot, std::string& out) const override;
  Status revision_of(uint64_t slot, uint64_t& out_revision) const override;
  Status position_of(uint64_t slot, uint64_t& out_position) const override;
  Status slot_at(uint64_t position, uint64_t& out_slot) const override;
  Status next_slot(uint64_t slot, uint64_t& out_slot) const override;

  // The version in force; NOT_FOUND when the slot is dead or none.
  Status live_version(uint64_t slot, Version& out) const {
    if (slot >= point_.slots) return Status::absent();
    DAM_TRY(find_version(log_, slot, out));
    return out.is_live() ? Status() : Status::absent();
  }
  IdKey key_of(std::string_view id) const { return make_id_key(id, hash_key()); }
  const HashKey& hash_key() const { return pins_->generation->superblock.hash_key; }
  Status find_key(const IdKey& key, std::string_view id, Version& out, uint64_t& out_slot) const;
  // The slot whose life under this id ended last, and the frame that ended it; kNoSlot: never
  // lived.
  Status former_life(const IdKey& key, std::string_view id, uint64_t& out_slot,
                     uint64_t& out_end) const;
  Status positions(const PositionTree*& out) const {
    out = &positions_;
    return has_positions_.load(std::memory_order_acquire) ? Status() : make_positions();
  }
  // What finds the ids of this view, empty when none of them was asked for.
  IdIndex::View index_at_hand() const {
    return has_index_.load(std::memory_order_acquire) ? index_ : IdIndex::View();
  }

 private:
  template <typename Visit>
  Status search(uint64_t hash, Visit&& visit) const;
  Status index(const IdIndex::View*& out) const {
    out = &index_;
    return has_index_.load(std::memory_order_acquire) ? Status() : make_index();
  }
  Status make_index() const;
  Status make_positions() const;
  Status bears(const Version& version, const IdKey& key, std::string_view id, bool& out) const {
    out = version.id == key;
    return !out || is_exact(key) ? Status() : confirm(version, id, out);
  }
  // Whether the document of a version whose long key fits bears the id.
  Status confirm(const Version& version, std::string_view id, bool& out) const;
  Status slot_in_view(uint64_t& slot) const;
  // One id of many on its way to a record.
  struct Lookup {
    std::string_view id;
    IdKey key;
    uint64_t hash = 0;
    uint64_t slot = kNoSlot;
    Version version;
  };
  void begin_lookup(std::string_view id, const IdIndex::View& view, Lookup& out) const;
  void propose_slot(const IdIndex::View& view, Lookup& lookup) const;
  Status settle_slot(Lookup& lookup, Check check) const;
  Status record_of(const Version& version, uint64_t slot, Check check, Record& out) const {
    if (check == Check::kCopied) [[unlikely]]
      return copy_record(version, slot, out);
    const bool once = check == Check::kFirstTouch && version.is_first();
    if (pins_->check_payloads && !(once && pins_->generation->touched.contains(slot))) {
      DAM_TRY(check_document(version, slot, once));
    } else if (log_.reads_safely()) [[unlikely]] {
      DAM_TRY(prefault_document(version));
    } else if (version.offset + FrameHead::frame_size(version.payload_size) > point_.body_length) {
      return ends_beyond(slot);
    }
    out.document = payload_of(log_, version.offset, version.payload_size);
    out.slot = slot;
    out.offset = version.offset;
    out.copy.reset();
    return {};
  }
  Status copy_record(const Version& version, uint64_t slot, Record& out) const;
  Status prefault_document(const Version& version) const;
  Status check_document(const Version& version, uint64_t slot, bool once) const;
  static Status ends_beyond(uint64_t slot);
  Status end_of_life(uint64_t slot, const IdKey& key, std::string_view id, uint64_t& out_end) const;

  const std::shared_ptr<const Pins> pins_;
  CommitPoint point_;
  LogView log_;
  mutable std::atomic<bool> has_index_{false};
  mutable IdIndex::View index_;
  mutable std::atomic<bool> has_positions_{false};
  mutable PositionTree positions_;
};

}  // namespace dam
