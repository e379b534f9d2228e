// The program `dam`: finds the command, sorts its words, runs it.
//
// Everything it knows about commands comes from the table (command_table.h); everything it knows
// about arrays comes from dam.h.
#include <cstdio>
#include <new>
#include <string>
#include <vector>

#include "command_table.h"
#include "help_text.h"
#include "result_stream.h"
#include "terminal.h"

namespace dam::tool {
namespace {

ExitStatus print(std::string_view text) {
  ResultStream results;
  results.write(text);
  return results.finish("help");
}

ExitStatus run_command(const std::string& name, const std::vector<std::string>& words) {
  if (name == "--help" || name == "-h") return print(help_overview());
  if (name == "--version") return print("dam " + std::string(dam_version()) + "\n");
  const Command* command = find_command(name);
  if (command == nullptr) return wrong_usage(name, "no such command");
  for (const std::string& word : words) {
    if (word == "--") break;
    if (word == "--help") return print(help_of(*command));
  }
  Arguments arguments;
  ExitStatus status = parse_arguments(*command, words, arguments);
  return status == ExitStatus::kDone ? command->run(arguments) : status;
}

}  // namespace
}  // namespace dam::tool

int main(int argument_count, char** argument_values) {
  using dam::tool::ExitStatus;
  std::vector<std::string> words(argument_values + 1, argument_values + argument_count);
  ExitStatus status = ExitStatus::kWrongUsage;
  dam::tool::watch_interrupts();
  if (words.empty()) {
    std::fputs(dam::tool::help_overview().c_str(), stderr);
    return static_cast<int>(status);
  }
  std::string name = words.front();
  words.erase(words.begin());
  try {
    status = dam::tool::run_command(name, words);
  } catch (const std::bad_alloc&) {
    dam::tool::complain(name, "", "out of memory");
    status = ExitStatus::kFailed;
  }
  return static_cast<int>(status);
}
