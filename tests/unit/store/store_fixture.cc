#include "unit/store/store_fixture.h"

#include <cstdio>

#include "document/document_json.h"

namespace dam::test {
namespace {

std::string quoted(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\') {
      json += c;
      continue;
    }
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", byte);
    json += escape;
  }
  return json + "\"";
}

}  // namespace

void assert_ok(const Status& status) { assert_code(status, Code::kOk); }

void assert_code(const Status& status, Code code) {
  if (status.code() != code) print_error("answered: %s\n", status.message());
  assert_int_equal(status.code(), code);
}

Document from_json(std::string_view json) {
  JsonReader reader;
  const Result<Bytes> document = reader.read(json);
  assert_ok(document.status());
  return Document(document.value());
}

Document make_document(std::string_view id, std::string_view text) {
  return from_json("{\"id\":" + quoted(id) + ",\"text\":" + quoted(text) + "}");
}

Document make_embedded(std::string_view id, std::string_view values, std::string_view dtype) {
  size_t count = 1;
  for (const char c : values) count += c == ',' ? 1 : 0;
  return from_json("{\"id\":" + quoted(id) + ",\"embedding\":{\"dtype\":" + quoted(dtype) +
                   ",\"shape\":[" + std::to_string(count) + "],\"data\":[" + std::string(values) +
                   "]}}");
}

StoreOptions test_options(Durability durability) {
  StoreOptions options;
  options.durability = durability;
  options.upkeep_thread = false;
  return options;
}

StoreOptions read_only_options() {
  StoreOptions options = test_options();
  options.read_only = true;
  return options;
}

std::shared_ptr<Store> open_store(const StoreOptions& options, const std::string& path) {
  return value_of(Store::open(path, options));
}

Status open_failure(const StoreOptions& options, const std::string& path) {
  return Store::open(path, options).status();
}

WriteOperation append(const Document& document, bool upsert) {
  WriteOperation operation;
  operation.document = document.bytes();
  operation.upsert = upsert;
  return operation;
}

WriteOperation set(std::string_view id, const Document& document) {
  WriteOperation operation;
  operation.kind = WriteOperation::Kind::kSet;
  operation.id = id;
  operation.document = document.bytes();
  return operation;
}

WriteOperation set_at(uint64_t slot, const Document& document) {
  WriteOperation operation;
  operation.kind = WriteOperation::Kind::kSetAt;
  operation.slot = slot;
  operation.document = document.bytes();
  return operation;
}

WriteOperation erase(std::string_view id) {
  WriteOperation operation;
  operation.kind = WriteOperation::Kind::kDelete;
  operation.id = id;
  return operation;
}

WriteOperation erase_at(uint64_t slot) {
  WriteOperation operation;
  operation.kind = WriteOperation::Kind::kDeleteAt;
  operation.slot = slot;
  return operation;
}

WriteOperation::Seen seen_at(const View& view, uint64_t slot, std::string_view id) {
  Record record;
  assert_ok(view.record(slot, View::Check::kAlways, record));
  WriteOperation::Seen seen = {view.generation(), record.offset, 0, id};
  assert_ok(view.revision_of(slot, seen.revision));
  return seen;
}

Status commit(Store& store, const std::vector<WriteOperation>& operations, Durability durability) {
  return store.commit(operations, durability).status();
}

void add(Store& store, std::string_view id, std::string_view text, Durability durability) {
  const Document document = make_document(id, text);
  assert_ok(commit(store, {append(document)}, durability));
}

void remove(Store& store, std::string_view id, Durability durability) {
  assert_ok(commit(store, {erase(id)}, durability));
}

std::string numbered(uint64_t number) { return "d" + std::to_string(number); }

void add_many(Store& store, uint64_t first, uint64_t end) {
  std::vector<Document> documents;
  std::vector<WriteOperation> operations;
  for (uint64_t i = first; i < end; ++i) {
    documents.push_back(make_document(numbered(i), "text of " + numbered(i)));
    operations.push_back(append(documents.back()));
  }
  assert_ok(commit(store, operations));
}

std::string ids_of(const View& view) {
  std::string ids;
  uint64_t slot = 0;
  assert_ok(view.next_slot(0, slot));
  while (slot != View::kNoSlot) {
    if (!ids.empty()) ids += ' ';
    assert_ok(view.append_id(slot, ids));
    assert_ok(view.next_slot(slot + 1, slot));
  }
  return ids;
}

Code code_of_finding(const View& view, std::string_view id) {
  uint64_t slot = 0;
  return view.find(id, slot).code();
}

