// Recovery: making the files of an unclean array say what the log says, or saying it in memory.
//
// The order of writes and syncs in recover() is the protocol (docs/durability.md, "Recovery"); the
// model test holds it. A crash inside it is met again by the next recovery.
#pragma once

#include "log/log_scan.h"

namespace dam {

// Writes the tail again, redoes the entries, seals the log with a SESSION frame of `salt`, and
// makes a checkpoint of it all. The caller holds the writer's lock. Returns the point that is now
// in force.
Result<CommitPoint> recover(const ArrayMaps& maps, const CommitPoint& checkpoint,
                            const ScanResult& scan, uint32_t salt);

// The same in memory, for a reader: only entries whose bytes differ are kept.
Result<RedoneEntries> redo_in_memory(const ArrayMaps& maps, const CommitPoint& checkpoint,
                                     const ScanResult& scan);

// Zeroes what follows the point, so that an accepted loss cannot be mistaken for rot later.
Status erase_tail(const ArrayMaps& maps, const CommitPoint& point);

// Where the sequence of a new session begins, `known` being the greatest that is still known. A
// power loss may have taken commits that were answered, and every trace of their numbers; no later
// commit may bear one of them. So a session begins at the time in microseconds, which no session's
// commits outrun; when the clock was set back, at a distance that `salt` chooses.
uint64_t first_session_seq(uint64_t known, uint32_t salt);

// Writes a commit point to one of its places.
Status write_commit_point(const File& header, const CommitPoint& point, uint64_t place,
                          const CheckSeed& seed);

}  // namespace dam
