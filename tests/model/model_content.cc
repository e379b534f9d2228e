#include "model/model_content.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "document/document_json.h"

namespace dam::test {
namespace {

unsigned long long print(uint64_t value) { return value; }

std::map<std::pair<std::string, uint64_t>, DocumentPointer>& documents() {
  static std::map<std::pair<std::string, uint64_t>, DocumentPointer> all;
  return all;
}

size_t number_of(const std::string& id) {
  const auto& ids = model_ids();
  return static_cast<size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
}

Status unknown_document(uint64_t position, std::string_view id) {
  return Status::error(Code::kInternal, "position %llu shows a document of id %.*s never written",
                       print(position), static_cast<int>(id.size()), id.data());
}

// The document of the model with these bytes, if any.
DocumentPointer recognise(const std::string& id, Bytes bytes) {
  for (auto at = documents().lower_bound({id, 0}); at != documents().end() && at->first.first == id;
       ++at) {
    const ModelDocument& known = *at->second;
    if (known.size == bytes.size() &&
        std::memcmp(known.words.data(), bytes.data(), known.size) == 0)
      return at->second;
  }
  return nullptr;
}

Status check_present(const View& view, const ModelDocument& document, uint64_t position) {
  uint64_t slot = 0;
  DAM_TRY(view.find(document.id, slot));
  uint64_t found_position = 0;
  DAM_TRY(view.position_of(slot, found_position));
  if (found_position != position)
    return Status::error(Code::kInternal, "id %s is at position %llu instead of %llu",
                         document.id.c_str(), print(found_position), print(position));
  Record record;
  DAM_TRY(view.record(slot, View::Check::kAlways, record));
  uint64_t revision = 0;
  DAM_TRY(view.revision_of(slot, revision));
  if (revision > view.revision())
    return Status::error(Code::kInternal, "id %s has revision %llu, the view %llu",
                         document.id.c_str(), print(revision), print(view.revision()));
  return record.document.size() == document.size &&
                 std::memcmp(record.document.data(), document.words.data(), document.size) == 0
             ? Status()
             : unknown_document(position, document.id);
}

}  // namespace

const std::vector<std::string>& model_ids() {
  static const std::vector<std::string> kIds = {"a",
                                                "00000000-0000-4000-8000-00000000000b",
                                                "an id of more than sixteen bytes: c",
                                                "d",
                                                "e",
                                                "00000000-0000-4000-8000-00000000000f",
                                                "an id of more than sixteen bytes: g",
                                                "h",
                                                "i",
                                                "00000000-0000-4000-8000-00000000000j",
                                                "an id of more than sixteen bytes: k",
                                                "l",
                                                "m",
                                                "n",
                                                "o",
                                                "p",
                                                "q",
                                                "r",
                                                "s",
                                                "t"};
  return kIds;
}

DocumentPointer model_document(const std::string& id, uint64_t version) {
  DocumentPointer& known = documents()[{id, version}];
  if (known != nullptr) return known;
  constexpr size_t kLengths[] = {8, 130, 380};
  JsonReader reader;
  const std::string text(kLengths[version % 3], static_cast<char>('a' + version % 26));
  const auto bytes = reader.read("{\"id\":\"" + id + "\",\"text\":\"" + std::to_string(version) +
                                 " " + text + "\"}");
  if (!bytes.ok()) std::abort();
  auto document = std::make_shared<ModelDocument>();
  document->id = id;
  document->version = version;
  document->size = bytes.value().size();
  document->words.resize(document->size / 8 + 1);
  std::memcpy(document->words.data(), bytes.value().data(), document->size);
  return known = document;
}

const std::string& unused_id(const Content& content) {
  for (const std::string& id : model_ids())
    if (std::none_of(content.begin(), content.end(), [&](const auto& d) { return d->id == id; }))
      return id;
  std::abort();
}

std::string describe(const Content& content) {
  std::string text;
  for (const auto& document : content) {
    if (!text.empty()) text += ' ';
    text += static_cast<char>('a' + number_of(document->id));
    text += std::to_string(document->version);
  }
  return "[" + text + "]";
}

Status read_content(const View& view, Content& out) {
  out.clear();
  for (uint64_t position = 0; position < view.count(); ++position) {
    uint64_t slot = 0;
    DAM_TRY(view.slot_at(position, slot));
    std::string id;
    DAM_TRY(view.append_id(slot, id));
    Record record;
    DAM_TRY(view.record(slot, View::Check::kAlways, record));
    DocumentPointer known = recognise(id, record.document);
    if (known == nullptr) return unknown_document(position, id);
    out.push_back(std::move(known));
  }
  return {};
}

Status check_lookups(const View& view, const Content& content) {
  if (view.count() != content.size())
    return Status::error(Code::kInternal, "%llu documents instead of %llu", print(view.count()),
                         print(content.size()));
  for (uint64_t i = 0; i < content.size(); ++i) DAM_TRY(check_present(view, *content[i], i));
  for (const std::string& id : model_ids()) {
    if (std::any_of(content.begin(), content.end(), [&](const auto& d) { return d->id == id; }))
      continue;
    uint64_t slot = 0;
    const Status found = view.find(id, slot);
    if (found.code() == Code::kNotFound) continue;
    DAM_TRY(found);
    return Status::error(Code::kInternal, "id %s is found, though no document bears it",
                         id.c_str());
  }
  uint64_t slot = 0;
  uint64_t scanned = 0;
  DAM_TRY(view.next_slot(0, slot));
  for (; slot != View::kNoSlot; ++scanned) DAM_TRY(view.next_slot(slot + 1, slot));
  if (scanned == content.size()) return {};
  return Status::error(Code::kInternal, "a scan meets %llu documents of %llu", print(scanned),
                       print(content.size()));
}

bool same_content(const Content& a, const Content& b) { return a == b; }

}  // namespace dam::test
