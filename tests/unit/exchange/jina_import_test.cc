// Whole stores: order, duplicates, damage, and what the report says of it.
#include "unit/exchange/jina_samples.h"
#include "unit/exchange/wire_samples.h"
#include "unit/store/store_fixture.h"

namespace dam::test {
namespace {

struct Imported {
  std::shared_ptr<Store> store;
  ImportOutcome outcome;
  Status status;

  std::string ids() const { return ids_of(*store->view()); }
  std::string text(std::string_view id) const { return text_of(*store->view(), id); }
};

Imported import(const JinaSample& sample, const JinaImportOptions& options = {}) {
  sample.write();
  Imported imported;
  imported.store = open_store();
  imported.status = import_sample(options, *imported.store, imported.outcome);
  return imported;
}

void expect_line(const Imported& imported, const std::string& line) {
  const std::string& report = imported.outcome.report;
  if (report.find(line + "\n") == std::string::npos)
    print_error("no \"%s\" in:\n%s", line.c_str(), report.c_str());
  assert_true(report.find(line + "\n") != std::string::npos);
}

// Three documents, a to c.
JinaSample three() {
  JinaSample sample;
  for (const char* id : {"a", "b", "c"}) sample.add_text(id, std::string("text of ") + id);
  return sample;
}

void documents_keep_the_order_of_their_slots(void**) {
  const Imported imported = import(three());
  assert_ok(imported.status);
  assert_string_equal(imported.ids().c_str(), "a b c");
  assert_string_equal(imported.text("b").c_str(), "text of b");
  assert_int_equal(imported.outcome.recovered, 3);
  assert_int_equal(imported.outcome.damaged, 0);
  expect_line(imported, "3 documents imported, 0 damaged or in doubt");
}

void the_first_slot_of_an_id_gives_the_position_and_the_last_the_document(void**) {
  JinaSample sample = three();
  sample.add_text("a", "changed");
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "a b c");
  assert_string_equal(imported.text("a").c_str(), "changed");
  expect_line(imported, "4 slots: 3 documents, 0 deleted, 1 replaced by a later slot");
}

void tombstones_are_passed_over_whatever_id_they_bear(void**) {
  JinaSample sample;
  sample.add_slot("a", kTombstone);
  sample.add_text("a", "lives");
  sample.add_slot("1", kTombstone);
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "a");
  assert_int_equal(imported.outcome.damaged, 0);
}

void a_damaged_version_gives_way_to_the_one_before(void**) {
  JinaSample sample = three();
  sample.add("b",
             "\x0a\x01"
             "b\x6a\x7f");
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "a b c");
  assert_string_equal(imported.text("b").c_str(), "text of b");
  const std::string offset = std::to_string(sample.body.size() - 5);
  expect_line(imported, "slot 3, id \"b\", offset " + offset +
                            ": does not parse, in text: a length leads beyond its end");
  expect_line(imported,
              "slot 1, id \"b\", offset 26: this older version is taken, which the later "
              "one had replaced");
  assert_int_equal(imported.outcome.damaged, 2);
}

void slots_without_an_address_are_told(void**) {
  JinaSample sample = three();
  sample.add_slot("d", {0, 9, 3});
  sample.add_slot("e", {4096, 0, 10});
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "a b c");
  expect_line(imported, "slot 3, id \"d\": the slot holds no address");
  expect_line(imported,
              "slot 4, id \"e\", offset 4096: ends at offset 4106, body.bin has 78 bytes");
}

void a_slot_whose_bytes_are_another_live_document_s_is_told(void**) {
  JinaSample sample = three();
  sample.add_slot("d", {0, 0, 26});
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "a b c");
  expect_line(imported, "slot 3, id \"d\", offset 0: the bytes hold another document, \"a\"");
  expect_line(imported,
              "slot 0, id \"a\", offset 0: shares bytes with slot 3, yet parses and bears "
              "its id: taken");
}

void another_id_is_believed_where_no_slot_names_it(void**) {
  JinaSample sample = three();
  sample.add("d", bytes_field(1, "other"));
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "a b c other");
  expect_line(imported, "1 documents bear another id than their slots: taken from the documents");
  assert_int_equal(imported.outcome.damaged, 0);
}

void documents_without_an_id_take_that_of_their_slot(void**) {
  JinaSample sample;
  sample.add("slot", bytes_field(13, "nameless"));
  sample.add("", bytes_field(13, "no name at all"));
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "slot");
  expect_line(imported, "slot 1, id \"\", offset 10: neither the slot nor the document has an id");
}

void two_long_ids_of_one_beginning_are_one_entry(void**) {
  JinaSample sample(4);
  sample.add("long", bytes_field(1, "long-1"));
  sample.add("long", bytes_field(1, "long-2"));
  const Imported imported = import(sample, {.key_length = 4});
  assert_string_equal(imported.ids().c_str(), "long-2");
  expect_line(imported, "1 ids are cut in header.bin: taken from the documents");
}

