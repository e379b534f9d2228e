// Parsing by CLI11, driven by the command table; see command_arguments.h.
// No other file sees CLI11.
#include "command_arguments.h"

#include <CLI/CLI.hpp>

#include "command_table.h"

namespace dam::tool {
namespace {

// Why not pass words as they are: CLI11 splits a value in square brackets at its commas, and an id
// may look like that. A mark in front hides the bracket.
constexpr char kMark = '\x01';

std::string marked(const std::string& word) {
  bool needs_mark = !word.empty() && (word.front() == '[' || word.front() == kMark);
  return needs_mark ? kMark + word : word;
}

void remove_mark(std::string& word) {
  if (!word.empty() && word.front() == kMark) word.erase(0, 1);
}

struct Slot {
  const char* name;
  bool is_flag;
  CLI::Option* option;
  std::vector<std::string> values;
};

void declare(CLI::App& app, const Command& command, std::vector<Slot>& slots) {
  for (const PositionalRow& row : command.positionals) {
    Slot& slot = slots.emplace_back(Slot{row.name, false, nullptr, {}});
    slot.option = app.add_option(row.name, slot.values);
    slot.option->expected(1, row.repeats ? CLI::detail::expected_max_vector_size : 1);
    slot.option->allow_extra_args(row.repeats)->required(row.required);
  }
  for_each_option(command, [&](const OptionRow& row) {
    Slot& slot = slots.emplace_back(Slot{row.name, row.value[0] == '\0', nullptr, {}});
    if (slot.is_flag) {
      slot.option = app.add_flag(row.name);
    } else {
      slot.option = app.add_option(row.name, slot.values);
      slot.option->expected(1, row.repeats ? CLI::detail::expected_max_vector_size : 1);
      slot.option->allow_extra_args(row.repeats);
    }
  });
}

}  // namespace

std::string_view Arguments::text(std::string_view name) const {
  auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return {};
  return found->second.front();
}

const std::vector<std::string>& Arguments::list(std::string_view name) const {
  static const std::vector<std::string> none;
  auto found = values_.find(name);
  return found == values_.end() ? none : found->second;
}

ExitStatus parse_arguments(const Command& command, const std::vector<std::string>& words,
                           Arguments& out_arguments) {
  CLI::App app;
  app.set_help_flag();
  std::vector<Slot> slots;
  // CLI11 keeps pointers to the values.
  slots.reserve(command.positionals.size() + option_count(command));
  declare(app, command, slots);
  std::vector<std::string> reversed;
  for (auto word = words.rbegin(); word != words.rend(); ++word) reversed.push_back(marked(*word));
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    return wrong_usage(command.name, error.what());
  }
  for (Slot& slot : slots) {
    if (slot.option->count() == 0) continue;
    for (std::string& value : slot.values) remove_mark(value);
    out_arguments.values_.emplace(slot.name, std::move(slot.values));
  }
  return ExitStatus::kDone;
}

}  // namespace dam::tool