std::string text_of(const View& view, std::string_view id) {
  uint64_t slot = 0;
  const Status found = view.find(id, slot);
  if (found.code() == Code::kNotFound) return "-";
  assert_ok(found);
  Record record;
  assert_ok(view.record(slot, View::Check::kAlways, record));
  return std::string(as_view(document_root(record.document)->text()));
}

namespace {

void assert_shows_row(const View& view, const ArrayModel::Row& row, uint64_t position) {
  uint64_t slot = 0;
  assert_ok(view.slot_at(position, slot));
  assert_int_equal(slot, row.slot);
  assert_ok(view.position_of(slot, slot));
  assert_int_equal(slot, position);
  assert_ok(view.find(row.id(), slot));
  assert_int_equal(slot, row.slot);
  std::string id;
  assert_ok(view.append_id(slot, id));
  assert_true(id == row.id());
  Record record;
  for (const View::Check check : {View::Check::kFirstTouch, View::Check::kAlways}) {
    assert_ok(view.record(slot, check, record));
    assert_int_equal(record.document.size(), row.document.bytes().size());
    assert_memory_equal(record.document.data(), row.document.bytes().data(),
                        record.document.size());
  }
  uint64_t revision = 0;
  assert_ok(view.revision_of(slot, revision));
  assert_true(revision <= view.revision());
}

void assert_finds_many(const View& view, const ArrayModel& model) {
  std::vector<std::string_view> ids = {"no such id"};
  for (const ArrayModel::Row& row : model.rows()) ids.push_back(row.id());
  std::vector<Record> records(ids.size());
  assert_ok(view.find_records(ids, View::Check::kFirstTouch, records.data()));
  assert_true(records[0].slot == View::kNoSlot);
  assert_true(records[0].document.empty());
  for (size_t i = 1; i < ids.size(); ++i) {
    Record one;
    assert_ok(view.find_record(ids[i], View::Check::kAlways, one));
    assert_int_equal(one.slot, model.rows()[i - 1].slot);
    assert_int_equal(records[i].slot, one.slot);
    assert_int_equal(records[i].offset, one.offset);
    assert_ptr_equal(records[i].document.data(), one.document.data());
    assert_int_equal(records[i].document.size(), one.document.size());
  }
}

}  // namespace

void assert_shows(const View& view, const ArrayModel& model) {
  assert_int_equal(view.count(), model.count());
  uint64_t scanned = 0;
  assert_ok(view.next_slot(0, scanned));
  for (uint64_t position = 0; position < model.count(); ++position) {
    const ArrayModel::Row& row = model.rows()[position];
    assert_int_equal(scanned, row.slot);
    assert_ok(view.next_slot(scanned + 1, scanned));
    assert_shows_row(view, row, position);
  }
  assert_true(scanned == View::kNoSlot);
  uint64_t slot = 0;
  assert_code(view.slot_at(model.count(), slot), Code::kOutOfRange);
  assert_finds_many(view, model);
  for (uint64_t dead = 0; dead < model.slots(); ++dead) {
    Record record;
    if (model.index_of_slot(dead) != ArrayModel::kNone) continue;
    assert_code(view.record(dead, View::Check::kAlways, record), Code::kNotFound);
    assert_code(view.position_of(dead, slot), Code::kNotFound);
  }
}

std::string report_of(const std::string& path) {
  std::string report;
  const Status status = verify_array(path, {}, report);
  if (!status.ok() && report.empty()) report = status.message();
  return report;
}

void assert_sound(const std::string& path) { assert_string_equal(report_of(path).c_str(), ""); }

std::string contents_of(const View& view) {
  std::string text;
  for (uint64_t position = 0; position < view.count(); ++position) {
    uint64_t slot = 0;
    assert_ok(view.slot_at(position, slot));
    std::string id;
    assert_ok(view.append_id(slot, id));
    uint64_t revision = 0;
    assert_ok(view.revision_of(slot, revision));
    text += id + "=" + text_of(view, id) + "@" + std::to_string(revision) + " ";
  }
  return text;
}

StoreOptions threaded_options(Durability durability) {
  StoreOptions options = test_options(durability);
  options.upkeep_thread = true;
  return options;
}

bool is_consistent(const View& view) {
  uint64_t slot = 0;
  for (uint64_t position = 0; position < view.count(); ++position) {
    uint64_t found = 0;
    std::string id;
    Record record;
    if (!view.slot_at(position, slot).ok() || !view.append_id(slot, id).ok() ||
        !view.find(id, found).ok() || found != slot ||
        !view.record(slot, View::Check::kFirstTouch, record).ok() ||
        as_view(document_root(record.document)->text()) != id)
      return false;
  }
  return !view.slot_at(view.count(), slot).ok();
}

}  // namespace dam::test
