// A filter from its JSON: the tree of values first, then the tree of conditions.
//
// Whatever fails, fails at the value that was looked at last, whose place is told.
#include <optional>
#include <utility>

#include "document/base64.h"
#include "document/json_number.h"
#include "document/json_parse.h"
#include "document/json_tree.h"
#include "document/verify_place.h"
#include "query/filter.h"

namespace dam {
namespace {

Status wrong(const char* why, std::string_view name) {
  return Status::error(Code::kInvalidArgument, "%s %s", printable(name).c_str(), why);
}

std::optional<Comparison> comparison_named(std::string_view name) {
  if (name == "$eq") return Comparison::kEqual;
  if (name == "$lt") return Comparison::kLess;
  if (name == "$lte") return Comparison::kLessOrEqual;
  if (name == "$gt") return Comparison::kGreater;
  if (name == "$gte") return Comparison::kGreaterOrEqual;
  return std::nullopt;
}

// A key as a part of a path.
std::string escaped_key(std::string_view key) {
  std::string part;
  for (const char byte : key) {
    if (byte == '.' || byte == '\\') part += '\\';
    part += byte;
  }
  return part;
}

bool is_operator(std::string_view key) { return key.starts_with('$'); }

class FilterParse {
 public:
  explicit FilterParse(std::string_view json) : json_(json) {}

  Result<Filter> run() {
    DAM_TRY(parse_.run(json_, &tree_));
    Result<Filter> made = filter_at(tree_.root());
    return made.ok() ? std::move(made) : failure_here(made.status());
  }

  Result<std::vector<Filter>> run_patterns() {
    DAM_TRY(parse_.run(json_, &tree_));
    Result<std::vector<Filter>> made = patterns_at(tree_.root());
    return made.ok() ? std::move(made) : failure_here(made.status());
  }

 private:
  using Node = JsonTree::Node;
  static constexpr uint32_t kNone = JsonTree::kNone;

  const Node& look_at(uint32_t node) {
    const Node& here = tree_[node];
    looked_at_ = here.text.data() != nullptr ? here.text : here.key;
    return here;
  }

  std::string_view look_at_key(uint32_t node) { return looked_at_ = tree_[node].key; }

  // Strings and keys are told with the quotation mark in front.
  size_t place() const {
    const size_t offset = parse_.offset_of(looked_at_);
    return offset > 0 && json_[offset - 1] == '"' ? offset - 1 : offset;
  }

  Status failure_here(const Status& failure) const {
    return json_failure_at(json_, place(), failure.message(), failure.code());
  }

  Result<std::vector<Filter>> patterns_at(uint32_t node) {
    if (!tree_.is_object(node) || tree_[node].first == kNone)
      return Status::error(Code::kInvalidArgument, "tags and their expressions are an object");
    std::vector<Filter> parts;
    for (uint32_t i = tree_[node].first; i != kNone; i = tree_[i].next) {
      look_at_key(i);
      DAM_ASSIGN(const FieldPath path, FieldPath::parse("tags." + escaped_key(tree_[i].key)));
      DAM_ASSIGN(Filter part, pattern_at(path, i, TextPattern::Anchor::kAtStart));
      parts.push_back(std::move(part));
    }
    return parts;
  }

  // Members are joined by and.
  Result<Filter> filter_at(uint32_t node) {
    if (!tree_.is_object(node))
      return Status::error(Code::kInvalidArgument, "a filter is an object");
    std::vector<Filter> parts;
    for (uint32_t i = tree_[node].first; i != kNone; i = tree_[i].next) {
      DAM_ASSIGN(Filter part, is_operator(tree_[i].key) ? joined_at(i) : field_at(i));
      parts.push_back(std::move(part));
    }
    return all_of(std::move(parts));
  }

  static Filter all_of(std::vector<Filter> parts) {
    if (parts.empty()) return filter_all();
    if (parts.size() == 1) return std::move(parts.front());
    return filter_joined(FilterStep::kAnd, std::move(parts));
  }

  Result<Filter> joined_at(uint32_t node) {
    const std::string_view name = look_at_key(node);
    if (name == "$and" || name == "$or") {
      DAM_ASSIGN(std::vector<Filter> parts, list_at(node));
      return filter_joined(name == "$and" ? FilterStep::kAnd : FilterStep::kOr, std::move(parts));
    }
    if (name == "$not") {
      DAM_ASSIGN(Filter part, filter_at(node));
      return filter_negated(std::move(part));
    }
    if (name == "$tally") return tally_at(node);
    return wrong("joins no filters; $and, $or, $not and $tally do", name);
  }

