// The rules of filters, each by its sentence: what passes, and what does not.
#include "unit/query/filter_sample.h"

using dam::test::assert_found;
using dam::test::listed;
using dam::test::tagged;

namespace {

void comparing_with_a_missing_value_is_false(void**) {
  const auto view = tagged({R"({"a":1})", R"({"b":1})", R"({"a":null})"});
  assert_found(view, R"({"tags.a":{"$eq":1}})", "0");
  assert_found(view, R"({"tags.a":{"$gt":0}})", "0");
  assert_found(view, R"({"tags.a":{"$gte":1}})", "0");
  assert_found(view, R"({"tags.a":{"$lt":2}})", "0");
  assert_found(view, R"({"tags.a":{"$lte":1}})", "0");
  assert_found(view, R"({"tags.a":{"$in":[1,2]}})", "0");
  assert_found(view, R"({"tags.a":{"$regex":""}})", "");
  assert_found(view, R"({"tags.a":{"$size":0}})", "");
}

void a_missing_value_is_unequal_and_among_none(void**) {
  const auto view = tagged({R"({"a":1})", R"({"b":1})", R"({"a":"x"})"});
  assert_found(view, R"({"tags.a":{"$ne":1}})", "1 2");
  assert_found(view, R"({"tags.a":{"$nin":[1,2]}})", "1 2");
  assert_found(view, R"({"tags.a":{"$nin":[]}})", "0 1 2");
}

void integers_and_doubles_compare_by_value(void**) {
  const auto view = tagged({R"({"n":2})", R"({"n":2.0})", R"({"n":9007199254740993})",
                            R"({"n":9007199254740992.0})", R"({"n":2.5})"});
  assert_found(view, R"({"tags.n":2})", "0 1");
  assert_found(view, R"({"tags.n":2.0})", "0 1");
  assert_found(view, R"({"tags.n":9007199254740993})", "2");
  assert_found(view, R"({"tags.n":9007199254740992})", "3");
  assert_found(view, R"({"tags.n":{"$gt":9007199254740992.0}})", "2");
  assert_found(view, R"({"tags.n":{"$gte":9007199254740992.0}})", "2 3");
  assert_found(view, R"({"tags.n":{"$gt":2,"$lt":3}})", "4");
  assert_found(view, R"({"tags.n":{"$in":[9007199254740993,2.0]}})", "0 1 2");
}

void unlike_types_are_unequal_and_have_no_order(void**) {
  const auto view = tagged({R"({"v":1})", R"({"v":"1"})", R"({"v":true})", R"({"v":null})",
                            R"({"v":[1]})", R"({"v":{"a":1}})", R"({"v":{"$bytes":"MQ=="}})"});
  assert_found(view, R"({"tags.v":1})", "0");
  assert_found(view, R"({"tags.v":"1"})", "1");
  assert_found(view, R"({"tags.v":true})", "2");
  assert_found(view, R"({"tags.v":null})", "3");
  assert_found(view, R"({"tags.v":{"$bytes":"MQ=="}})", "6");
  assert_found(view, R"({"tags.v":{"$gte":1}})", "0");
  assert_found(view, R"({"tags.v":{"$lt":"2"}})", "1");
  assert_found(view, R"({"tags.v":{"$ne":1}})", "1 2 3 4 5 6");
  assert_found(view, R"({"tags.v":{"$in":[null,true]}})", "2 3");
}

void strings_compare_by_bytes(void**) {
  const auto view =
      listed({R"({"text":"Zebra"})", R"({"text":"ant"})", R"({"text":"ärger"})", R"({"text":""})"});
  assert_found(view, R"({"text":{"$lt":"a"}})", "0 3");
  assert_found(view, R"({"text":{"$gte":"ant"}})", "1 2");
  assert_found(view, R"({"text":""})", "3");
  assert_found(view, R"({"text":{"$gt":"z"}})", "2");
}

void nan_equals_nothing(void**) {
  const auto view =
      tagged({R"({"n":{"$double":"NaN"}})", R"({"n":1})", R"({"n":{"$double":"Infinity"}})"});
  assert_found(view, R"({"tags.n":{"$double":"NaN"}})", "");
  assert_found(view, R"({"tags.n":{"$ne":{"$double":"NaN"}}})", "0 1 2");
  assert_found(view, R"({"tags.n":{"$in":[{"$double":"NaN"},1]}})", "1");
  assert_found(view, R"({"tags.n":{"$in":[1,2,{"$double":"NaN"},3]}})", "1");
  assert_found(view, R"({"tags.n":{"$lte":{"$double":"Infinity"}}})", "1 2");
}

void a_field_may_stand_on_the_right_hand_side(void**) {
  const auto view = tagged({R"({"a":1,"b":2})", R"({"a":2,"b":2.0})", R"({"a":3})", R"({"b":3})",
                            R"({"a":"x","b":"w"})"});
  assert_found(view, R"({"tags.a":{"$lt":{"$field":"tags.b"}}})", "0");
  assert_found(view, R"({"tags.a":{"$field":"tags.b"}})", "1");
  assert_found(view, R"({"tags.a":{"$gt":{"$field":"tags.b"}}})", "4");
  assert_found(view, R"({"tags.a":{"$ne":{"$field":"tags.b"}}})", "0 2 3 4");
}

void conditions_side_by_side_are_joined_by_and(void**) {
  const auto view = tagged({R"({"a":1,"b":1})", R"({"a":1,"b":2})", R"({"a":2,"b":2})"});
  assert_found(view, R"({"tags.a":1,"tags.b":2})", "1");
  assert_found(view, R"({"tags.a":{"$gte":1,"$lt":2}})", "0 1");
  assert_found(view, "{}", "0 1 2");
}

void and_or_and_not_nest(void**) {
  const auto view = tagged({R"({"a":1})", R"({"a":2})", R"({"a":3})", R"({"b":1})"});
  assert_found(view, R"({"$or":[{"tags.a":1},{"tags.b":1}]})", "0 3");
  assert_found(view, R"({"$and":[{"tags.a":{"$gt":1}},{"tags.a":{"$lt":3}}]})", "1");
  assert_found(view, R"({"$not":{"tags.a":{"$gt":1}}})", "0 3");
  assert_found(view, R"({"tags.a":{"$not":{"$gt":1}}})", "0 3");
  assert_found(view, R"({"$not":{"$or":[{"tags.a":1},{"$not":{"tags.a":{"$exists":true}}}]}})",
               "1 2");
}

void exists_tells_presence_whatever_the_value(void**) {
  const auto view = tagged({R"({"a":null})", R"({"a":false})", "{}", R"({"a":[]})"});
  assert_found(view, R"({"tags.a":{"$exists":true}})", "0 1 3");
  assert_found(view, R"({"tags.a":{"$exists":false}})", "2");
}

void size_counts_elements_and_characters(void**) {
  const auto view = listed({R"({"tags":{"v":[1,2]}})", R"({"tags":{"v":{"a":1,"b":2}}})",
                            R"({"tags":{"v":"zä"}})", R"({"tags":{"v":{"$bytes":"AAA="}}})",
                            R"({"tags":{"v":2}})", R"({"chunks":[{},{}],"location":[1]})"});
  assert_found(view, R"({"tags.v":{"$size":2}})", "0 1 2 3");
  assert_found(view, R"({"chunks":{"$size":2}})", "5");
  assert_found(view, R"({"location":{"$size":1}})", "5");
}

void paths_lead_through_lists_maps_and_escapes(void**) {
  const auto view = tagged({R"({"a":{"b":[{"c":1}]}})", R"({"a.b":1})", R"({"0":1})"});
  assert_found(view, R"({"tags.a.b.0.c":1})", "0");
  assert_found(view, R"({"tags.a\\.b":1})", "1");
  assert_found(view, R"({"tags.0":1})", "2");
}

void every_field_can_be_asked_for(void**) {
  const auto view =
      listed({R"({"id":"a","weight":0.5,"scores":{"s":{"value":2}},"mime_type":"text/plain"})",
              R"({"id":"b","buffer":"AAE=","chunks":[{"id":"c"}],"embedding":[1,2,3]})"});
  assert_found(view, R"({"id":"b"})", "1");
  assert_found(view, R"({"weight":{"$lt":1}})", "0");
  assert_found(view, R"({"scores.s.value":2})", "0");
  assert_found(view, R"({"mime_type":{"$regex":"^text/"}})", "0");
  assert_found(view, R"({"content_type":"buffer"})", "1");
  assert_found(view, R"({"buffer":{"$bytes":"AAE="}})", "1");
  assert_found(view, R"({"chunks.0.id":"c"})", "1");
  assert_found(view, R"({"embedding.shape.0":3})", "1");
  assert_found(view, R"({"embedding":{"$exists":true}})", "1");
}

void a_regular_expression_matches_anywhere_or_from_the_start(void**) {
  const auto view = listed({R"({"text":"a robin"})", R"({"text":"robin"})", R"({"text":"Rob"})",
                            R"({"tags":{"text":"robin"}})"});
  assert_found(view, R"({"text":{"$regex":"rob"}})", "0 1");
  assert_found(view, R"({"text":{"$regex":"(?i)rob$"}})", "2");
  assert_found(view, R"({"text":{"$match":"rob"}})", "1");
  assert_found(view, R"({"text":{"$match":"a|r"}})", "0 1");
}

void a_tally_compares_how_many_filters_hold(void**) {
  const auto view =
      tagged({R"({"a":"red","b":"big"})", R"({"a":"red"})", R"({"b":"bigger"})", R"({"c":"red"})"});
  const char* const kOf = R"([{"tags.a":"red"},{"tags.b":{"$match":"big"}}])";
  const auto tally = [kOf](const char* condition) {
    return R"({"$tally":{"of":)" + std::string(kOf) + "," + condition + "}}";
  };
  assert_found(view, tally(R"("$gte":1)"), "0 1 2");
  assert_found(view, tally(R"("$eq":2)"), "0");
  assert_found(view, tally(R"("$lt":1)"), "3");
  assert_found(view, tally(R"("$ne":1)"), "0 3");
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test(comparing_with_a_missing_value_is_false),
      cmocka_unit_test(a_missing_value_is_unequal_and_among_none),
      cmocka_unit_test(integers_and_doubles_compare_by_value),
      cmocka_unit_test(unlike_types_are_unequal_and_have_no_order),
      cmocka_unit_test(strings_compare_by_bytes),
      cmocka_unit_test(nan_equals_nothing),
      cmocka_unit_test(a_field_may_stand_on_the_right_hand_side),
      cmocka_unit_test(conditions_side_by_side_are_joined_by_and),
      cmocka_unit_test(and_or_and_not_nest),
      cmocka_unit_test(exists_tells_presence_whatever_the_value),
      cmocka_unit_test(size_counts_elements_and_characters),
      cmocka_unit_test(paths_lead_through_lists_maps_and_escapes),
      cmocka_unit_test(every_field_can_be_asked_for),
      cmocka_unit_test(a_regular_expression_matches_anywhere_or_from_the_start),
      cmocka_unit_test(a_tally_compares_how_many_filters_hold),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
