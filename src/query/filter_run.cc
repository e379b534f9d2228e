#include "query/filter_run.h"

#include <algorithm>
#include <utility>

#include "query/value_order.h"
#include "query/value_size.h"

namespace dam {
namespace {

bool holds(std::partial_ordering order, Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:
      return order == 0;
    case Comparison::kLess:
      return order < 0;
    case Comparison::kLessOrEqual:
      return order <= 0;
    case Comparison::kGreater:
      return order > 0;
    case Comparison::kGreaterOrEqual:
      return order >= 0;
  }
  return false;
}

bool is_among(const FieldValue& value, std::span<const FieldValue> operands) {
  if (value.kind == ValueKind::kReal && value.real != value.real) return false;
  return std::binary_search(operands.begin(), operands.end(), value, is_before);
}

// Roughly, in units of a comparison.
uint32_t own_cost(const FilterNode& node) {
  switch (node.step) {
    case FilterStep::kPattern:
      return 8;
    case FilterStep::kAmong:
    case FilterStep::kCompare:
      return node.other ? 3 : 2;
    default:
      return 1;
  }
}

}  // namespace

FilterRun::FilterRun(Filter filter) : filter_(std::move(filter)) { add_step(*filter_); }

uint32_t FilterRun::add_step(const FilterNode& node) {
  const auto number = static_cast<uint32_t>(steps_.size());
  steps_.emplace_back();
  Step made;
  made.node = &node;
  made.cost = own_cost(node);
  for (const Filter& part : node.parts) {
    made.parts.push_back(add_step(*part));
    made.cost += steps_[made.parts.back()].cost;
  }
  std::stable_sort(made.parts.begin(), made.parts.end(), [this](uint32_t left, uint32_t right) {
    return steps_[left].cost < steps_[right].cost;
  });
  for (const FilterOperand& operand : node.operands) made.operands.push_back(operand.value());
  if (node.path) made.hints = node.path->hints();
  if (node.other) made.other_hints = node.other->hints();
  if (node.step == FilterStep::kTally) made.tally.resize(BlockRows::kMost);
  steps_[number] = std::move(made);
  return number;
}

void FilterRun::narrow_by(uint32_t number, Block block, BlockRows& rows) {
  Step& step = steps_[number];
  step.asked += rows.count();
  run_step(step, block, rows);
  step.kept += rows.count();
}

void FilterRun::run_step(Step& step, Block block, BlockRows& rows) {
  switch (step.node->step) {
    case FilterStep::kAll:
      return;
    case FilterStep::kAnd:
    case FilterStep::kOr:
    case FilterStep::kNot:
      return run_joined(step, block, rows);
    case FilterStep::kTally:
      return run_tally(step, block, rows);
    case FilterStep::kCompare:
      return run_compare(step, block, rows);
    default:
      return run_field(step, block, rows);
  }
}

void FilterRun::run_joined(Step& step, Block block, BlockRows& rows) {
  if (step.node->step == FilterStep::kAnd) {
    for (const uint32_t part : step.parts) {
      if (rows.none()) return;
      narrow_by(part, block, rows);
    }
    return;
  }
  // What any part keeps; a negation takes that away, a disjunction takes away the rest.
  BlockRows open = rows;
  BlockRows found;
  for (const uint32_t part : step.parts) {
    if (open.none()) break;
    BlockRows kept = open;
    narrow_by(part, block, kept);
    found |= kept;
    open -= kept;
  }
  rows -= step.node->step == FilterStep::kNot ? found : open;
}

void FilterRun::run_tally(Step& step, Block block, BlockRows& rows) {
  std::fill(step.tally.begin(), step.tally.end(), uint32_t{0});
  for (const uint32_t part : step.parts) {
    BlockRows kept = rows;
    narrow_by(part, block, kept);
    kept.each([&step](size_t row) { ++step.tally[row]; });
  }
  rows.keep_if([&step](size_t row) {
    return holds(int64_t{step.tally[row]} <=> step.node->number, step.node->comparison);
  });
}

void FilterRun::run_compare(Step& step, Block block, BlockRows& rows) {
  const FilterNode& node = *step.node;
  if (node.other) {
    rows.keep_if([&](size_t row) {
      const FieldValue left = node.path->read(block[row], &step.hints);
      const FieldValue right = node.other->read(block[row], &step.other_hints);
      return holds(order_of_values(left, right), node.comparison);
    });
    return;
  }
  const FieldValue operand = step.operands.front();
  rows.keep_if([&](size_t row) {
    const FieldValue value = node.path->read(block[row], &step.hints);
    return holds(order_of_values(value, operand), node.comparison);
  });
}

// What looks at one value alone.
void FilterRun::run_field(Step& step, Block block, BlockRows& rows) {
  const FilterNode& node = *step.node;
  rows.keep_if([&](size_t row) {
    const FieldValue value = node.path->read(block[row], &step.hints);
    switch (node.step) {
      case FilterStep::kAmong:
        return is_among(value, step.operands);
      case FilterStep::kPattern:
        return value.kind == ValueKind::kText && node.pattern->matches(value.text);
      case FilterStep::kSize:
        return size_of_value(value) == node.number;
      default:
        return !value.is_missing();
    }
  });
}

std::string FilterRun::explain() const {
  std::string out;
  append_step(0, 0, out);
  return out;
}

void FilterRun::append_step(uint32_t number, size_t depth, std::string& out) const {
  const Step& step = steps_[number];
  out.append(2 * depth, ' ');
  out += describe_step(*step.node) + ": " + std::to_string(step.kept) + " of " +
         std::to_string(step.asked) + "\n";
  for (const uint32_t part : step.parts) append_step(part, depth + 1, out);
}

}  // namespace dam
