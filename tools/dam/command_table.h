// The table of commands: the one place that help, man page, completion and parsing come from.
//
// Each command's row stands beside its code in command_<name>.cc; command_table.cc lists the rows
// in the order help shows them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "command_arguments.h"
#include "outcome.h"

namespace dam::tool {

struct PositionalRow {
  const char* name;
  const char* text;
  bool required;
  bool repeats;
};

struct OptionRow {
  const char* name;
  const char* value;  // what stands for the value in help; empty for a switch
  const char* text;
  bool repeats = false;
};

struct Command {
  const char* name;
  const char* summary;
  const char* description;
  std::span<const PositionalRow> positionals;
  std::span<const OptionRow> options;
  const char* example;
  ExitStatus (*run)(const Arguments& arguments);
};

extern const Command kImportCommand;
extern const Command kExportCommand;
extern const Command kAppendCommand;
extern const Command kGetCommand;
extern const Command kListCommand;
extern const Command kCountCommand;
extern const Command kFindCommand;
extern const Command kDeleteCommand;
extern const Command kPruneCommand;
extern const Command kClearCommand;
extern const Command kStatCommand;
extern const Command kVerifyCommand;
extern const Command kBackupCommand;
extern const Command kSalvageCommand;
extern const Command kSampleCommand;
extern const Command kShuffleCommand;
extern const Command kSortCommand;
extern const Command kSplitCommand;
extern const Command kTraverseCommand;
extern const Command kEvaluateCommand;
extern const Command kCopyCommand;
extern const Command kMergeCommand;
extern const Command kPatchCommand;
extern const Command kHelpCommand;

std::span<const Command* const> commands();

// Nothing found: nullptr.
const Command* find_command(std::string_view name);

// Options that every command has.
inline constexpr OptionRow kCommonOptions[] = {
    {"--json", "", "one JSON value per line instead of text", false},
    {"--help", "", "show the help of this command", false},
};

inline size_t option_count(const Command& command) {
  return command.options.size() + std::size(kCommonOptions);
}

template <typename Visitor>
void for_each_option(const Command& command, Visitor visit) {
  for (const OptionRow& row : command.options) visit(row);
  for (const OptionRow& row : kCommonOptions) visit(row);
}

inline constexpr PositionalRow kArrayOnly[] = {
    {"ARRAY", "directory of the array", true, false},
};

}  // namespace dam::tool
