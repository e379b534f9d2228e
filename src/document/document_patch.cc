// Only the fields that the patch names go through JSON: the stored ones are written out, both texts
// become trees, and the merged tree is given to the assembler as events.
#include "document/document_patch.h"

#include <map>

#include "document/document_assembler.h"
#include "document/document_json.h"
#include "document/document_view.h"
#include "document/json_parse.h"
#include "document/json_tree.h"
#include "document/verify_document.h"

namespace dam {
namespace {

using enum field::Number;

// What chunks and matches take their place from.
constexpr uint32_t kLevelFields = field_bit(kId) | field_bit(kGranularity) | field_bit(kAdjacency);

// A member of a tree, or none.
struct Member {
  const JsonTree* tree = nullptr;
  uint32_t node = JsonTree::kNone;

  explicit operator bool() const { return tree != nullptr; }
  const JsonTree::Node& operator*() const { return (*tree)[node]; }
  const JsonTree::Node* operator->() const { return &(*tree)[node]; }
  Member first() const { return at((*tree)[node].first); }
  Member next() const { return at((*tree)[node].next); }

 private:
  Member at(uint32_t other) const {
    return other == JsonTree::kNone ? Member() : Member{tree, other};
  }
};

// Whether the value is to be merged: an object, unless it spells bytes or a number in tags.
bool is_mergeable(const Member& value, bool in_tags) {
  if (!value || value->step != JsonStep::kStartObject) return false;
  const Member only = value.first();
  if (!in_tags || !only || only.next()) return true;
  return only->step != JsonStep::kString || (only->key != "$bytes" && only->key != "$double");
}

// Gives the assembler the events of values, merged or as they are.
class Replay {
 public:
  explicit Replay(DocumentAssembler* to) : to_(to) {}

  Status key(std::string_view key) { return to_->take({JsonStep::kKey, key}); }

  Status whole(const Member& value) {
    DAM_TRY(to_->take({value->step, value->text}));
    const bool is_object = value->step == JsonStep::kStartObject;
    if (!is_object && value->step != JsonStep::kStartArray) return {};
    for (Member member = value.first(); member; member = member.next()) {
      if (is_object) DAM_TRY(key(member->key));
      DAM_TRY(whole(member));
    }
    return to_->take({is_object ? JsonStep::kEndObject : JsonStep::kEndArray});
  }

  Status merged(const Member& target, const Member& patch, bool in_tags) {
    if (!is_mergeable(patch, in_tags)) return whole(patch);
    std::map<std::string_view, Member> changes;
    for (Member change = patch.first(); change; change = change.next())
      changes.emplace(change->key, change);
    DAM_TRY(to_->take({JsonStep::kStartObject}));
    if (is_mergeable(target, in_tags)) DAM_TRY(merged_members(target, changes, in_tags));
    for (const auto& [name, change] : changes) {
      if (change->step == JsonStep::kNull) continue;
      DAM_TRY(key(name));
      DAM_TRY(merged(Member(), change, in_tags));
    }
    return to_->take({JsonStep::kEndObject});
  }

 private:
  // The members of the target, changed or not; leaves the changes that are additions.
  Status merged_members(const Member& target, std::map<std::string_view, Member>& changes,
                        bool in_tags) {
    for (Member member = target.first(); member; member = member.next()) {
      auto change = changes.find(member->key);
      const bool removed = change != changes.end() && change->second->step == JsonStep::kNull;
      if (!removed) DAM_TRY(key(member->key));
      if (change == changes.end()) DAM_TRY(whole(member));
      if (change == changes.end()) continue;
      if (!removed) DAM_TRY(merged(member, change->second, in_tags));
      changes.erase(change);
    }
    return {};
  }

  DocumentAssembler* to_;
};

class Patch {
 public:
  explicit Patch(const DocumentSource& source) : source_(source) {}

  Result<std::vector<uint8_t>> apply(std::string_view json) {
    DAM_TRY(read(json));
    DAM_TRY(write_target());
    DAM_TRY(build_changed());
    DocumentDraft draft;
    draft.take_all(source_);
    const DocumentSource changed = {nullptr, document_root(changed_)};
    for (uint32_t field = 0; field < kCount; field++) {
      if (removed_ & field_bit(field)) draft.clear(field);
      if (set_ & field_bit(field)) draft.take(field, changed);
    }
    return draft.build();
  }

 private:
  Status read(std::string_view json) {
    DAM_TRY(patch_parse_.run(json, &patch_));
    if (!patch_.is_object(patch_.root()))
      return Status::error(Code::kInvalidArgument, "a patch of a document is a JSON object");
    for (Member member = patch().first(); member; member = member.next()) {
      uint32_t field = 0;
      while (field < kCount && member->key != field_shape(field).name) field++;
      if (field == kCount) return unknown_member(member->key, "a document");
      const bool removes = member->step == JsonStep::kNull;
      (removes ? removed_ : set_) |= field_bit(field);
      if (member->step == JsonStep::kStartObject) merged_ |= field_bit(field);
    }
    return {};
  }

  // The fields of the source that play a part, as a tree.
  Status write_target() {
    uint32_t fields = merged_;
    const bool has_documents = (set_ & (field_bit(kChunks) | field_bit(kMatches))) != 0;
    if (has_documents) fields |= kLevelFields & ~removed_;
    DocumentDraft draft;
    for (uint32_t field = 0; field < kCount; field++) {
      if ((fields & field_bit(field)) != 0) draft.take(field, source_);
    }
    DAM_ASSIGN(const std::vector<uint8_t> bytes, draft.build());
    JsonWriter writer;
    return target_parse_.run(writer.write(bytes), &target_);
  }

  Status build_changed() {
    begin_document(&builder_);
    DocumentAssembler assembler(&builder_, false);
    Replay replay(&assembler);
    DAM_TRY(assembler.take({JsonStep::kStartObject}));
    for (Member kept = target().first(); kept; kept = kept.next()) {
      if (find(patch(), kept->key)) continue;
      DAM_TRY(replay.key(kept->key));
      DAM_TRY(replay.whole(kept));
    }
    for (Member change = patch().first(); change; change = change.next()) {
      if (change->step == JsonStep::kNull) continue;
      DAM_TRY(replay.key(change->key));
      DAM_TRY(replay.merged(find(target(), change->key), change, change->key == "tags"));
    }
    DAM_TRY(assembler.take({JsonStep::kEndObject}));
    DAM_ASSIGN(const flatbuffers::uoffset_t root, assembler.finish());
    builder_.Finish(flatbuffers::Offset<schema::Document>(root), schema::DocumentIdentifier());
    changed_ = Bytes(builder_.GetBufferPointer(), builder_.GetSize());
    return verify_document(changed_);
  }

  Member patch() const { return {&patch_, patch_.root()}; }
  Member target() const { return {&target_, target_.root()}; }

  // Of the root, which has a member for each field at most.
  static Member find(const Member& object, std::string_view key) {
    Member member = object.first();
    while (member && member->key != key) member = member.next();
    return member;
  }

  const DocumentSource& source_;
  JsonParse patch_parse_, target_parse_;  // have the texts of the trees
  JsonTree patch_, target_;
  uint32_t set_ = 0, removed_ = 0, merged_ = 0;  // fields by bit; merged ones are set too
  DocumentBuffer builder_;
  Bytes changed_;  // in builder_: a document of the fields that are set
};

}  // namespace

Result<std::vector<uint8_t>> patched_document(const DocumentSource& source,
                                              std::string_view patch) {
  return Patch(source).apply(patch);
}

}  // namespace dam
