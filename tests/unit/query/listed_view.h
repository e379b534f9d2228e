// A view of documents given as JSON, in their order: queries read it without an array on a disk.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "document/document_json.h"
#include "document/document_view.h"
#include "store/view.h"
#include "unit/cmocka_cpp.h"

namespace dam::test {

// Each document lies in the slot of twice its position: queries are not to take one for the other.
// A text that is "damaged" stands for a record whose checksum is wrong.
class ListedView : public View {
 public:
  explicit ListedView(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) add(text);
  }

  void add(std::string_view text) {
    std::vector<uint64_t>& words = documents_.emplace_back();
    if (text == "damaged") return;
    JsonReader reader;
    Result<Bytes> bytes = reader.read(text);
    if (!bytes.ok()) fail_msg("%s", bytes.status().message());
    words.resize(round_up(bytes.value().size(), 8) / 8);
    std::memcpy(words.data(), bytes.value().data(), bytes.value().size());
  }

  uint64_t count() const override { return documents_.size(); }
  uint64_t revision() const override { return 1; }
  uint64_t generation() const override { return 1; }
  Status record(uint64_t slot, Check, Record& out) const override {
    if (slot % 2 != 0 || slot / 2 >= count()) return Status::absent();
    const std::vector<uint64_t>& words = documents_[slot / 2];
    if (words.empty()) return Status::error(Code::kCorrupt, "damaged");
    out.document = {reinterpret_cast<const uint8_t*>(words.data()), words.size() * 8};
    out.slot = slot;
    return {};
  }
  Status record_at(uint64_t position, Check check, Record& out) const override {
    return record(position * 2, check, out);
  }
  Status slot_at(uint64_t position, uint64_t& out_slot) const override {
    out_slot = position * 2;
    return {};
  }
  Status position_of(uint64_t slot, uint64_t& out_position) const override {
    out_position = slot / 2;
    return {};
  }
  Status next_slot(uint64_t slot, uint64_t& out_slot) const override {
    out_slot = round_up(slot, 2) / 2 < count() ? round_up(slot, 2) : kNoSlot;
    return {};
  }
  Status append_id(uint64_t slot, std::string& out) const override {
    Record whole;
    DAM_TRY(record(slot, Check::kAlways, whole));
    out.append(document_id(whole.document));
    return {};
  }
  Status find(std::string_view id, uint64_t& out_slot) const override {
    for (out_slot = 0; out_slot < 2 * count(); out_slot += 2) {
      std::string here;
      if (append_id(out_slot, here).ok() && here == id) return {};
    }
    return Status::absent();
  }
  Status find_record(std::string_view id, Check check, Record& out) const override {
    uint64_t slot = 0;
    DAM_TRY(find(id, slot));
    return record(slot, check, out);
  }
  Status find_records(std::span<const std::string_view> ids, Check check,
                      Record* out) const override {
    for (size_t i = 0; i < ids.size(); ++i) {
      out[i].slot = kNoSlot;
      const Status found = find_record(ids[i], check, out[i]);
      if (!found.ok() && found.code() != Code::kNotFound) return found;
    }
    return {};
  }
  Status revision_of(uint64_t, uint64_t& out_revision) const override {
    out_revision = 1;
    return {};
  }

 private:
  std::vector<std::vector<uint64_t>> documents_;
};

}  // namespace dam::test
