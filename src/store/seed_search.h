// Finding what the checks of a body begin with.
//
// The check seed comes from uuid and generation, which both superblocks carry. When neither is left
// it is computed from the frames: each head's checksum gives the one seed it fits, and the seed
// that a neighbour confirms is the array's.
#pragma once

#include <optional>

#include "format/frame.h"
#include "store/damaged_file.h"

namespace dam {

// Whether any frame head of the file is whole under the seed.
bool has_frame(DamagedFile& body, const CheckSeed& seed);

// The seed that two neighbouring frames, or a frame's head and payload, agree on.
std::optional<CheckSeed> find_seed(DamagedFile& body);

}  // namespace dam
