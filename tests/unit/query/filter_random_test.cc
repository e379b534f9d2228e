// Random filters on random documents, against the rules written down a second time: one document
// and one condition at a time, by recursion, with doubles widened to long double.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "unit/query/filter_sample.h"

namespace {

class Draw {
 public:
  explicit Draw(uint64_t seed) : state_(seed) {}
  size_t below(size_t count) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>(state_ >> 33) % count;
  }
  template <typename T, size_t kCount>
  const T& of(const T (&list)[kCount]) {
    return list[below(kCount)];
  }

 private:
  uint64_t state_;
};

// A value as JSON spells it, and what it is.
struct Value {
  const char* json;
  char kind;           // n null, b boolean, i number, t text
  long double number;  // of booleans too
  const char* text;
};

constexpr Value kValues[] = {
    {"null", 'n', 0, ""},
    {"true", 'b', 1, ""},
    {"false", 'b', 0, ""},
    {"0", 'i', 0, ""},
    {"-0.0", 'i', 0, ""},
    {"3", 'i', 3, ""},
    {"3.0", 'i', 3, ""},
    {"3.5", 'i', 3.5L, ""},
    {"-7", 'i', -7, ""},
    {"9007199254740992", 'i', 9007199254740992.0L, ""},
    {"9007199254740993", 'i', 9007199254740993.0L, ""},
    {"9007199254740992.0", 'i', 9007199254740992.0L, ""},
    {"9223372036854775807", 'i', 9223372036854775807.0L, ""},
    {"9223372036854775808.0", 'i', 9223372036854775808.0L, ""},
    {"-1e300", 'i', -1e300L, ""},
    {"\"\"", 't', 0, ""},
    {"\"a\"", 't', 0, "a"},
    {"\"ab\"", 't', 0, "ab"},
    {"\"3\"", 't', 0, "3"},
    {"\"\u00e4\"", 't', 0, "\u00e4"},
};

constexpr const char* kNames[] = {"a", "b", "c"};
constexpr size_t kFields = 3;

// For each name a value, or none.
using Row = std::vector<const Value*>;

Row draw_row(Draw& draw) {
  Row row(kFields);
  for (const Value*& value : row) value = draw.below(4) == 0 ? nullptr : &draw.of(kValues);
  return row;
}

std::string json_of(const Row& row) {
  std::string members;
  for (size_t field = 0; field < kFields; ++field) {
    if (row[field] == nullptr) continue;
    members += (members.empty() ? "\"" : ",\"") + std::string(kNames[field]) + "\":";
    members += row[field]->json;
  }
  return "{\"tags\":{" + members + "}}";
}

// -1, 0, 1; none where there is no order.
std::optional<int> order(const Value* left, const Value* right) {
  if (left == nullptr || right == nullptr || left->kind != right->kind) return std::nullopt;
  if (left->kind == 't') {
    const int by_bytes = std::string_view(left->text).compare(right->text);
    return by_bytes < 0 ? -1 : by_bytes > 0;
  }
  return left->number < right->number ? -1 : left->number > right->number;
}

struct Condition {
  std::string json;
  std::vector<bool> passes;  // by row
};

using Rows = std::vector<Row>;

template <typename Passes>
Condition condition(std::string json, const Rows& rows, Passes&& passes) {
  Condition made = {std::move(json), {}};
  for (const Row& row : rows) made.passes.push_back(passes(row));
  return made;
}

bool holds(const std::string& name, std::optional<int> order) {
  if (name == "$ne") return order != 0;
  if (!order) return false;
  if (name == "$eq") return *order == 0;
  if (name == "$lt") return *order < 0;
  if (name == "$lte") return *order <= 0;
  return name == "$gt" ? *order > 0 : *order >= 0;
}

std::string at(size_t field, const std::string& what) {
  return std::string("{\"tags.") + kNames[field] + "\":" + what + "}";
}

