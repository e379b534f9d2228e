// Walking over every document with a checksum over each, and the untimed walk that compares every
// byte of the stores.
#include "workload.h"

namespace bench {

Measured scan_checked(Subject& subject, const Task&) {
  Measured measured;
  subject.store->begin_snapshot();
  Stopwatch watch;
  watch.start();
  subject.store->scan(&measured.answer, false);
  watch.stop();
  subject.store->end_snapshot();
  // The reader's own checksum, which only stores without one of theirs make here.
  measured.answer.checksum = 0;
  measured.nanoseconds = watch.nanoseconds();
  measured.operations = measured.answer.documents;
  return measured;
}

Measured compare_bytes(Subject& subject, const Task&) {
  Measured measured;
  subject.store->begin_snapshot();
  subject.store->scan(&measured.answer, true);
  subject.store->end_snapshot();
  measured.operations = measured.answer.documents;
  return measured;
}

}  // namespace bench
