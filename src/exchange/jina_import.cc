#include "exchange/jina_import.h"

#include <algorithm>
#include <cinttypes>

#include "document/verify_place.h"
#include "exchange/import_batch.h"
#include "exchange/jina_leftovers.h"
#include "exchange/wire_era.h"

namespace dam {
namespace {

constexpr uint64_t kProgressSteps = 1024;  // records between two looks at the caller's wish
// What overlapping records may make an import read: a hostile header names one body many times.
constexpr uint64_t kMostReadings = 8;

std::string quoted(std::string_view text) { return "\"" + printable(text) + "\""; }

class JinaImport {
 public:
  JinaImport(const JinaStore& store, const JinaImportOptions& options)
      : source_(store), options_(options), overlap_budget_(kMostReadings * store.body_bytes()) {}

  Status run(Store& into, ImportOutcome& out) {
    describe_header();
    DAM_TRY(settle());
    if (options_.strict) DAM_TRY(try_all(out));
    const Status status = store_all(into, out);
    const uint64_t steps = 2 * source_.records().size();
    if (status.ok()) (void)options_.progress(steps, steps);
    if (status.ok()) describe_ids();
    if (status.ok() && options_.list_deleted) list_leftovers();
    finish_report(out);
    return status;
  }

 private:
  using Taker = std::function<Status(Bytes document, uint64_t number)>;

  void describe_header();
  void describe_ids();
  void count_ids(const JinaRecord& record, uint64_t slot);
  Status settle();
  Status try_all(ImportOutcome& out);
  void finish_report(ImportOutcome& out);
  Status store_all(Store& into, ImportOutcome& out);
  Status read_all(WireDocumentReader& reader, const Taker& take);
  Status read_record(WireDocumentReader& reader, const JinaRecord& record, const Taker& take);
  Result<Bytes> read_slot(WireDocumentReader& reader, const JinaRecord& record, uint64_t slot);
  Status check_owner(const JinaRecord& record, uint64_t slot, std::string_view id) const;
  void tell_damage(const JinaRecord& record, uint64_t slot, const std::string& why);
  void list_leftovers();
  void list_leftover(WireDocumentReader& reader, const JinaRange& range);
  bool go_on(uint64_t number) const {
    return number % kProgressSteps != 0 || options_.progress(number, 2 * source_.records().size());
  }