Condition draw_comparison(Draw& draw, const Rows& rows) {
  constexpr const char* kComparisons[] = {"$eq", "$ne", "$lt", "$lte", "$gt", "$gte"};
  const std::string name = draw.of(kComparisons);
  const size_t field = draw.below(kFields);
  const size_t other = draw.below(kFields);
  const Value& value = draw.of(kValues);
  const bool has_other = draw.below(3) == 0;
  const std::string operand =
      has_other ? std::string("{\"$field\":\"tags.") + kNames[other] + "\"}" : value.json;
  return condition(at(field, "{\"" + name + "\":" + operand + "}"), rows, [&](const Row& row) {
    return holds(name, order(row[field], has_other ? row[other] : &value));
  });
}

Condition draw_among(Draw& draw, const Rows& rows) {
  const size_t field = draw.below(kFields);
  const bool negated = draw.below(2) == 0;
  std::vector<const Value*> among(draw.below(6));
  std::string list;
  for (const Value*& value : among) {
    value = &draw.of(kValues);
    list += (list.empty() ? "" : ",") + std::string(value->json);
  }
  const std::string name = negated ? "$nin" : "$in";
  return condition(at(field, "{\"" + name + "\":[" + list + "]}"), rows, [&](const Row& row) {
    const bool found = std::any_of(among.begin(), among.end(), [&](const Value* value) {
      return order(row[field], value) == 0;
    });
    return found != negated;
  });
}

Condition draw_presence(Draw& draw, const Rows& rows) {
  const size_t field = draw.below(kFields);
  const bool wanted = draw.below(2) == 0;
  return condition(at(field, wanted ? R"({"$exists":true})" : R"({"$exists":false})"), rows,
                   [&](const Row& row) { return (row[field] != nullptr) == wanted; });
}

Condition draw_condition(Draw& draw, const Rows& rows, size_t depth);

Condition draw_joined(Draw& draw, const Rows& rows, size_t depth) {
  const size_t kind = draw.below(4);
  const size_t count = kind == 2 ? 1 : draw.below(3) + 1;
  const auto least = static_cast<int>(draw.below(4));
  std::vector<Condition> parts;
  std::string list;
  for (size_t part = 0; part < count; ++part) {
    parts.push_back(draw_condition(draw, rows, depth - 1));
    list += (part == 0 ? "" : ",") + parts.back().json;
  }
  const std::string tally =
      R"({"$tally":{"of":[)" + list + R"(],"$gte":)" + std::to_string(least) + "}}";
  const std::string kSpelled[] = {"{\"$and\":[" + list + "]}", "{\"$or\":[" + list + "]}",
                                  "{\"$not\":" + list + "}", tally};
  Condition made = {kSpelled[kind], {}};
  for (size_t row = 0; row < rows.size(); ++row) {
    const auto yes = static_cast<size_t>(std::count_if(
        parts.begin(), parts.end(), [row](const Condition& part) { return part.passes[row]; }));
    const bool kPasses[] = {yes == count, yes > 0, yes == 0, static_cast<int>(yes) >= least};
    made.passes.push_back(kPasses[kind]);
  }
  return made;
}

Condition draw_condition(Draw& draw, const Rows& rows, size_t depth) {
  const size_t kind = draw.below(depth > 0 ? 6 : 4);
  if (kind >= 4) return draw_joined(draw, rows, depth);
  if (kind == 3) return draw_presence(draw, rows);
  return kind == 2 ? draw_among(draw, rows) : draw_comparison(draw, rows);
}

void random_filters_find_what_the_rules_say(void**) {
  constexpr uint64_t kSeed = 7;
  Draw draw(kSeed);
  Rows rows(1500);  // more than one block
  auto view = std::make_shared<dam::test::ListedView>(std::initializer_list<std::string_view>{});
  for (Row& row : rows) {
    row = draw_row(draw);
    view->add(json_of(row));
  }
  for (int round = 0; round < 600; ++round) {
    const Condition wanted = draw_condition(draw, rows, 3);
    std::string positions;
    for (size_t row = 0; row < rows.size(); ++row) {
      if (wanted.passes[row]) positions += (positions.empty() ? "" : " ") + std::to_string(row);
    }
    const std::string found = dam::test::found_in(view, dam::test::filter_of(wanted.json));
    if (found != positions) fail_msg("round %d: %s", round, wanted.json.c_str());
  }
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {cmocka_unit_test(random_filters_find_what_the_rules_say)};
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
