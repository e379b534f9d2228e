// The order of the commands; see command_table.h.
#include "command_table.h"

namespace dam::tool {
namespace {

const Command* const kCommands[] = {
    &kImportCommand, &kExportCommand, &kAppendCommand,  &kGetCommand,
    &kListCommand,   &kCountCommand,  &kMatchCommand,   &kEmbeddingsCommand,
    &kDeleteCommand, &kPruneCommand,  &kClearCommand,   &kStatCommand,
    &kVerifyCommand, &kBackupCommand, &kSalvageCommand, &kHelpCommand,
};

}  // namespace

std::span<const Command* const> commands() { return kCommands; }

const Command* find_command(std::string_view name) {
  for (const Command* command : kCommands) {
    if (name == command->name) return command;
  }
  return nullptr;
}

}  // namespace dam::tool