void losses_within_a_document_are_told_and_the_rest_comes_over(void**) {
  JinaSample sample;
  sample.add("a", bytes_field(1, "a") + bytes_field(13, "kept") + float_field(18, 0.5));
  const Imported imported = import(sample);
  assert_string_equal(imported.text("a").c_str(), "kept");
  expect_line(imported,
              "slot 0, id \"a\", offset 0: offset is left out: 0.5 is no whole number "
              "from 0 to 4294967295");
}

void what_the_array_refuses_is_told_and_the_rest_is_stored(void**) {
  JinaSample sample;
  for (const std::vector<uint32_t>& shape : {std::vector<uint32_t>{2}, {3}, {2}}) {
    const std::string id(1, static_cast<char>('a' + sample.header.size() / 168));
    const std::string array = dense_array("<f4", shape, std::string(shape[0] * 4, '\0'));
    sample.add(id, bytes_field(1, id) + bytes_field(19, array));
  }
  const Imported imported = import(sample);
  assert_string_equal(imported.ids().c_str(), "a c");
  assert_int_equal(imported.outcome.damaged, 1);
  assert_int_equal(imported.outcome.recovered, 2);
  assert_non_null(std::strstr(imported.outcome.report.c_str(), "slot 1, id \"b\", offset "));
  assert_non_null(std::strstr(imported.outcome.report.c_str(), ": refused by the array: "));
}

void strict_stores_nothing_beside_damage(void**) {
  JinaSample sample = three();
  const Imported whole = import(sample, {.strict = true});
  assert_ok(whole.status);
  assert_string_equal(whole.ids().c_str(), "a b c");
  assert_ok(whole.store->close());
  sample.add_slot("d", {0, 9, 3});
  sample.write();
  const auto store = open_store(test_options(), "/data/other");
  ImportOutcome outcome;
  const Status status = import_sample({.strict = true}, *store, outcome);
  assert_code(status, Code::kCorrupt);
  assert_string_equal(ids_of(*store->view()).c_str(), "");
  assert_int_equal(outcome.damaged, 1);
}

void leftovers_are_listed_whole_or_as_unreadable(void**) {
  JinaSample sample;
  sample.add_text("gone", "still here");
  sample.header.clear();
  sample.body += bytes_field(9, "the rest of something") + "\x6a\x7f";
  sample.add_text("a", "lives");
  const Imported imported = import(sample, {.list_deleted = true});
  expect_line(imported, "left over at offset 0, 30 bytes: deleted, \"gone\", text \"still here\"");
  expect_line(imported, "left over at offset 30, 25 bytes: no document can be read");
  assert_string_equal(imported.ids().c_str(), "a");
}

void the_report_has_a_thousand_lines_of_damage_at_most(void**) {
  JinaSample sample;
  for (int i = 0; i < 1500; i++) sample.add_slot(std::to_string(i), {0, 9, 3});
  const Imported imported = import(sample);
  assert_int_equal(imported.outcome.damaged, 1500);
  expect_line(imported, "500 further lines are left out");
}

void an_import_stops_when_it_is_asked_to(void**) {
  three().write();
  const auto store = open_store();
  ImportOutcome outcome;
  const auto stop = [](uint64_t done, uint64_t) { return done < 3; };
  JinaSample many;
  for (int i = 0; i < 5000; i++) many.add_text(std::to_string(i), "text");
  many.write();
  assert_code(import_sample({.progress = stop}, *store, outcome), Code::kCancelled);
  assert_string_equal(ids_of(*store->view()).c_str(), "");
}

void a_store_that_is_not_there_is_not_found(void**) {
  const auto store = open_store();
  ImportOutcome outcome;
  assert_code(import_sample({}, *store, outcome), Code::kNotFound);
}

}  // namespace
}  // namespace dam::test

int main() {
  using namespace dam::test;
  const CMUnitTest tests[] = {
      TEST_ON_MEMORY(documents_keep_the_order_of_their_slots),
      TEST_ON_MEMORY(the_first_slot_of_an_id_gives_the_position_and_the_last_the_document),
      TEST_ON_MEMORY(tombstones_are_passed_over_whatever_id_they_bear),
      TEST_ON_MEMORY(a_damaged_version_gives_way_to_the_one_before),
      TEST_ON_MEMORY(slots_without_an_address_are_told),
      TEST_ON_MEMORY(a_slot_whose_bytes_are_another_live_document_s_is_told),
      TEST_ON_MEMORY(another_id_is_believed_where_no_slot_names_it),
      TEST_ON_MEMORY(documents_without_an_id_take_that_of_their_slot),
      TEST_ON_MEMORY(two_long_ids_of_one_beginning_are_one_entry),
      TEST_ON_MEMORY(losses_within_a_document_are_told_and_the_rest_comes_over),
      TEST_ON_MEMORY(what_the_array_refuses_is_told_and_the_rest_is_stored),
      TEST_ON_MEMORY(strict_stores_nothing_beside_damage),
      TEST_ON_MEMORY(leftovers_are_listed_whole_or_as_unreadable),
      TEST_ON_MEMORY(the_report_has_a_thousand_lines_of_damage_at_most),
      TEST_ON_MEMORY(an_import_stops_when_it_is_asked_to),
      TEST_ON_MEMORY(a_store_that_is_not_there_is_not_found),
  };
  return cmocka_run_group_tests_name("jina_import", tests, nullptr, nullptr);
}