  const JinaStore& source_;
  const JinaImportOptions& options_;
  WireDocumentReader::Options reading_;
  ImportReport report_;
  uint64_t overlap_budget_;
  uint64_t longer_ids_ = 0;  // than the header has room for
  uint64_t other_ids_ = 0;   // than their slots have
};

void JinaImport::describe_header() {
  const JinaHeader& header = source_.header();
  std::string line = "ids of " + std::to_string(header.key_length()) + " characters in header.bin";
  if (header.is_guessed()) {
    const bool is_usual = header.key_length() == JinaHeader::kUsualKeyLength;
    line += is_usual ? ", a guess: the usual length" : ", a guess from its size and contents";
  }
  if (header.unlikely() > 0)
    line += ", against which " + std::to_string(header.unlikely()) + " slots speak";
  report_.remark(line);
  report_.remark(std::to_string(header.count()) +
                 " slots: " + std::to_string(source_.records().size()) + " documents, " +
                 std::to_string(source_.tombstones()) + " deleted, " +
                 std::to_string(header.count() - source_.tombstones() - source_.records().size()) +
                 " replaced by a later slot");
  if (header.torn_bytes() > 0)
    report_.damage("header.bin ends with " + std::to_string(header.torn_bytes()) +
                   " bytes of a slot that is not whole");
}

void JinaImport::describe_ids() {
  const char* taken = options_.header_ids ? "taken as they are there" : "taken from the documents";
  if (longer_ids_ > 0)
    report_.remark(std::to_string(longer_ids_) + " ids are cut in header.bin: " + taken);
  if (other_ids_ > 0)
    report_.remark(std::to_string(other_ids_) +
                   " documents bear another id than their slots: " + taken);
}

void JinaImport::count_ids(const JinaRecord& record, uint64_t slot) {
  const Result<Bytes> wire = source_.bytes_of(slot);
  const std::string_view id = wire_document_id(wire.value());
  const uint32_t room = source_.header().key_length();
  if (id.empty() || id.size() <= record.key.size() / 4) return;
  if (key_of_text(id, room) != record.key)
    other_ids_++;
  else if (key_of_text(id, room + 1).size() > record.key.size())
    longer_ids_++;
}

Status JinaImport::settle() {
  WireEvidence evidence;
  uint64_t number = 0;
  for (const JinaRecord& record : source_.records()) {
    if (!go_on(number++)) return Status::error(Code::kCancelled, "import was cancelled");
    // A record that shares bytes may show another one's fields.
    if (source_.slot_overlapping(record.slot) != JinaStore::kNone) continue;
    const Result<Bytes> bytes = source_.bytes_of(record.slot);
    if (bytes.ok()) evidence.gather(bytes.value());
  }
  WireEra era = settle_era(evidence);
  report_.remark(era.text);
  reading_ = {era.float_locations, options_.integers};
  return {};
}

void JinaImport::finish_report(ImportOutcome& out) {
  out.damaged = report_.damaged();
  out.report = report_.take_text();
  out.report += std::to_string(out.recovered) + " documents imported, " +
                std::to_string(out.damaged) + " damaged or in doubt\n";
}

Status JinaImport::try_all(ImportOutcome& out) {
  WireDocumentReader reader(reading_);
  const Taker nothing = [](Bytes, uint64_t) { return Status(); };
  const ImportReport before = report_;
  DAM_TRY(read_all(reader, nothing));
  overlap_budget_ = kMostReadings * source_.body_bytes();
  longer_ids_ = other_ids_ = 0;
  if (report_.damaged() > 0) {
    const Status found =
        Status::error(Code::kCorrupt, "%s (%" PRIu64 " such lines; nothing was imported)",
                      report_.first_damage().c_str(), report_.damaged());
    finish_report(out);
    return found;
  }
  report_ = before;
  return {};
}

Status JinaImport::store_all(Store& into, ImportOutcome& out) {
  WireDocumentReader reader(reading_);
  ImportBatch batch(into, options_.upsert, [&](uint64_t number, const Status& why) {
    const JinaRecord& record = source_.records()[number];
    tell_damage(record, record.slot, std::string("refused by the array: ") + why.message());
    return options_.strict ? why : Status();
  });
  const Taker take = [&batch](Bytes document, uint64_t number) {
    return batch.add(document, number);
  };
  Status status = read_all(reader, take);
  if (status.ok()) status = batch.finish();
  out.recovered = batch.stored();
  return status;
}

Status JinaImport::read_all(WireDocumentReader& reader, const Taker& take) {
  const auto& records = source_.records();
  for (uint64_t number = 0; number < records.size(); number++) {
    if (!go_on(records.size() + number))
      return Status::error(Code::kCancelled, "import was cancelled");
    const Taker take_this = [&](Bytes document, uint64_t) { return take(document, number); };
    DAM_TRY(read_record(reader, records[number], take_this));
  }
  return {};
}

// The last version that is whole: the releases read the last one only.
Status JinaImport::read_record(WireDocumentReader& reader, const JinaRecord& record,
                               const Taker& take) {
  for (uint64_t slot = record.slot; slot != JinaStore::kNone; slot = source_.slot_before(slot)) {
    const Result<Bytes> document = read_slot(reader, record, slot);
    if (!document.ok()) {
      tell_damage(record, slot, document.status().message());
      continue;
    }
    count_ids(record, slot);
    for (const std::string& loss : reader.losses()) tell_damage(record, slot, loss);
    if (slot != record.slot)
      tell_damage(record, slot, "this older version is taken, which the later one had replaced");
    const uint64_t other = source_.slot_overlapping(slot);
    if (other != JinaStore::kNone)
      tell_damage(record, slot,
                  "shares bytes with slot " + std::to_string(other) +
                      ", yet parses and bears its id: taken");
    return take(document.value(), 0);
  }
  return {};
}

Result<Bytes> JinaImport::read_slot(WireDocumentReader& reader, const JinaRecord& record,
                                    uint64_t slot) {
  DAM_ASSIGN(const Bytes wire, source_.bytes_of(slot));
  if (source_.slot_overlapping(slot) != JinaStore::kNone) {
    if (wire.size() > overlap_budget_)
      return Status::error(Code::kCorrupt, "shares its bytes with too many others");
    overlap_budget_ -= wire.size();
  }
  const std::string_view id = wire_document_id(wire);
  DAM_TRY(check_owner(record, slot, id));
  const bool from_header = options_.header_ids || id.empty();
  const std::string header_id = from_header ? text_of_key(record.key) : std::string();
  Result<Bytes> document = reader.read(wire, header_id);
  const uint64_t other = source_.slot_overlapping(slot);
  if (document.ok() || other == JinaStore::kNone) return document;
  return Status::error(Code::kCorrupt, "%s (it shares bytes with slot %" PRIu64 ")",
                       document.status().message(), other);
}

// Whether a document may be the one that its slot names: ids agree, as far as the header has room.
// Another one is believed only where no other slot names it.
Status JinaImport::check_owner(const JinaRecord& record, uint64_t slot, std::string_view id) const {
  const bool is_shared = source_.slot_overlapping(slot) != JinaStore::kNone;
  if (id.empty()) {
    if (!record.key.empty() && !is_shared) return {};
    return Status::error(Code::kCorrupt, is_shared ? "its bytes are shared and bear no id"
                                                   : "neither the slot nor the document has an id");
  }
  const std::string key = key_of_text(id, source_.header().key_length());
  if (key == record.key) return {};
  if (!is_shared && !source_.has_key(key)) return {};
  return Status::error(Code::kCorrupt, "the bytes hold another document, %s", quoted(id).c_str());
}

void JinaImport::tell_damage(const JinaRecord& record, uint64_t slot, const std::string& why) {
  const JinaSlot found = source_.header().slot(slot);
  std::string line = "slot " + std::to_string(slot) + ", id " + quoted(text_of_key(record.key));
  if (found.is_sound) line += ", offset " + std::to_string(found.begin);
  report_.damage(line + ": " + why);
}

void JinaImport::list_leftovers() {
  WireDocumentReader reader(reading_);
  for (const JinaRange& gap : source_.gaps()) {
    for (const JinaRange& range : leftovers_in(source_, gap)) list_leftover(reader, range);
  }
}

void JinaImport::list_leftover(WireDocumentReader& reader, const JinaRange& range) {
  const Bytes wire = source_.body(range);
  const Result<Bytes> document = reader.read(wire, {});
  std::string line = "left over at offset " + std::to_string(range.begin) + ", " +
                     std::to_string(wire.size()) + " bytes: ";
  if (!document.ok() || wire_document_id(wire).empty())
    return report_.remark(line + "no document can be read");
  const std::string_view id = wire_document_id(wire);
  const bool is_live = source_.has_key(key_of_text(id, source_.header().key_length()));
  line += (is_live ? "a former version of " : "deleted, ") + quoted(id);
  const auto* text = document_root(document.value())->text();
  if (text != nullptr) line += ", text " + quoted(as_view(text));
  report_.remark(line);
}

}  // namespace

Status import_jina(const std::string& path, const JinaImportOptions& options, Store& into,
                   ImportOutcome& out) {
  DAM_ASSIGN(const JinaStore store, JinaStore::open(path, options.key_length));
  return JinaImport(store, options).run(into, out);
}

}  // namespace dam
