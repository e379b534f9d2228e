// What a command of `dam` ends with, and the one line it says when it fails.
//
// Every command returns an ExitStatus. A failure is told once, where it is known, as
// `dam: <what>: <where>, <values>` on stderr; results never go there.
#pragma once

#include <string_view>

#include "dam.h"

namespace dam::tool {

enum class ExitStatus : int {
  kDone = 0,
  kNothingFound = 1,
  kWrongUsage = 2,
  kDamaged = 3,
  kFailed = 4,
};

// Prints one line on stderr; control characters in it are shown as escapes, so it stays one line.
void complain(std::string_view what, std::string_view where, std::string_view values);

ExitStatus wrong_usage(std::string_view what, std::string_view values);

// Tells the latest failure of libdam in this thread.
ExitStatus failed_call(std::string_view what, std::string_view where, dam_status status);

// Keeps the text of a failure while handles are released, each of which is a call of libdam and
// wipes it. Answers the status it was given.
dam_status keep_failure(dam_status status);

// The text of the latest failure of libdam in this thread, or the kept one of `status`; never
// empty.
std::string_view failure_text(dam_status status);

ExitStatus exit_status_of(dam_status status);

}  // namespace dam::tool
