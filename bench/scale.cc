#include "scale.h"

namespace bench {

Scale quick_scale() {
  Scale scale;
  scale.documents = 20000;
  scale.repetitions = 2;
  scale.long_repetitions = 2;
  scale.gets = 6400;
  scale.commits = 500;
  scale.durable_commits = 20;
  scale.deletes = 500;
  scale.opens = 5;
  scale.tail_commits = 1000;
  scale.pruned = 500;
  scale.cold_gets = 200;
  scale.side_by_side_ms = 200;
  return scale;
}

}  // namespace bench