  Result<std::vector<Filter>> list_at(uint32_t node) {
    const Node& list = look_at(node);
    if (list.step != JsonStep::kStartArray || list.first == kNone)
      return wrong("takes a list of filters, at least one", list.key);
    std::vector<Filter> parts;
    for (uint32_t i = list.first; i != kNone; i = tree_[i].next) {
      looked_at_ = tree_[i].text.data() != nullptr ? tree_[i].text : list.key;
      DAM_ASSIGN(Filter part, filter_at(i));
      parts.push_back(std::move(part));
    }
    return parts;
  }

  // {"of": [filter, ...], "$gte": 2}
  Result<Filter> tally_at(uint32_t node) {
    constexpr const char* kForm =
        "takes \"of\", a list of filters, and one comparison with a number";
    const Node& tally = look_at(node);
    if (tally.step != JsonStep::kStartObject) return wrong(kForm, tally.key);
    std::vector<Filter> parts;
    uint32_t compared = kNone;
    for (uint32_t i = tally.first; i != kNone; i = tree_[i].next) {
      const std::string_view key = look_at_key(i);
      if (key == "of") {
        DAM_ASSIGN(parts, list_at(i));
      } else if (compared == kNone && is_operator(key)) {
        compared = i;
      } else {
        return wrong("is neither \"of\" nor the one comparison of $tally", key);
      }
    }
    look_at(node);
    if (parts.empty() || compared == kNone) return wrong(kForm, tally.key);
    return compared_tally(std::move(parts), compared);
  }

  Result<Filter> compared_tally(std::vector<Filter> parts, uint32_t node) {
    const std::string_view key = look_at_key(node);
    const bool is_negated = key == "$ne";
    const auto comparison = is_negated ? Comparison::kEqual : comparison_named(key);
    if (!comparison) return wrong("is no comparison", key);
    DAM_ASSIGN(const int64_t number, integer_at(node));
    Filter tally = filter_tally(std::move(parts), *comparison, number);
    return is_negated ? filter_negated(std::move(tally)) : std::move(tally);
  }

  Result<int64_t> integer_at(uint32_t node) {
    const Node& here = look_at(node);
    const auto number = here.step == JsonStep::kNumber ? parse_int64(here.text) : std::nullopt;
    if (!number) return wrong("takes an integer", here.key);
    return *number;
  }

  // A path with operators, or with the value that it is to equal.
  Result<Filter> field_at(uint32_t node) {
    const Node& here = tree_[node];
    look_at_key(node);
    DAM_ASSIGN(FieldPath path, FieldPath::parse(here.key));
    if (!tree_.is_object(node) || is_operand(node))
      return compared_at(std::move(path), Comparison::kEqual, node);
    return conditions_at(path, node);
  }

  // Operators joined by and.
  Result<Filter> conditions_at(const FieldPath& path, uint32_t node) {
    const Node& here = look_at(node);
    if (here.step != JsonStep::kStartObject || here.first == kNone)
      return wrong("takes operators, such as {\"$gt\": 3}", here.key);
    std::vector<Filter> parts;
    for (uint32_t i = here.first; i != kNone; i = tree_[i].next) {
      DAM_ASSIGN(Filter part, condition_at(path, i));
      parts.push_back(std::move(part));
    }
    return all_of(std::move(parts));
  }

  Result<Filter> condition_at(const FieldPath& path, uint32_t node) {
    const std::string_view name = look_at_key(node);
    if (const auto comparison = comparison_named(name)) return compared_at(path, *comparison, node);
    if (name == "$ne") return negated(compared_at(path, Comparison::kEqual, node));
    if (name == "$in") return among_at(path, node);
    if (name == "$nin") return negated(among_at(path, node));
    if (name == "$not") return negated(conditions_at(path, node));
    if (name == "$regex") return pattern_at(path, node, TextPattern::Anchor::kAnywhere);
    if (name == "$match") return pattern_at(path, node, TextPattern::Anchor::kAtStart);
    if (name == "$exists") return exists_at(path, node);
    if (name == "$size") return size_at(path, node);
    if (!is_operator(name)) return wrong("is no operator; a key below is named by its path", name);
    return wrong("is no operator on a value", name);
  }

  static Result<Filter> negated(Result<Filter> part) {
    if (!part.ok()) return part;
    return filter_negated(std::move(part.value()));
  }

  Result<Filter> compared_at(FieldPath path, Comparison comparison, uint32_t node) {
    const uint32_t member = tree_.is_object(node) ? tree_[node].first : kNone;
    if (member != kNone && tree_[member].key == "$field") {
      DAM_ASSIGN(FieldPath other, other_at(node));
      return filter_compare_fields(std::move(path), comparison, std::move(other));
    }
    DAM_ASSIGN(FilterOperand operand, operand_at(node));
    return filter_compare(std::move(path), comparison, std::move(operand));
  }

