#include "measurement.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace bench {

void require(bool succeeded, const std::string& what) {
  if (succeeded) return;
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(1);
}

void print_figure(const Figure& figure) {
  std::printf(
      "{\"workload\":\"%s\",\"subject\":\"%s\",\"unit\":\"%s\",\"value\":%.6g,"
      "\"operations\":%" PRId64 ",\"digest\":\"%016" PRIx64 "\"}\n",
      figure.workload.c_str(), figure.subject.c_str(), figure.unit.c_str(), figure.value,
      figure.operations, figure.digest);
  std::fflush(stdout);
}

}  // namespace bench
