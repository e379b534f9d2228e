// `dam help`: the text of the table, as help, man page or shell completion.
#include "command_table.h"
#include "help_text.h"
#include "result_stream.h"

namespace dam::tool {
namespace {

ExitStatus run_help(const Arguments& arguments) {
  std::string text;
  if (arguments.has("--man")) {
    text = man_page();
  } else if (arguments.has("--completion")) {
    if (arguments.text("--completion") != "bash") {
      return wrong_usage("help", "--completion knows only bash");
    }
    text = bash_completion();
  } else if (arguments.has("COMMAND")) {
    const Command* command = find_command(arguments.text("COMMAND"));
    if (command == nullptr) return wrong_usage(arguments.text("COMMAND"), "no such command");
    text = help_of(*command);
  } else {
    text = help_overview();
  }
  ResultStream results;
  results.write(text);
  return results.finish("help");
}

constexpr PositionalRow kPositionals[] = {
    {"COMMAND", "the command to explain; left out: all, one line each", false, false},
};
constexpr OptionRow kOptions[] = {
    {"--man", "", "print the man page dam(1)"},
    {"--completion", "SHELL", "print a completion script; SHELL is bash"},
};

}  // namespace

const Command kHelpCommand = {
    "help",
    "explain a command",
    "Shows the commands, or one command with its options and an example.",
    kPositionals,
    kOptions,
    "dam help import",
    run_help,
};

}  // namespace dam::tool
