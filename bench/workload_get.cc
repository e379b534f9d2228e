// Reading single documents at random: by id in the ways a store has, and by position. Independent
// calls may overlap in the processor; in get_dependent each id comes from the document before.
#include "workload.h"

namespace bench {
namespace {

constexpr size_t kManyIds = 64;

// The ids to ask for lie in a row, so that only the store misses the cache.
std::string questions(const Task& task) {
  RandomNumbers random(task.seed);
  std::string ids;
  for (int64_t i = 0; i < task.scale.gets; ++i) {
    ids += task.maker.id(random.below(task.scale.documents));
  }
  return ids;
}

template <typename Ask>
Measured ask_each(const Task& task, size_t ids_per_question, Ask ask) {
  const std::string all = questions(task);
  const std::string_view ids = all;
  const size_t step = ids_per_question * kIdSize;
  Measured measured;
  Stopwatch watch;
  watch.start();
  for (size_t at = 0; at < ids.size(); at += step) ask(ids.substr(at, step), &measured.answer);
  watch.stop();
  measured.nanoseconds = watch.nanoseconds();
  measured.operations = task.scale.gets;
  return measured;
}

}  // namespace

Measured get_copied(Subject& subject, const Task& task) {
  char buffer[kReadBufferSize];
  return ask_each(task, 1, [&](std::string_view id, Answer* answer) {
    answer->take(subject.store->read(id, buffer));
  });
}

Measured get_lent(Subject& subject, const Task& task) {
  subject.store->begin_snapshot();
  Measured measured = ask_each(
      task, 1, [&](std::string_view id, Answer* answer) { answer->take(subject.store->lend(id)); });
  subject.store->end_snapshot();
  return measured;
}

Measured get_handles(Subject& subject, const Task& task) {
  return ask_each(task, 1,
                  [&](std::string_view id, Answer* answer) { subject.store->hold(id, answer); });
}

Measured get_dependent(Subject& subject, const Task& task) {
  char buffer[kReadBufferSize];
  std::string id = task.maker.id(static_cast<int64_t>(task.seed));
  Measured measured;
  Stopwatch watch;
  watch.start();
  for (int64_t i = 0; i < task.scale.gets; ++i) {
    const Bytes document = subject.store->read(id, buffer);
    measured.answer.take(document);
    id = task.maker.next_id(document.data);
  }
  watch.stop();
  measured.nanoseconds = watch.nanoseconds();
  measured.operations = task.scale.gets;
  return measured;
}

Measured get_many_copied(Subject& subject, const Task& task) {
  return ask_each(task, kManyIds, [&](std::string_view ids, Answer* answer) {
    subject.store->read_many(ids, answer);
  });
}

Measured get_many_handles(Subject& subject, const Task& task) {
  return ask_each(task, kManyIds, [&](std::string_view ids, Answer* answer) {
    subject.store->hold_many(ids, answer);
  });
}

Measured get_by_position(Subject& subject, const Task& task) {
  RandomNumbers random(task.seed);
  std::vector<int64_t> positions(static_cast<size_t>(task.scale.gets));
  for (int64_t& position : positions) position = random.below(task.scale.documents);
  Measured measured;
  subject.store->begin_snapshot();
  Stopwatch watch;
  watch.start();
  for (const int64_t position : positions) {
    measured.answer.take(subject.store->lend_at(position));
  }
  watch.stop();
  subject.store->end_snapshot();
  measured.nanoseconds = watch.nanoseconds();
  measured.operations = task.scale.gets;
  return measured;
}

}  // namespace bench
