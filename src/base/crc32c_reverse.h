// CRC-32C run backwards: the seed that a checksum was begun with.
//
// A checksum is a one-to-one function of its seed, so that whoever has the bytes and the checksum
// has the seed. Salvage finds so what the checks of an array begin with when its superblocks are
// gone.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dam {

// The seed for which crc32c(seed, data, size) == checksum.
uint32_t crc32c_seed_of(uint32_t checksum, const void* data, size_t size);

}  // namespace dam
