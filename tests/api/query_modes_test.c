// Queries answer the same of every kind of array: with and without a name, alone or by turns, read
// from maps or by system calls, pruned, copied, sealed, and beside a writer that goes on.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

/* What all queries answered, as a text. */
struct answers {
  char text[8192];
  size_t size;
};

static void add(struct answers* answers, const char* format, ...) {
  va_list values;
  int written;
  va_start(values, format);
  written = vsnprintf(answers->text + answers->size, sizeof answers->text - answers->size, format,
                      values);
  va_end(values);
  assert_true(written >= 0 && (size_t)written < sizeof answers->text - answers->size);
  answers->size += (size_t)written;
}

static void add_column(struct answers* answers, const dam_results* results, int32_t column) {
  const void* data = NULL;
  size_t size = 0;
  size_t i;
  ASSERT_STATUS(DAM_OK, dam_results_read(results, column, &data, &size));
  for (i = 0; i < size / 8; ++i) {
    if (column == DAM_RESULTS_DISTANCE || column == DAM_RESULTS_VALUE)
      add(answers, " %.17g", ((const double*)data)[i]);
    else
      add(answers, " %lld", (long long)((const int64_t*)data)[i]);
  }
}

static void add_ids(struct answers* answers, const dam_results* results) {
  char* ids = NULL;
  int64_t* offsets = NULL;
  int64_t count = 0;
  int64_t i;
  ASSERT_STATUS(DAM_OK, dam_results_count(results, &count));
  ASSERT_STATUS(DAM_OK, dam_results_ids(results, &ids, &offsets));
  for (i = 0; i < count; ++i)
    add(answers, " %.*s", (int)(offsets[i + 1] - offsets[i]), ids + offsets[i]);
  dam_free(ids);
  dam_free(offsets);
}

/* One line: what was asked, positions, another column unless it is 0, ids. Frees the results. */
static void add_rows(struct answers* answers, const char* what, dam_results* results,
                     int32_t column) {
  add(answers, "%s:", what);
  add_column(answers, results, DAM_RESULTS_POSITION);
  if (column != 0) add_column(answers, results, column);
  add_ids(answers, results);
  add(answers, "\n");
  dam_results_free(results);
}

static void ask_find(struct answers* answers, dam_snapshot* snapshot) {
  static const char* const kFilters[] = {
      "{\"tags.weight\": {\"$lt\": 40}}",
      "{\"$or\": [{\"text\": \"d7\"}, {\"tags.color\": \"red\"}]}",
      "{\"chunks.0.text\": {\"$exists\": true}, \"$not\": {\"tags.weight\": {\"$gte\": 90}}}",
      "{\"tags.nothing\": 1}",
  };
  size_t i;
  for (i = 0; i < sizeof kFilters / sizeof kFilters[0]; ++i) {
    dam_filter* filter = NULL;
    dam_results* results = NULL;
    int64_t count = -1;
    ASSERT_STATUS(DAM_OK, dam_filter_parse(kFilters[i], DAM_NUL_TERMINATED, &filter));
    ASSERT_STATUS(DAM_OK, dam_find(snapshot, filter, NULL, 0, NULL, NULL, &results));
    add_rows(answers, kFilters[i], results, 0);
    ASSERT_STATUS(DAM_OK, dam_count_where(snapshot, filter, "r,c", 3, NULL, &count));
    add(answers, "of two levels: %lld\n", (long long)count);
    dam_filter_free(filter);
  }
}

static void ask_order(struct answers* answers, dam_snapshot* snapshot) {
  dam_results* results = NULL;
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "tags.weight", 11, DAM_SORT_DESCENDING, 7, &results));
  add_rows(answers, "sort", results, 0);
  ASSERT_STATUS(DAM_OK, dam_split(snapshot, "tags.color", 10, &results));
  add_rows(answers, "split", results, DAM_RESULTS_GROUP);
  ASSERT_STATUS(DAM_OK, dam_sample(snapshot, 5, 7, &results));
  add_rows(answers, "sample", results, 0);
  ASSERT_STATUS(DAM_OK, dam_shuffle(snapshot, -1, &results));
  add_rows(answers, "shuffle", results, 0);
  ASSERT_STATUS(DAM_OK, dam_portions(snapshot, 6, DAM_PORTIONS_SHUFFLED, 3, &results));
  add_rows(answers, "portions", results, DAM_RESULTS_GROUP);
}

