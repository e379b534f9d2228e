#include "candidate.h"

#include <cstdlib>

namespace bench {

void Candidate::refuse(const char* what) const {
  require(false, name() + " has no " + what);
  std::abort();
}

int64_t Candidate::count() { refuse("count"); }
void Candidate::hold(std::string_view, Answer*) { refuse("handles"); }
void Candidate::hold_many(std::string_view, Answer*) { refuse("handles"); }
void Candidate::reload() { refuse("way to see news"); }
Bytes Candidate::lend_at(int64_t) { refuse("positions"); }
void Candidate::prune() { refuse("prune"); }

}  // namespace bench
