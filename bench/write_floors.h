// What the system takes for the writes that a commit cannot do without. Printed as figures of the
// machine, so that they can stand right beside a store's.
#ifndef BENCH_WRITE_FLOORS_H_
#define BENCH_WRITE_FLOORS_H_

#include <cstdint>
#include <string>

namespace bench {

// In a scratch file at `path`: one write of 1 KiB behind the last.
void measure_write(const std::string& path, int64_t times);
// The writes of a visible append to two files: a frame, an entry, a commit point.
void measure_append_writes(const std::string& path, int64_t times);
// A write of 4 KiB and its sync.
void measure_synced_write(const std::string& path, int64_t times);

}  // namespace bench

#endif  // BENCH_WRITE_FLOORS_H_
