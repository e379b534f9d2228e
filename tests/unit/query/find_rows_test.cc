// A walk with a filter: blocks, levels, limits, progress, damage, and what explain tells.
#include <string>
#include <vector>

#include "unit/query/filter_sample.h"

using dam::FindQuery;
using dam::FoundRows;
using dam::test::filter_of;
using dam::test::ListedView;

namespace {

// {"tags":{"n":0}}, {"tags":{"n":1}}, ...
std::shared_ptr<const ListedView> numbered(int count) {
  auto view = std::make_shared<ListedView>(std::initializer_list<std::string_view>{});
  for (int n = 0; n < count; ++n) view->add("{\"tags\":{\"n\":" + std::to_string(n) + "}}");
  return view;
}

FoundRows found(const std::shared_ptr<const dam::View>& view, const FindQuery& query) {
  FoundRows rows;
  const dam::Status status = dam::find_rows(view, query, rows);
  if (!status.ok()) fail_msg("%s", status.message());
  return rows;
}

FindQuery query_of(std::string_view json) {
  FindQuery query;
  query.filter = filter_of(json);
  return query;
}

std::string ids_of(const FoundRows& rows) {
  std::string ids;
  for (const dam::FoundRow& row : rows.rows)
    ids += std::to_string(row.position) + std::string(dam::as_view(row.document->id())) + " ";
  return ids;
}

void blocks_join_without_a_seam(void**) {
  for (const int count : {0, 1, 63, 64, 65, 1023, 1024, 1025, 2048, 3000}) {
    const auto view = numbered(count);
    const FoundRows all = found(view, query_of("{}"));
    assert_int_equal(all.rows.size(), count);
    for (size_t i = 0; i < all.rows.size(); ++i) assert_int_equal(all.rows[i].position, i);
    const FoundRows upper = found(view, query_of(R"({"tags.n":{"$gte":1000}})"));
    assert_int_equal(upper.rows.size(), std::max(count - 1000, 0));
  }
}

void limit_and_offset_cut_the_answer(void**) {
  const auto view = numbered(3000);
  FindQuery query = query_of(R"({"tags.n":{"$gte":10}})");
  query.offset = 1020;
  query.limit = 5;
  const FoundRows rows = found(view, query);
  assert_int_equal(rows.rows.size(), 5);
  assert_int_equal(rows.rows.front().position, 1030);
  assert_int_equal(rows.rows.back().position, 1034);
  query.offset = 5000;
  assert_int_equal(found(view, query).rows.size(), 0);
  query.limit = 0;
  assert_int_equal(found(view, query).rows.size(), 0);
}

void a_limit_ends_the_search(void**) {
  auto view = std::make_shared<ListedView>(std::initializer_list<std::string_view>{});
  for (int i = 0; i < 1024; ++i) view->add("{}");
  view->add("damaged");
  FindQuery query = query_of("{}");
  query.limit = 3;
  assert_int_equal(found(view, query).rows.size(), 3);
}

void counting_keeps_no_rows(void**) {
  const auto view = numbered(2500);
  FoundRows rows;
  FindQuery query = query_of(R"({"tags.n":{"$lt":2000}})");
  assert_true(dam::count_rows(view, query, rows).ok());
  assert_int_equal(rows.count, 2000);
  assert_true(rows.rows.empty());
}

void levels_are_searched_path_by_path(void**) {
  const auto view = dam::test::listed(
      {R"({"id":"a","text":"x","chunks":[{"id":"b","text":"x","matches":[{"id":"c","text":"x"}]},)"
       R"({"id":"d","text":"y"}]})",
       R"({"id":"e","text":"y","chunks":[{"id":"f","text":"x"}]})", R"({"id":"g","text":"x"})"});
  FindQuery query = query_of(R"({"text":"x"})");
  query.paths = {"c"};
  assert_string_equal(ids_of(found(view, query)).c_str(), "0b 1f ");
  query.paths = {"", "c", "cm", "m"};
  assert_string_equal(ids_of(found(view, query)).c_str(), "0a 2g 0b 1f 0c ");
}

void positions_as_bits_are_those_of_the_rows(void**) {
  const auto view = numbered(1500);
  const FindQuery query = query_of(R"({"tags.n":{"$in":[0,63,64,1024,1499]}})");
  dam::PositionBits bits;
  assert_true(dam::find_positions(view, query, bits).ok());
  assert_int_equal(bits.count, 5);
  for (uint64_t position = 0; position < 1500; ++position)
    assert_int_equal(bits.has(position), position == 0 || position == 63 || position == 64 ||
                                             position == 1024 || position == 1499);
}

void without_a_filter_every_document_is_found(void**) {
  assert_int_equal(found(numbered(70), {}).rows.size(), 70);
}

void progress_is_told_between_blocks_and_can_stop(void**) {
  std::vector<uint64_t> told;
  FindQuery query = query_of("{}");
  query.follow = [&told](uint64_t done, uint64_t total) {
    assert_int_equal(total, 3000);
    told.push_back(done);
    return told.size() < 3;
  };
  FoundRows rows;
  const dam::Status status = dam::find_rows(numbered(3000), query, rows);
  assert_int_equal(status.code(), dam::Code::kCancelled);
  assert_int_equal(told.size(), 3);
  assert_int_equal(told[1], 1024);
  assert_int_equal(told[2], 2048);
}

void a_damaged_document_is_an_error_and_no_wrong_answer(void**) {
  const auto view = dam::test::listed({"{}", "damaged", "{}"});
  FoundRows rows;
  assert_int_equal(dam::find_rows(view, query_of("{}"), rows).code(), dam::Code::kCorrupt);
  assert_int_equal(dam::count_rows(view, query_of("{}"), rows).code(), dam::Code::kCorrupt);
  FindQuery below = query_of("{}");
  below.paths = {"c"};
  assert_int_equal(dam::find_rows(view, below, rows).code(), dam::Code::kCorrupt);
}

void explain_tells_what_each_step_kept_cheap_steps_first(void**) {
  const auto view =
      dam::test::listed({R"({"text":"robin","tags":{"n":1}})", R"({"text":"robin","tags":{"n":2}})",
                         R"({"text":"wren","tags":{"n":1}})"});
  const char* kFilter =
      R"({"text":{"$regex":"rob"},"tags.n":{"$lt":2},"$not":{"id":{"$exists":true}}})";
  assert_string_equal(found(view, query_of(kFilter)).explain.c_str(),
                      "scan of 3 documents at r, in place, in blocks: 1\n"
                      "$and: 1 of 3\n"
                      "  {\"tags.n\":{\"$lt\":2}}: 2 of 3\n"
                      "  $not: 2 of 2\n"
                      "    {\"id\":{\"$exists\":true}}: 0 of 2\n"
                      "  {\"text\":{\"$regex\":\"rob\"}}: 1 of 2\n");
}

void explain_spells_every_operator(void**) {
  const auto spelled = [](const char* json) { return dam::describe_step(*filter_of(json)); };
  for (const char* json : {R"({"tags.a":{"$in":[null,true,2,2.5,"x",{"$bytes":"AA=="}]}})",
                           R"({"id":{"$eq":"a"}})", R"({"tags.a":{"$gte":{"$field":"tags.b"}}})",
                           R"({"id":{"$match":"a|b"}})", R"({"tags.l":{"$size":3}})", "{}"}) {
    const std::string once = spelled(json);
    // Said again it is the same: what explain shows can be typed.
    assert_string_equal(spelled(once.c_str()).c_str(), once.c_str());
  }
  assert_string_equal(spelled(R"({"$tally":{"of":[{}],"$lte":1}})").c_str(), "$tally $lte 1");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(blocks_join_without_a_seam),
      cmocka_unit_test(limit_and_offset_cut_the_answer),
      cmocka_unit_test(a_limit_ends_the_search),
      cmocka_unit_test(counting_keeps_no_rows),
      cmocka_unit_test(levels_are_searched_path_by_path),
      cmocka_unit_test(positions_as_bits_are_those_of_the_rows),
      cmocka_unit_test(without_a_filter_every_document_is_found),
      cmocka_unit_test(progress_is_told_between_blocks_and_can_stop),
      cmocka_unit_test(a_damaged_document_is_an_error_and_no_wrong_answer),
      cmocka_unit_test(explain_tells_what_each_step_kept_cheap_steps_first),
      cmocka_unit_test(explain_spells_every_operator),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
