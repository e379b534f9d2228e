// Rows of an answer as documents, one JSON line each, in the order of the answer.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "command_arguments.h"
#include "handles.h"
#include "result_stream.h"

namespace dam::tool {

// An open array, and the snapshot that a query is put to.
struct QueriedArray {
  Owned<dam_array> array;
  Owned<dam_snapshot> snapshot;
};

ExitStatus open_queried(std::string_view what, std::string_view path, OpenMode mode,
                        QueriedArray& out_queried);

// A column of int64, lent by the results.
dam_status column_of(const dam_results* results, int32_t column,
                     std::span<const int64_t>& out_values);

// Prints the document of each row. `what` is the command.
ExitStatus print_documents(std::string_view what, const Arguments& arguments,
                           dam_snapshot* snapshot, const dam_results* results);

// Puts `order` to a snapshot of the array, and prints the documents in the order it answers, or
// gives the array that order by a prune when --in-place was given.
using OrderQuery = std::function<dam_status(dam_snapshot* snapshot, dam_results** out_results)>;
ExitStatus run_ordered(std::string_view what, const Arguments& arguments, const OrderQuery& order);

// An option that is an int64; `fallback` when it was not given.
ExitStatus take_integer(std::string_view what, const Arguments& arguments, const char* option,
                        int64_t fallback, int64_t& out_value);

}  // namespace dam::tool
