// The one integrity check: reads every byte of an array and compares all that
// must agree.
//
// It writes nothing and takes no lock, so it may run beside a writer. The
// command line, the tests and dam_verify all ask it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/status.h"

namespace dam {

// Told how many bytes are done of how many; false asks the check to stop
// (CANCELLED).
using VerifyProgress = std::function<bool(uint64_t done, uint64_t total)>;

// CORRUPT when anything is damaged; `out_report` then has one line for each
// damaged place.
Status verify_array(const std::string& path, const VerifyProgress& progress,
                    std::string& out_report);

}  // namespace dam
