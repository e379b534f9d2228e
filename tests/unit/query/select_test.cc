// Columns of values: their types, nulls and layout, whatever documents hold.
#include "query/select.h"

#include <cstring>
#include <string>

#include "unit/query/listed_view.h"

namespace dam {
namespace {

using test::ListedView;

std::vector<Column> selected(const View& view, const char* paths, bool as_json = false) {
  auto parsed = parse_field_paths(paths);
  if (!parsed.ok()) fail_msg("%s", parsed.status().message());
  const auto range = resolve_slice(kOmitted, kOmitted, kOmitted, view.count());
  auto rows = rows_of_slice(view, range.value());
  if (!rows.ok()) fail_msg("%s", rows.status().message());
  return select_columns(rows.value(), parsed.value(), as_json);
}

Column column_of(const View& view, const char* path) { return selected(view, path).at(0); }

ListedView tagged(std::initializer_list<const char*> values) {
  ListedView view{};
  for (const std::string value : values)
    view.add(value.empty() ? "{}" : R"({"tags":{"t":)" + value + "}}");
  return view;
}

bool is_valid(const Column& column, size_t row) {
  return (column.validity[row / 8] >> (row % 8) & 1) != 0;
}

std::string text_at(const Column& column, size_t row) {
  const auto begin = column.data.begin() + column.offsets[row];
  return std::string(begin, column.data.begin() + column.offsets[row + 1]);
}

template <typename Number>
Number number_at(const Column& column, size_t index) {
  Number number;
  assert_true((index + 1) * sizeof number <= column.data.size());
  std::memcpy(&number, column.data.data() + index * sizeof number, sizeof number);
  return number;
}

bool has_kind(std::initializer_list<const char*> values, ColumnKind kind) {
  return column_of(tagged(values), "tags.t").kind == kind;
}

void values_of_one_type_give_a_column_of_it(void**) {
  assert_true(has_kind({"1", "-9223372036854775808"}, ColumnKind::kInteger));
  assert_true(has_kind({"1.5", "2.0"}, ColumnKind::kReal));
  assert_true(has_kind({"true", "false"}, ColumnKind::kBoolean));
  assert_true(has_kind({R"("a")", R"("")"}, ColumnKind::kText));
  assert_true(has_kind({R"({"$bytes":"AA=="})"}, ColumnKind::kBytes));
  assert_true(has_kind({"[1]", "[]"}, ColumnKind::kJson));
  assert_true(has_kind({R"({"a":1})"}, ColumnKind::kJson));
}

void integers_among_doubles_become_doubles_if_all_of_them_are_exact(void**) {
  const Column exact = column_of(tagged({"1", "2.5", "9007199254740992"}), "tags.t");
  assert_true(exact.kind == ColumnKind::kReal);
  assert_true(number_at<double>(exact, 0) == 1.0);
  assert_true(number_at<double>(exact, 2) == 9007199254740992.0);
  const Column inexact = column_of(tagged({"1", "2.5", "9007199254740993"}), "tags.t");
  assert_true(inexact.kind == ColumnKind::kJson);
  assert_string_equal(text_at(inexact, 0).c_str(), "1");
  assert_string_equal(text_at(inexact, 1).c_str(), "2.5");
  assert_string_equal(text_at(inexact, 2).c_str(), "9007199254740993");
}

void values_of_several_types_become_json(void**) {
  const Column mixed = column_of(
      tagged({"1", R"("a\"b")", "", "[1,null]", R"({"$bytes":"AA=="})", "true"}), "tags.t");
  assert_true(mixed.kind == ColumnKind::kJson);
  assert_string_equal(text_at(mixed, 0).c_str(), "1");
  assert_string_equal(text_at(mixed, 1).c_str(), R"("a\"b")");
  assert_false(is_valid(mixed, 2));
  assert_string_equal(text_at(mixed, 3).c_str(), "[1,null]");
  assert_string_equal(text_at(mixed, 4).c_str(), R"({"$bytes":"AA=="})");
  assert_string_equal(text_at(mixed, 5).c_str(), "true");
}

void missing_values_and_nulls_have_rows_without_a_value(void**) {
  const Column integers = column_of(tagged({"", "7", "null"}), "tags.t");
  assert_true(integers.kind == ColumnKind::kInteger);
  assert_int_equal(integers.null_count, 2);
  assert_false(is_valid(integers, 0));
  assert_true(is_valid(integers, 1));
  assert_false(is_valid(integers, 2));
  assert_int_equal(integers.data.size(), 24);
  assert_int_equal(number_at<int64_t>(integers, 0), 0);
  assert_int_equal(number_at<int64_t>(integers, 1), 7);
  const Column none = column_of(tagged({"", "null"}), "tags.t");
  assert_true(none.kind == ColumnKind::kEmpty);
  assert_int_equal(none.null_count, 2);
  assert_int_equal(none.data.size(), 0);
}

void booleans_are_bits_beyond_one_byte(void**) {
  ListedView view{};
  for (int row = 0; row < 19; ++row)
    view.add(row == 9 ? "{}" : row % 3 == 0 ? R"({"tags":{"t":true}})" : R"({"tags":{"t":false}})");
  const Column bits = column_of(view, "tags.t");
  assert_true(bits.kind == ColumnKind::kBoolean);
  assert_int_equal(bits.data.size(), 3);
  assert_int_equal(bits.validity.size(), 3);
  for (size_t row = 0; row < 19; ++row) {
    assert_int_equal(is_valid(bits, row), row != 9);
    assert_int_equal(bits.data[row / 8] >> (row % 8) & 1, row != 9 && row % 3 == 0);
  }
}

void dense_embeddings_are_lists_of_one_width(void**) {
  const ListedView view{R"({"embedding":[1,2]})", "{}", R"({"embedding":[3,4.5]})"};
  const Column floats = column_of(view, "embedding");
  assert_true(floats.kind == ColumnKind::kFloats);
  assert_int_equal(floats.width, 2);
  assert_int_equal(floats.data.size(), 3 * 2 * sizeof(float));
  assert_true(number_at<float>(floats, 1) == 2.0f);
  assert_true(number_at<float>(floats, 2) == 0.0f);
  assert_true(number_at<float>(floats, 5) == 4.5f);
  const ListedView doubles{R"({"embedding":[1]})",
                           R"({"embedding":{"dtype":"f64","shape":[1],"data":[0.1]}})"};
  const Column wide = column_of(doubles, "embedding");
  assert_true(wide.kind == ColumnKind::kDoubles);
  assert_true(number_at<double>(wide, 1) == 0.1);
}

void embeddings_of_several_widths_are_json(void**) {
  const ListedView view{R"({"embedding":[1,2]})", R"({"embedding":[1]})"};
  const Column column = column_of(view, "embedding");
  assert_true(column.kind == ColumnKind::kJson);
  assert_int_equal(column.width, 0);
  assert_non_null(std::strstr(text_at(column, 1).c_str(), "\"shape\":[1]"));
  const ListedView big{R"({"embedding":{"dtype":"i64","shape":[1],"data":[9007199254740993]}})"};
  assert_true(column_of(big, "embedding").kind == ColumnKind::kJson);
}

void locations_are_lists_of_floats(void**) {
  const ListedView view{R"({"location":[1,2,3]})", R"({"location":[4,5,6]})"};
  const Column column = column_of(view, "location");
  assert_true(column.kind == ColumnKind::kFloats);
  assert_int_equal(column.width, 3);
  assert_true(number_at<float>(column, 4) == 5.0f);
  const ListedView uneven{R"({"location":[1]})", R"({"location":[4.5,5]})"};
  assert_string_equal(text_at(column_of(uneven, "location"), 1).c_str(), "[4.5,5.0]");
}

void parts_of_documents_are_json(void**) {
  const ListedView view{R"({"chunks":[{"text":"c"},{"text":"d"}],)"
                        R"("scores":{"s":{"value":1,"operands":[{"value":2}]}}})"};
  const std::vector<Column> columns =
      selected(view, "chunks,chunks.1,scores,scores.s,scores.s.operands,scores.s.value");
  const std::string chunk = R"({"adjacency":0,"granularity":1,"text":"c"})";
  const std::string other = R"({"adjacency":0,"granularity":1,"text":"d"})";
  assert_string_equal(text_at(columns[0], 0).c_str(), ("[" + chunk + "," + other + "]").c_str());
  assert_string_equal(text_at(columns[1], 0).c_str(), other.c_str());
  const std::string score = R"({"operands":[{"value":2.0}],"value":1.0})";
  assert_string_equal(text_at(columns[2], 0).c_str(), ("{\"s\":" + score + "}").c_str());
  assert_string_equal(text_at(columns[3], 0).c_str(), score.c_str());
  assert_string_equal(text_at(columns[4], 0).c_str(), R"([{"value":2.0}])");
  assert_true(columns[5].kind == ColumnKind::kReal);
}

void buffers_are_bytes_as_they_are(void**) {
  const ListedView view{R"({"buffer":"AAECAw=="})", R"({"text":"x"})", R"({"buffer":""})"};
  const Column column = column_of(view, "buffer");
  assert_true(column.kind == ColumnKind::kBytes);
  assert_int_equal(text_at(column, 0).size(), 4);
  assert_false(is_valid(column, 1));
  assert_true(is_valid(column, 2));
  assert_int_equal(text_at(column, 2).size(), 0);
}

void as_json_every_column_is(void**) {
  const ListedView view{R"({"text":"a","tags":{"t":1}})", R"({"tags":{"t":1.0}})"};
  const std::vector<Column> columns = selected(view, "text,tags.t", true);
  assert_true(columns[0].kind == ColumnKind::kJson);
  assert_string_equal(text_at(columns[0], 0).c_str(), "\"a\"");
  assert_false(is_valid(columns[0], 1));
  assert_string_equal(text_at(columns[1], 0).c_str(), "1");
  assert_string_equal(text_at(columns[1], 1).c_str(), "1.0");
}

void commas_part_paths_unless_they_are_escaped(void**) {
  const auto paths = parse_field_paths(R"(id,tags.a\,b.c\.d,tags.e\\,text)");
  assert_true(paths.ok());
  assert_int_equal(paths.value().size(), 4);
  assert_string_equal(paths.value()[1].text().c_str(), R"(tags.a,b.c\.d)");
  assert_string_equal(paths.value()[2].text().c_str(), R"(tags.e\\)");
  const ListedView view{R"({"tags":{"a,b":{"c.d":5}}})"};
  assert_int_equal(number_at<int64_t>(column_of(view, R"(tags.a\,b.c\.d)"), 0), 5);
  for (const char* wrong : {"", "id,", ",id", "no_field", "id,tags.\\x", "tags.a\\"})
    assert_true(parse_field_paths(wrong).status().code() == Code::kInvalidArgument);
}

void rows_are_those_asked_for_in_their_order(void**) {
  const ListedView view = tagged({"0", "1", "2", "3", "4"});
  const auto paths = parse_field_paths("tags.t");
  const int64_t asked[] = {4, -5, 4};
  const auto rows = rows_at(view, asked);
  assert_true(rows.ok());
  const Column column = select_columns(rows.value(), paths.value(), false).at(0);
  assert_int_equal(number_at<int64_t>(column, 0), 4);
  assert_int_equal(number_at<int64_t>(column, 1), 0);
  assert_int_equal(number_at<int64_t>(column, 2), 4);
  const int64_t beyond[] = {5};
  assert_true(rows_at(view, beyond).status().code() == Code::kOutOfRange);
  const auto back = rows_of_slice(view, resolve_slice(kOmitted, 0, -2, 5).value());
  const Column turned = select_columns(back.value(), paths.value(), false).at(0);
  assert_int_equal(turned.data.size(), 16);
  assert_int_equal(number_at<int64_t>(turned, 1), 2);
}

void no_rows_are_columns_all_the_same(void**) {
  const ListedView view{};
  const std::vector<Column> columns = selected(view, "id,text", true);
  assert_int_equal(columns.size(), 2);
  assert_int_equal(columns[0].offsets.size(), 1);
  assert_true(column_of(view, "id").kind == ColumnKind::kEmpty);
}

void a_damaged_record_is_told(void**) {
  const ListedView view{"{}", "damaged"};
  const auto range = resolve_slice(kOmitted, kOmitted, kOmitted, 2);
  assert_true(rows_of_slice(view, range.value()).status().code() == Code::kCorrupt);
}

void blocks_of_rows_follow_one_another(void**) {
  ListedView view{};
  for (int row = 0; row < 600; ++row) view.add("{\"tags\":{\"t\":" + std::to_string(row) + "}}");
  const Column column = column_of(view, "tags.t");
  for (size_t row = 0; row < 600; ++row)
    assert_int_equal(number_at<int64_t>(column, row), static_cast<int64_t>(row));
}

}  // namespace
}  // namespace dam

int main() {
  using namespace dam;
  const CMUnitTest tests[] = {
      cmocka_unit_test(values_of_one_type_give_a_column_of_it),
      cmocka_unit_test(integers_among_doubles_become_doubles_if_all_of_them_are_exact),
      cmocka_unit_test(values_of_several_types_become_json),
      cmocka_unit_test(missing_values_and_nulls_have_rows_without_a_value),
      cmocka_unit_test(booleans_are_bits_beyond_one_byte),
      cmocka_unit_test(dense_embeddings_are_lists_of_one_width),
      cmocka_unit_test(embeddings_of_several_widths_are_json),
      cmocka_unit_test(locations_are_lists_of_floats),
      cmocka_unit_test(parts_of_documents_are_json),
      cmocka_unit_test(buffers_are_bytes_as_they_are),
      cmocka_unit_test(as_json_every_column_is),
      cmocka_unit_test(commas_part_paths_unless_they_are_escaped),
      cmocka_unit_test(rows_are_those_asked_for_in_their_order),
      cmocka_unit_test(no_rows_are_columns_all_the_same),
      cmocka_unit_test(a_damaged_record_is_told),
      cmocka_unit_test(blocks_of_rows_follow_one_another),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
