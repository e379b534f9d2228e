#include "query/filter.h"

#include <algorithm>
#include <utility>

#include "document/base64.h"
#include "document/json_number.h"
#include "document/json_text.h"
#include "query/value_order.h"

namespace dam {
namespace {

Filter made(FilterNode node) { return std::make_shared<const FilterNode>(std::move(node)); }

FilterNode node_at(FilterStep step, FieldPath path) {
  FilterNode node;
  node.step = step;
  node.path = std::move(path);
  return node;
}

// Kinds whose values are ordered among themselves.
int class_of(ValueKind kind) {
  return kind == ValueKind::kReal ? static_cast<int>(ValueKind::kInteger) : static_cast<int>(kind);
}

const char* name_of(Comparison comparison) {
  static constexpr const char* kNames[] = {"$eq", "$lt", "$lte", "$gt", "$gte"};
  return kNames[static_cast<size_t>(comparison)];
}

void append_operand(const FilterOperand& operand, std::string& out) {
  switch (operand.kind) {
    case ValueKind::kBoolean:
      out += operand.integer != 0 ? "true" : "false";
      return;
    case ValueKind::kInteger:
      append_int(operand.integer, &out);
      return;
    case ValueKind::kReal:
      append_real(operand.real, &out);
      return;
    case ValueKind::kText:
      append_json_string(operand.text, &out);
      return;
    case ValueKind::kBytes:
      out += R"({"$bytes":")";
      append_base64(as_bytes(operand.text), &out);
      out += "\"}";
      return;
    default:
      out += "null";
  }
}

// What stands behind the path of a node.
void append_condition(const FilterNode& node, std::string& out) {
  switch (node.step) {
    case FilterStep::kExists:
      out += R"({"$exists":true})";
      return;
    case FilterStep::kSize:
      out += R"({"$size":)" + std::to_string(node.number) + "}";
      return;
    case FilterStep::kPattern:
      out += node.pattern->anchor() == TextPattern::Anchor::kAtStart ? R"({"$match":)"
                                                                     : R"({"$regex":)";
      append_json_string(node.pattern->text(), &out);
      break;
    case FilterStep::kAmong:
      out += R"({"$in":[)";
      for (const FilterOperand& operand : node.operands) {
        if (&operand != node.operands.data()) out += ',';
        append_operand(operand, out);
      }
      out += ']';
      break;
    default:
      out += std::string("{\"") + name_of(node.comparison) + "\":";
      if (!node.other) {
        append_operand(node.operands.front(), out);
        break;
      }
      out += R"({"$field":)";
      append_json_string(node.other->text(), &out);
      out += '}';
  }
  out += '}';
}

}  // namespace

Filter filter_all() { return made({}); }

Filter filter_joined(FilterStep step, std::vector<Filter> parts) {
  FilterNode node;
  node.step = step;
  node.parts = std::move(parts);
  return made(std::move(node));
}

Filter filter_negated(Filter part) {
  std::vector<Filter> parts;
  parts.push_back(std::move(part));
  return filter_joined(FilterStep::kNot, std::move(parts));
}

Filter filter_tally(std::vector<Filter> parts, Comparison comparison, int64_t number) {
  FilterNode node;
  node.step = FilterStep::kTally;
  node.comparison = comparison;
  node.number = number;
  node.parts = std::move(parts);
  return made(std::move(node));
}

Filter filter_compare(FieldPath path, Comparison comparison, FilterOperand operand) {
  FilterNode node = node_at(FilterStep::kCompare, std::move(path));
  node.comparison = comparison;
  node.operands.push_back(std::move(operand));
  return made(std::move(node));
}

Filter filter_compare_fields(FieldPath path, Comparison comparison, FieldPath other) {
  FilterNode node = node_at(FilterStep::kCompare, std::move(path));
  node.comparison = comparison;
  node.other = std::move(other);
  return made(std::move(node));
}

Filter filter_among(FieldPath path, std::vector<FilterOperand> operands) {
  FilterNode node = node_at(FilterStep::kAmong, std::move(path));
  // NaN equals nothing, and would have no place in the order.
  std::erase_if(operands, [](const FilterOperand& operand) {
    return operand.kind == ValueKind::kReal && operand.real != operand.real;
  });
  std::sort(operands.begin(), operands.end(),
            [](const FilterOperand& left, const FilterOperand& right) {
              return is_before(left.value(), right.value());
            });
  node.operands = std::move(operands);
  return made(std::move(node));
}

Filter filter_pattern(FieldPath path, TextPattern pattern) {
  FilterNode node = node_at(FilterStep::kPattern, std::move(path));
  node.pattern = std::move(pattern);
  return made(std::move(node));
}

Filter filter_exists(FieldPath path) { return made(node_at(FilterStep::kExists, std::move(path))); }

Filter filter_size(FieldPath path, int64_t number) {
  FilterNode node = node_at(FilterStep::kSize, std::move(path));
  node.number = number;
  return made(std::move(node));
}

bool is_before(const FieldValue& left, const FieldValue& right) {
  const int left_class = class_of(left.kind);
  const int right_class = class_of(right.kind);
  if (left_class != right_class) return left_class < right_class;
  return order_of_values(left, right) == std::partial_ordering::less;
}

std::string describe_step(const FilterNode& node) {
  switch (node.step) {
    case FilterStep::kAll:
      return "{}";
    case FilterStep::kAnd:
      return "$and";
    case FilterStep::kOr:
      return "$or";
    case FilterStep::kNot:
      return "$not";
    case FilterStep::kTally:
      return std::string("$tally ") + name_of(node.comparison) + " " + std::to_string(node.number);
    default:
      break;
  }
  std::string text = "{";
  append_json_string(node.path->text(), &text);
  text += ':';
  append_condition(node, text);
  return text + "}";
}

}  // namespace dam
