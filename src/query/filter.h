// A filter: what a document must have to be found. One tree, whichever way it was spelled.
//
// Immutable once made, and shared: any number of threads may run it (filter_run.h), and trees may
// be parts of others. docs/find.md has the language.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "query/field_value.h"
#include "query/text_pattern.h"

namespace dam {

enum class FilterStep : uint8_t {
  kAll,  // every document
  kAnd,  // of `parts`, as kOr
  kOr,
  kNot,      // of one part
  kTally,    // how many of `parts` hold, compared with `number`
  kCompare,  // the value at `path` with the operand, or with the value at `other`
  kAmong,    // the value at `path` equals one of the operands
  kPattern,  // the text at `path` matches
  kExists,   // there is a value at `path`
  kSize      // the value at `path` has `number` elements
};

// Unequal is the negation of kEqual, so that missing and unlike values are unequal.
enum class Comparison : uint8_t { kEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual };

// A null, boolean, number, text or bytes; owns its text.
struct FilterOperand {
  ValueKind kind = ValueKind::kNull;
  int64_t integer = 0;
  double real = 0;
  std::string text;

  FieldValue value() const {
    FieldValue made;
    made.kind = kind;
    made.integer = integer;
    made.real = real;
    made.text = text;
    return made;
  }
};

struct FilterNode;
using Filter = std::shared_ptr<const FilterNode>;

struct FilterNode {
  FilterStep step = FilterStep::kAll;
  Comparison comparison = Comparison::kEqual;
  int64_t number = 0;
  std::optional<FieldPath> path;
  std::optional<FieldPath> other;
  std::vector<FilterOperand> operands;  // one of kCompare; of kAmong in the order of order_operands
  std::optional<TextPattern> pattern;
  std::vector<Filter> parts;
};

// The nodes, so that both spellings make the same.
Filter filter_all();
Filter filter_joined(FilterStep step, std::vector<Filter> parts);
Filter filter_negated(Filter part);
Filter filter_tally(std::vector<Filter> parts, Comparison comparison, int64_t number);
Filter filter_compare(FieldPath path, Comparison comparison, FilterOperand operand);
Filter filter_compare_fields(FieldPath path, Comparison comparison, FieldPath other);
Filter filter_among(FieldPath path, std::vector<FilterOperand> operands);
Filter filter_pattern(FieldPath path, TextPattern pattern);
Filter filter_exists(FieldPath path);
Filter filter_size(FieldPath path, int64_t number);

// The order in which operands of kAmong lie, and in which a value is looked for among them; NaN and
// what is more than one value are in front of nothing and behind nothing.
bool is_before(const FieldValue& left, const FieldValue& right);

// From JSON; kInvalidArgument with line and column.
Result<Filter> parse_filter(std::string_view json);

// One for each tag that an object names, whose text is to match the expression from its start on.
// Keys are tags at the top, not paths.
Result<std::vector<Filter>> parse_tag_patterns(std::string_view json);

// One node without its parts, in the spelling of JSON: what explain shows.
std::string describe_step(const FilterNode& node);

}  // namespace dam