  // {"$field": path}
  Result<FieldPath> other_at(uint32_t node) {
    const Node& member = look_at(tree_[node].first);
    if (member.step != JsonStep::kString || member.next != kNone)
      return wrong("takes a path, and stands alone", member.key);
    return FieldPath::parse(member.text);
  }

  Result<Filter> among_at(const FieldPath& path, uint32_t node) {
    const Node& list = look_at(node);
    if (list.step != JsonStep::kStartArray) return wrong("takes a list of values", list.key);
    std::vector<FilterOperand> operands;
    for (uint32_t i = list.first; i != kNone; i = tree_[i].next) {
      DAM_ASSIGN(FilterOperand operand, operand_at(i));
      operands.push_back(std::move(operand));
    }
    return filter_among(path, std::move(operands));
  }

  Result<Filter> pattern_at(const FieldPath& path, uint32_t node, TextPattern::Anchor anchor) {
    const Node& here = look_at(node);
    if (here.step != JsonStep::kString) return wrong("takes a regular expression", here.key);
    DAM_ASSIGN(TextPattern pattern, TextPattern::compile(here.text, anchor));
    return filter_pattern(path, std::move(pattern));
  }

  Result<Filter> exists_at(const FieldPath& path, uint32_t node) {
    const JsonStep step = look_at(node).step;
    if (step != JsonStep::kTrue && step != JsonStep::kFalse)
      return wrong("takes true or false", "$exists");
    Filter exists = filter_exists(path);
    return step == JsonStep::kTrue ? std::move(exists) : filter_negated(std::move(exists));
  }

  Result<Filter> size_at(const FieldPath& path, uint32_t node) {
    DAM_ASSIGN(const int64_t number, integer_at(node));
    if (number < 0) return wrong("takes no negative number", "$size");
    return filter_size(path, number);
  }

  // An object that stands for a value: {"$bytes": ...}, {"$double": ...}, {"$field": ...}.
  bool is_operand(uint32_t node) const {
    const uint32_t member = tree_[node].first;
    if (member == kNone) return false;
    const std::string_view key = tree_[member].key;
    return key == "$bytes" || key == "$double" || key == "$field";
  }

  Result<FilterOperand> operand_at(uint32_t node) {
    const Node& here = look_at(node);
    FilterOperand operand;
    switch (here.step) {
      case JsonStep::kNull:
        return operand;
      case JsonStep::kTrue:
      case JsonStep::kFalse:
        operand.kind = ValueKind::kBoolean;
        operand.integer = here.step == JsonStep::kTrue;
        return operand;
      case JsonStep::kNumber:
        return number_of(here.text);
      case JsonStep::kString:
        operand.kind = ValueKind::kText;
        operand.text = here.text;
        return operand;
      default:
        return special_at(node);
    }
  }

  static Result<FilterOperand> number_of(std::string_view text) {
    FilterOperand operand;
    if (is_integer(text)) {
      const auto integer = parse_int64(text);
      if (!integer) return wrong("is beyond 64 bits", text);
      operand.kind = ValueKind::kInteger;
      operand.integer = *integer;
      return operand;
    }
    const auto real = parse_double(text);
    if (!real) return wrong("is beyond doubles", text);
    operand.kind = ValueKind::kReal;
    operand.real = *real;
    return operand;
  }

  // Bytes and numbers that JSON has no spelling for, as tags have them.
  Result<FilterOperand> special_at(uint32_t node) {
    constexpr const char* kForm =
        "no list and no object is compared; name what is in it by its path";
    const uint32_t first = tree_.is_object(node) ? tree_[node].first : kNone;
    if (first == kNone || tree_[first].next != kNone || tree_[first].step != JsonStep::kString)
      return Status::error(Code::kInvalidArgument, kForm);
    const Node& member = look_at(first);
    FilterOperand operand;
    if (member.key == "$double") {
      const auto real = parse_non_finite(member.text);
      if (!real) return wrong("takes \"NaN\", \"Infinity\" or \"-Infinity\"", member.key);
      operand.kind = ValueKind::kReal;
      operand.real = *real;
      return operand;
    }
    if (member.key != "$bytes") return Status::error(Code::kInvalidArgument, kForm);
    std::vector<uint8_t> bytes;
    if (!decode_base64(member.text, &bytes)) return wrong("takes base64", member.key);
    operand.kind = ValueKind::kBytes;
    operand.text.assign(bytes.begin(), bytes.end());
    return operand;
  }

  std::string_view json_;
  JsonParse parse_;
  JsonTree tree_;
  std::string_view looked_at_;
};

}  // namespace

Result<Filter> parse_filter(std::string_view json) { return FilterParse(json).run(); }

Result<std::vector<Filter>> parse_tag_patterns(std::string_view json) {
  return FilterParse(json).run_patterns();
}

}  // namespace dam