static void ask_traverse(struct answers* answers, dam_snapshot* snapshot) {
  dam_traversal* traversal = NULL;
  const dam_document* lent = NULL;
  int64_t position = 0;
  int64_t group = 0;
  int32_t path = 0;
  dam_status status;
  ASSERT_STATUS(DAM_OK, dam_traverse(snapshot, NULL, "c,r", 3, &traversal));
  add(answers, "traverse:");
  while ((status = dam_traversal_next(traversal, &lent, &position, &group, &path)) == DAM_OK) {
    const char* id = NULL;
    size_t id_size = 0;
    ASSERT_STATUS(DAM_OK, dam_document_id(lent, &id, &id_size));
    add(answers, " %.*s/%lld/%lld/%d", (int)id_size, id, (long long)position, (long long)group,
        path);
  }
  ASSERT_STATUS(DAM_NOT_FOUND, status);
  ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
  add(answers, "\n");
}

static void ask_match(struct answers* answers, dam_snapshot* snapshot) {
  static const int32_t kMetrics[] = {DAM_METRIC_COSINE, DAM_METRIC_EUCLIDEAN, DAM_METRIC_MANHATTAN};
  dam_options* options = NULL;
  size_t i;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_LIMIT, 3));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_THREADS, 2));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_EXCLUDE_SELF, 1));
  for (i = 0; i < sizeof kMetrics / sizeof kMetrics[0]; ++i) {
    dam_queries* queries = NULL;
    dam_results* results = NULL;
    ASSERT_STATUS(DAM_OK, dam_queries_create(&queries));
    ASSERT_STATUS(DAM_OK, dam_queries_add_slice(queries, snapshot, 0, 10, 1));
    ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_METRIC, kMetrics[i]));
    ASSERT_STATUS(DAM_OK, dam_match(snapshot, queries, NULL, options, NULL, &results));
    add_rows(answers, "match", results, DAM_RESULTS_DISTANCE);
    dam_queries_free(queries);
  }
  dam_options_free(options);
}

static void ask(dam_snapshot* snapshot, struct answers* answers) {
  answers->size = 0;
  answers->text[0] = '\0';
  ask_find(answers, snapshot);
  ask_order(answers, snapshot);
  ask_traverse(answers, snapshot);
  ask_match(answers, snapshot);
}

static void ask_array(dam_array* array, struct answers* answers) {
  dam_snapshot* snapshot = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ask(snapshot, answers);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

/* Document i of the test: every other with a chunk, a weight that repeats, an embedding. */
static void append_document(dam_array* array, int i) {
  static const char* const kColors[] = {"red", "green", "blue"};
  char json[400];
  dam_document* document;
  const void* data;
  size_t size;
  snprintf(json, sizeof json,
           "{\"id\":\"d%d\",\"text\":\"d%d\",\"tags\":{\"weight\":%d,\"color\":\"%s\"},"
           "\"embedding\":{\"dtype\":\"f32\",\"shape\":[3],\"data\":[%d,%d.5,%d]}%s}",
           i, i, i * 37 % 101, kColors[i % 3], i % 5 - 2, i % 7, 1 + i % 4,
           i % 2 == 0 ? ",\"chunks\":[{\"id\":\"part\",\"text\":\"chunk\"}]" : "");
  document = document_of(json);
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, DAM_UPSERT, NULL, NULL));
  dam_document_free(document);
}

