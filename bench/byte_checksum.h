// The checksum a reader makes of a document where its store keeps none, and by which the bytes of
// the stores are compared.
#ifndef BENCH_BYTE_CHECKSUM_H_
#define BENCH_BYTE_CHECKSUM_H_

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "measurement.h"

namespace bench {

inline uint64_t byte_checksum(Bytes bytes) { return XXH3_64bits(bytes.data, bytes.size); }

}  // namespace bench

#endif  // BENCH_BYTE_CHECKSUM_H_
