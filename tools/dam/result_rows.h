// Rows of an answer as documents, one JSON line each, in the order of the answer.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "command_arguments.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {

// An array open for reading, and the snapshot that a query is put to.
struct QueriedArray {
  Owned<dam_array> array;
  Owned<dam_snapshot> snapshot;
};

ExitStatus open_queried(std::string_view what, std::string_view path, QueriedArray& out_queried);

// A column of int64, lent by the results.
dam_status column_of(const dam_results* results, int32_t column,
                     std::span<const int64_t>& out_values);

// Prints the document of each row. `what` is the command.
ExitStatus print_documents(std::string_view what, const Arguments& arguments,
                           dam_snapshot* snapshot, const dam_results* results);

// Gives the array the order of the results, which hold each position once, by a prune.
ExitStatus reorder(std::string_view what, std::string_view path, dam_array* array,
                   const dam_results* results);

// An option that is an int64; `fallback` when it was not given.
ExitStatus take_integer(std::string_view what, const Arguments& arguments, const char* option,
                        int64_t fallback, int64_t& out_value);

}  // namespace dam::tool
