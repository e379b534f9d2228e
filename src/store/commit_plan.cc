#include "store/commit_plan.h"

#include "document/document_view.h"

namespace dam {
namespace {

// An id as messages show it: cut, and without what a terminal would take for a command.
std::string shown(std::string_view id) {
  constexpr size_t kMost = 80;
  std::string text(id.substr(0, kMost));
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  return id.size() > kMost ? text + "..." : text;
}

}  // namespace

CommitPlan::CommitPlan(const ArrayView& view, FrameBatch& batch, const Admission& admission,
                       size_t remember)
    : view_(view), batch_(batch), admission_(admission) {
  if (remember == 0) return;
  memory_ = std::make_unique<Memory>();
  memory_->ids.reserve(remember);
  id_changes_.reserve(remember);
}

const CommitPlan::IdState* CommitPlan::remembered(const IdKey& key, std::string_view id) const {
  if (memory_ == nullptr) return nullptr;
  const auto here = memory_->ids.find({key, id});
  return here == memory_->ids.end() ? nullptr : &here->second;
}

Status CommitPlan::add(const WriteOperation& operation) {
  if (!operation.document.empty()) DAM_TRY(admission_.admit(operation.document, batch_));
  if (operation.kind == WriteOperation::Kind::kAppend) return append(operation);
  if (operation.kind == WriteOperation::Kind::kDeleteSlice) return erase_slice(operation.slice);
  uint64_t slot = 0;
  uint64_t seen = 0;
  DAM_TRY(locate(operation, slot, seen));
  const bool erases = operation.kind == WriteOperation::Kind::kDelete ||
                      operation.kind == WriteOperation::Kind::kDeleteAt;
  return erases ? erase(operation, slot, seen) : replace(operation, slot, seen);
}

// The slot the operation is aimed at, and the offset of the version its caller saw there.
Status CommitPlan::locate(const WriteOperation& operation, uint64_t& out_slot, uint64_t& out_seen) {
  if (operation.kind == WriteOperation::Kind::kSet ||
      operation.kind == WriteOperation::Kind::kDelete)
    return slot_of(operation.id, view_.key_of(operation.id), out_slot);
  if (operation.position) {
    DAM_ASSIGN(const uint64_t at, resolve_position(*operation.position, view_.count()));
    return view_.slot_at(at, out_slot);
  }
  const WriteOperation::Seen& seen = operation.seen;
  if (seen.offset != 0 && seen.generation != view_.generation())
    return find_again(seen, out_slot, out_seen);
  out_slot = operation.slot;
  out_seen = seen.offset;
  return {};
}

// A prune lies between what the caller saw and this commit: the version, if no commit changed it,
// still bears its id and its revision.
Status CommitPlan::find_again(const WriteOperation::Seen& seen, uint64_t& out_slot,
                              uint64_t& out_offset) {
  Version version;
  const Status found = view_.find_key(view_.key_of(seen.id), seen.id, version, out_slot);
  if (!found.ok() && found.code() != Code::kNotFound) return found;
  uint64_t revision = 0;
  if (found.ok()) DAM_TRY(view_.revision_of(out_slot, revision));
  if (!found.ok() || revision != seen.revision)
    return Status::error(Code::kConflict, "another commit changed the document of id \"%s\"",
                         shown(seen.id).c_str());
  out_offset = version.offset;
  return {};
}

Status CommitPlan::erase_slice(const Slice& slice) {
  DAM_ASSIGN(const SliceRange range,
             resolve_slice(slice.start, slice.stop, slice.step, view_.count()));
  for (int64_t i = 0; i < range.size; ++i) {
    uint64_t slot = 0;
    DAM_TRY(view_.slot_at(static_cast<uint64_t>(range.at(i)), slot));
    DAM_TRY(erase({}, slot, 0));
  }
  result_.deleted += static_cast<uint64_t>(range.size);
  return {};
}

void CommitPlan::touch(uint64_t slot) {
  if (!any_) result_.first_slot = slot;
  result_.last_slot = slot;
  any_ = true;
}

// The live slot of an id as the batch leaves it; absent: NOT_FOUND.
Status CommitPlan::slot_of(std::string_view id, const IdKey& key, uint64_t& out_slot) {
  if (const IdState* here = remembered(key, id); here != nullptr) {
    if (here->end != 0) return Status::absent();
    out_slot = here->slot;
    return {};
  }
  Version version;
  return view_.find_key(key, id, version, out_slot);
}

Status CommitPlan::append(const WriteOperation& operation) {
  const std::string_view id = document_id(operation.document);
  const IdKey key = view_.key_of(id);
  uint64_t slot = 0;
  const Status found = slot_of(id, key, slot);
  if (found.code() == Code::kNotFound) return put(operation.document, id, key);
  DAM_TRY(found);
  if (!operation.upsert)
    return Status::error(Code::kAlreadyExists, "id \"%s\" exists already", shown(id).c_str());
  result_.replaced_any = true;
  return replace(operation, slot, 0);
}

Status CommitPlan::put(Bytes document, std::string_view id, const IdKey& key) {
  IdState former;
  if (const IdState* here = remembered(key, id); here != nullptr) {
    former = *here;
  } else {
    DAM_TRY(view_.former_life(key, id, former.slot, former.end));
  }
  const uint64_t slot = batch_.put(key, document, former.end);
  if (memory_ != nullptr) {
    const Superseded version = {batch_.last_offset(), static_cast<uint32_t>(document.size())};
    memory_->ids[{key, id}] = {slot, 0};
    memory_->added.push_back({key, id, version, true, true});
  }
  id_changes_.push_back(
      {hash_of(key, view_.hash_key()), slot, former.end == 0 ? IdEntry::kNoSlot : former.slot});
  touch(slot);
  return {};
}

// What this batch made of a slot; null: nothing yet.
CommitPlan::Current* CommitPlan::changed(uint64_t slot) {
  if (memory_ == nullptr) return nullptr;
  const uint64_t first_added = view_.point().slots;
  std::vector<Current>& added = memory_->added;
  if (slot >= first_added)
    return slot - first_added < added.size() ? &added[slot - first_added] : nullptr;
  const auto here = memory_->slots.find(slot);
  return here == memory_->slots.end() ? nullptr : &here->second;
}

void CommitPlan::change(uint64_t slot, const Current& now) {
  if (memory_ == nullptr) return;
  if (Current* here = changed(slot); here != nullptr)
    *here = now;
  else
    memory_->slots[slot] = now;
}

Status CommitPlan::current(uint64_t slot, Current& out) {
  if (const Current* here = changed(slot); here != nullptr) {
    out = *here;
    return out.live ? Status() : Status::absent();
  }
  Version version;
  DAM_TRY(view_.live_version(slot, version));
  out.key = version.id;
  out.version = {version.offset, version.payload_size};
  return {};
}

// What is in the slot now, if it is what the operation expects there.
Status CommitPlan::expected_current(const WriteOperation& operation, uint64_t slot, uint64_t seen,
                                    Current& out) {
  const Status found = current(slot, out);
  const bool was_seen = seen != 0;
  const bool changed = !found.ok() || out.version.offset != seen;
  if (was_seen && changed && !out.changed_here)
    return Status::error(Code::kConflict, "another commit changed the document in slot %llu",
                         static_cast<unsigned long long>(slot));
  DAM_TRY(found);
  if (operation.expected_revision == 0) return {};
  uint64_t revision = batch_.point().seq;
  if (!out.changed_here) DAM_TRY(view_.revision_of(slot, revision));
  if (revision == operation.expected_revision) return {};
  return Status::error(Code::kConflict, "the document has revision %llu, not %llu",
                       static_cast<unsigned long long>(revision),
                       static_cast<unsigned long long>(operation.expected_revision));
}

// From here on the batch may give the id to another document.
Status CommitPlan::free_id(const Current& now, uint64_t slot, uint64_t end) {
  if (memory_ == nullptr) return {};
  std::string_view id = now.id;
  if (id.empty()) {
    DAM_TRY(view_.append_id(slot, memory_->texts.emplace_back()));
    id = memory_->texts.back();
  }
  memory_->ids[{view_.key_of(id), id}] = {slot, end};
  return {};
}

Status CommitPlan::replace(const WriteOperation& operation, uint64_t slot, uint64_t seen) {
  Current now;
  DAM_TRY(expected_current(operation, slot, seen, now));
  const std::string_view id = document_id(operation.document);
  const IdKey key = view_.key_of(id);
  if (operation.kind == WriteOperation::Kind::kSet && id != operation.id)
    return Status::error(Code::kInvalidArgument, "the document bears id \"%s\", not \"%s\"",
                         shown(id).c_str(), shown(operation.id).c_str());
  uint64_t bearer = slot;
  Status taken = slot_of(id, key, bearer);
  if (!taken.ok() && taken.code() != Code::kNotFound) return taken;
  if (taken.ok() && bearer != slot)
    return Status::error(Code::kAlreadyExists, "id \"%s\" exists already in another place",
                         shown(id).c_str());
  const uint64_t offset = batch_.replace(slot, key, operation.document, now.version);
  if (!taken.ok()) {  // the id changes
    DAM_TRY(free_id(now, slot, offset));
    id_changes_.push_back({hash_of(key, view_.hash_key()), slot, IdEntry::kNoSlot});
  }
  if (memory_ != nullptr) memory_->ids[{key, id}] = {slot, 0};
  change(slot, {key, id, {offset, static_cast<uint32_t>(operation.document.size())}, true, true});
  touch(slot);
  return {};
}

Status CommitPlan::erase(const WriteOperation& operation, uint64_t slot, uint64_t seen) {
  Current now;
  DAM_TRY(expected_current(operation, slot, seen, now));
  const uint64_t offset = batch_.erase(slot, now.version);
  DAM_TRY(free_id(now, slot, offset));
  now.live = false;
  now.changed_here = true;
  change(slot, now);
  killed_.push_back(slot);
  touch(slot);
  return {};
}

}  // namespace dam
