// Backup: one view of an array, copied into an array of its own.
//
// Only what is live is copied, in order and with its revisions. The view pins what it reads, so
// writers, prunes and the close of the array go on meanwhile.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "store/view.h"

namespace dam {

// Told how many bytes are done of how many; false asks the work to stop (CANCELLED).
using BackupProgress = std::function<bool(uint64_t done, uint64_t total)>;

Status backup_view(const View& view, const std::string& directory, const BackupProgress& progress);

}  // namespace dam
