// Help, man page and shell completion, all written from the command table.
#pragma once

#include <string>

namespace dam::tool {

struct Command;

// Every command with its summary.
std::string help_overview();

// Usage, options and an example of one command.
std::string help_of(const Command& command);

// dam(1) in roff.
std::string man_page();

// A script for bash's `complete`.
std::string bash_completion();

}  // namespace dam::tool
