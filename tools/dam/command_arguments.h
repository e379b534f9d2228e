// The words after the command's name, sorted into what the command's row in the table declares.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "outcome.h"

namespace dam::tool {

struct Command;

class Arguments {
 public:
  bool has(std::string_view option) const { return values_.find(option) != values_.end(); }

  // The value of an option or positional; empty when it was not given.
  std::string_view text(std::string_view name) const;

  // Every value of one that repeats, in the order given.
  const std::vector<std::string>& list(std::string_view name) const;

  bool json() const { return has("--json"); }
  std::string_view array() const { return text("ARRAY"); }

 private:
  friend ExitStatus parse_arguments(const Command& command, const std::vector<std::string>& words,
                                    Arguments& out_arguments);

  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// Tells what is wrong and answers kWrongUsage when `words` do not fit the command's row.
ExitStatus parse_arguments(const Command& command, const std::vector<std::string>& words,
                           Arguments& out_arguments);

}  // namespace dam::tool
