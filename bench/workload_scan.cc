// Walking over every document with a checksum over each; and two untimed walks: one compares every
// byte of the stores, one touches each document where it lies, after which libdam lends it without
// another check.
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

Measured touch_all(Subject& subject, const Task&) {
  Measured measured;
  subject.store->begin_snapshot();
  const int64_t documents = subject.store->count();
  for (int64_t i = 0; i < documents; ++i) measured.answer.take(subject.store->lend_at(i));
  subject.store->end_snapshot();
  measured.operations = documents;
  return measured;
}

}  // namespace bench