/* 30 documents, of which some were replaced and some deleted. */
static void fill(dam_array* array) {
  int i;
  for (i = 0; i < 30; ++i) append_document(array, i);
  for (i = 0; i < 30; i += 9) append_document(array, i);
  ASSERT_STATUS(DAM_OK, dam_delete(array, "d4", 2, 0, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_delete_at(array, -1, 0, 0, NULL));
}

static dam_array* opened(const char* path, int32_t option, int64_t value) {
  dam_options* options = NULL;
  dam_array* array = NULL;
  ASSERT_STATUS(DAM_OK, dam_options_create(&options));
  ASSERT_STATUS(DAM_OK, dam_options_set(options, option, value));
  ASSERT_STATUS(DAM_OK, dam_open(path, options, &array));
  dam_options_free(options);
  return array;
}

static struct answers wanted;
static struct answers found;

static void assert_same_answers(dam_array* array) {
  ask_array(array, &found);
  assert_string_equal(found.text, wanted.text);
}

static int make_filled(void** state) {
  struct array_fixture* fixture;
  if (open_array(state) != 0) return -1;
  fixture = *state;
  fill(fixture->array);
  ask_array(fixture->array, &wanted);
  return 0;
}

static void the_answers_are_those_of_the_documents(void** state) {
  (void)state;
  assert_non_null(strstr(wanted.text, "sample:"));
  assert_non_null(strstr(wanted.text, "{\"tags.nothing\": 1}:\nof two levels: 0\n"));
  assert_non_null(strstr(wanted.text, "part/0/0/0"));
  assert_null(strstr(wanted.text, " d4 "));
}

static void arrays_made_and_opened_otherwise_answer_the_same(void** state) {
  static const struct {
    int32_t option;
    int64_t value;
  } kKinds[] = {{DAM_OPTION_TEMPORARY, 1},     {DAM_OPTION_SHARED_WRITER, 1},
                {DAM_OPTION_KEY_LENGTH, 36},   {DAM_OPTION_SAFE_READS, 1},
                {DAM_OPTION_RANDOM_READS, 1},  {DAM_OPTION_DURABILITY, DAM_BUFFERED},
                {DAM_OPTION_UPKEEP_THREAD, 0}, {DAM_OPTION_CHECK_PAYLOADS, 0},
                {DAM_OPTION_EMBEDDING_DIM, 3}, {DAM_OPTION_WINDOW_BYTES, 1 << 20}};
  struct array_fixture* fixture = *state;
  size_t i;
  for (i = 0; i < sizeof kKinds / sizeof kKinds[0]; ++i) {
    char path[400];
    dam_array* array;
    snprintf(path, sizeof path, "%s/kind%d", fixture->directory, (int)i);
    array = opened(kKinds[i].option == DAM_OPTION_TEMPORARY ? fixture->directory : path,
                   kKinds[i].option, kKinds[i].value);
    fill(array);
    assert_same_answers(array);
    ASSERT_STATUS(DAM_OK, dam_close(array));
  }
}

static void what_reads_beside_the_writer_answers_the_same(void** state) {
  static const int32_t kSwitches[] = {DAM_OPTION_READ_ONLY, DAM_OPTION_SAFE_READS,
                                      DAM_OPTION_RANDOM_READS};
  struct array_fixture* fixture = *state;
  size_t i;
  for (i = 0; i < sizeof kSwitches / sizeof kSwitches[0]; ++i) {
    dam_options* options = NULL;
    dam_array* reader = NULL;
    ASSERT_STATUS(DAM_OK, dam_options_create(&options));
    ASSERT_STATUS(DAM_OK, dam_options_set(options, DAM_OPTION_READ_ONLY, 1));
    ASSERT_STATUS(DAM_OK, dam_options_set(options, kSwitches[i], 1));
    ASSERT_STATUS(DAM_OK, dam_open(fixture->path, options, &reader));
    assert_same_answers(reader);
    ASSERT_STATUS(DAM_OK, dam_close(reader));
    dam_options_free(options);
  }
}

static void a_snapshot_answers_the_same_whatever_follows(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = fixture->array;
  dam_snapshot* snapshot = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  append_document(array, 31);
  ASSERT_STATUS(DAM_OK, dam_delete(array, "d0", 2, 0, 0, NULL));
  ask(snapshot, &found);
  assert_string_equal(found.text, wanted.text);
  ASSERT_STATUS(DAM_OK, dam_prune(array, NULL, NULL));
  ask(snapshot, &found);
  assert_string_equal(found.text, wanted.text);
  ASSERT_STATUS(DAM_OK, dam_clear(array, 0, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(array));
  ask(snapshot, &found);
  assert_string_equal(found.text, wanted.text);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_prune_and_a_new_open_change_no_answer(void** state) {
  struct array_fixture* fixture = *state;
  ASSERT_STATUS(DAM_OK, dam_prune(fixture->array, NULL, NULL));
  assert_same_answers(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  ASSERT_STATUS(DAM_OK, dam_open(fixture->path, NULL, &fixture->array));
  assert_same_answers(fixture->array);
}

static void copies_answer_the_same(void** state) {
  struct array_fixture* fixture = *state;
  char path[400];
  dam_array* copy = NULL;
  snprintf(path, sizeof path, "%s/backup", fixture->directory);
  ASSERT_STATUS(DAM_OK, dam_backup(fixture->array, path, NULL));
  ASSERT_STATUS(DAM_OK, dam_open(path, NULL, &copy));
  assert_same_answers(copy);
  ASSERT_STATUS(DAM_OK, dam_seal(copy, NULL, NULL, NULL));
  assert_same_answers(copy);
  ASSERT_STATUS(DAM_OK, dam_close(copy));
  copy = opened(fixture->directory, DAM_OPTION_TEMPORARY, 1);
  ASSERT_STATUS(DAM_OK, dam_copy_into(fixture->array, copy, 0, NULL, NULL));
  assert_same_answers(copy);
  ASSERT_STATUS(DAM_OK, dam_close(copy));
}

static void a_merge_into_nothing_is_a_copy(void** state) {
  struct array_fixture* fixture = *state;
  int64_t added = 0;
  int64_t changed = 0;
  dam_array* copy = opened(fixture->directory, DAM_OPTION_TEMPORARY, 1);
  ASSERT_STATUS(DAM_OK, dam_merge(copy, fixture->array, 0, NULL, &added, &changed));
  assert_int_equal(added, 28);
  assert_int_equal(changed, 0);
  assert_same_answers(copy);
  ASSERT_STATUS(DAM_OK, dam_close(copy));
}

static void deletes_by_filter_obey_the_kind_of_the_array(void** state) {
  struct array_fixture* fixture = *state;
  dam_filter* filter = NULL;
  dam_array* reader;
  int64_t count = -1;
  ASSERT_STATUS(DAM_OK, dam_filter_parse("{\"tags.color\": \"red\"}", DAM_NUL_TERMINATED, &filter));
  reader = opened(fixture->path, DAM_OPTION_READ_ONLY, 1);
  ASSERT_STATUS(DAM_READ_ONLY, dam_delete_where(reader, filter, 0, NULL, &count, NULL));
  ASSERT_STATUS(DAM_OK, dam_close(reader));
  ASSERT_STATUS(DAM_OK, dam_delete_where(fixture->array, filter, 0, NULL, &count, NULL));
  assert_int_equal(count, 10);
  ASSERT_STATUS(DAM_OK, dam_seal(fixture->array, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_READ_ONLY, dam_delete_where(fixture->array, filter, 0, NULL, &count, NULL));
  dam_filter_free(filter);
}

#define FILLED_TEST(test) cmocka_unit_test_setup_teardown(test, make_filled, close_array)

int main(void) {
  const struct CMUnitTest tests[] = {
      FILLED_TEST(the_answers_are_those_of_the_documents),
      FILLED_TEST(arrays_made_and_opened_otherwise_answer_the_same),
      FILLED_TEST(what_reads_beside_the_writer_answers_the_same),
      FILLED_TEST(a_snapshot_answers_the_same_whatever_follows),
      FILLED_TEST(a_prune_and_a_new_open_change_no_answer),
      FILLED_TEST(copies_answer_the_same),
      FILLED_TEST(a_merge_into_nothing_is_a_copy),
      FILLED_TEST(deletes_by_filter_obey_the_kind_of_the_array),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
