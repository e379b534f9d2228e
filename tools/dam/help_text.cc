// Text for people, from the command table; see help_text.h.
#include "help_text.h"

#include <algorithm>

#include "command_table.h"

namespace dam::tool {
namespace {

std::string usage_of(const Command& command) {
  std::string usage = "dam " + std::string(command.name);
  for (const PositionalRow& row : command.positionals) {
    std::string word = std::string(row.name) + (row.repeats ? "..." : "");
    usage += row.required ? " " + word : " [" + word + "]";
  }
  if (!command.options.empty()) usage += " [options]";
  return usage;
}

void add_row(std::string& out, const std::string& left, const char* right) {
  constexpr size_t kColumn = 26;
  out += "  " + left;
  out.append(left.size() + 2 < kColumn ? kColumn - left.size() : 2, ' ');
  out += right;
  out += '\n';
}

std::string option_label(const OptionRow& row) {
  std::string label = row.name;
  if (row.value[0] != '\0') label += " " + std::string(row.value) + (row.repeats ? "..." : "");
  return label;
}

// roff treats a leading dot and every backslash and hyphen specially.
std::string roff(std::string_view text) {
  std::string out;
  for (char letter : text) {
    bool at_line_start = out.empty() || out.back() == '\n';
    if (at_line_start && (letter == '.' || letter == '\'')) out += "\\&";
    if (letter == '\\') {
      out += "\\e";
    } else if (letter == '-') {
      out += "\\-";
    } else {
      out += letter;
    }
  }
  return out;
}

void add_man_entry(std::string& out, const std::string& label, const char* text) {
  out += ".TP\n.B " + roff(label) + "\n" + roff(text) + "\n";
}

void add_man_section(std::string& out, const Command& command) {
  out += ".SS " + roff(usage_of(command)) + "\n" + roff(command.description) + "\n";
  for_each_option(command,
                  [&](const OptionRow& row) { add_man_entry(out, option_label(row), row.text); });
  out += ".PP\nExample:\n.PP\n.nf\n" + roff(command.example) + "\n.fi\n";
}

constexpr const char* kExitStatus[][2] = {
    {"0", "done"},
    {"1", "nothing found"},
    {"2", "wrong usage"},
    {"3", "the array is damaged"},
    {"4", "any other error, told in one line on stderr"},
};

}  // namespace

std::string help_overview() {
  std::string out =
      "dam - document arrays on disk\n\n"
      "Usage: dam COMMAND ARRAY ...\n\nCommands:\n";
  for (const Command* command : commands()) add_row(out, command->name, command->summary);
  out += "\nExit status:\n";
  for (const auto& row : kExitStatus) add_row(out, row[0], row[1]);
  out += "\n`dam help COMMAND` has the options of a command and an example.\n";
  return out;
}

std::string help_of(const Command& command) {
  std::string out = "Usage: " + usage_of(command) + "\n\n" + command.description + "\n";
  if (!command.positionals.empty()) out += "\nArguments:\n";
  for (const PositionalRow& row : command.positionals) add_row(out, row.name, row.text);
  out += "\nOptions:\n";
  for_each_option(command,
                  [&](const OptionRow& row) { add_row(out, option_label(row), row.text); });
  out += "\nExample:\n  " + std::string(command.example) + "\n";
  return out;
}

std::string man_page() {
  std::string out = ".TH DAM 1 \"\" \"libdam " + std::string(dam_version()) + "\"\n";
  out += ".SH NAME\ndam \\- document arrays on disk\n";
  out += ".SH SYNOPSIS\n.B dam\n.I COMMAND ARRAY\n\\&...\n.SH COMMANDS\n";
  for (const Command* command : commands()) add_man_section(out, *command);
  out += ".SH \"EXIT STATUS\"\n";
  for (const auto& row : kExitStatus) add_man_entry(out, row[0], row[1]);
  return out;
}

std::string bash_completion() {
  std::string names;
  std::string cases;
  for (const Command* command : commands()) {
    names += (names.empty() ? "" : " ") + std::string(command->name);
    cases += "    " + std::string(command->name) + ") options=\"";
    for_each_option(*command, [&](const OptionRow& row) {
      if (cases.back() != '"') cases += ' ';
      cases += row.name;
    });
    cases += "\" ;;\n";
  }
  return "# bash completion for dam; use: source <(dam help --completion bash)\n"
         "_dam() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} options=\n"
         "  local commands=\"" +
         names +
         "\"\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$commands\" -- \"$word\")\n"
         "    return\n"
         "  fi\n"
         "  case ${COMP_WORDS[1]} in\n" +
         cases +
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
         "  elif [[ ${COMP_WORDS[1]} == help ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$commands\" -- \"$word\")\n"
         "  else\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _dam dam\n";
}

}  // namespace dam::tool
