// Ids for documents that come without one: UUIDs of version 7, ascending within the process.
//
// Randomness is drawn from the system for many ids at a time; a fork's child forgets what is left.
// Threads: any, at any time.
#pragma once

#include "base/status.h"
#include "base/uuid.h"

namespace dam {

Status fresh_id(UuidSequence::Text& out);

// Around a fork: see fork_rules.h.
void hold_fresh_ids();
void release_fresh_ids();
void forget_randomness();

}  // namespace dam
