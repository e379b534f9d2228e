// Filters on the command line, and searches with them.
#pragma once

#include <functional>
#include <string_view>

#include "handles.h"

namespace dam::tool {

// Tells what is wrong with the filter, and where, and answers kWrongUsage.
ExitStatus take_filter(std::string_view what, std::string_view json, Owned<dam_filter>& out_filter);

// Runs a search of the array in `path` with progress and Ctrl-C, and tells its failure.
ExitStatus run_search(std::string_view what, std::string_view path,
                      const std::function<dam_status(dam_task* task)>& search);

}  // namespace dam::tool
