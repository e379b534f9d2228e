// Every function with every pointer NULL, and with handles that are closed, foreign or garbage.
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

/* Room for whatever a call would put out, and arguments that are fine by
 * themselves. */
struct outputs {
  int64_t number;
  int64_t offsets[4];
  int32_t flag;
  size_t size;
  const void* data;
  void* memory;
  int64_t* list;
  char* text;
  const char* id;
  dam_document* document;
  dam_snapshot* snapshot;
  dam_cursor* cursor;
  dam_batch* batch;
  dam_results* results;
  dam_columns* columns;
  dam_traversal* traversal;
  const dam_document* lent;
  double real;
};

struct documents {
  void* data;
  size_t size;
};

static struct documents bird;

static int make_bird(void** state) {
  bird.data = make_bytes("robin", "sings", &bird.size);
  return open_array(state);
}

static int free_bird(void** state) {
  free(bird.data);
  return close_array(state);
}

static void writes_answer(dam_array* array, dam_status expected) {
  const int64_t offsets[] = {0, (int64_t)(bird.size + 7) / 8 * 8};
  int64_t out = -7;
  ASSERT_STATUS(expected, dam_append(array, bird.data, bird.size, 0, &out, NULL));
  ASSERT_STATUS(expected, dam_extend(array, bird.data, offsets, 0, 0, &out, NULL));
  ASSERT_STATUS(expected, dam_set(array, "robin", 5, bird.data, bird.size, 0, 0, &out));
  ASSERT_STATUS(expected, dam_set_at(array, 0, bird.data, bird.size, 0, 0, &out));
  ASSERT_STATUS(expected, dam_patch(array, "robin", 5, "{}", 2, 0, 0, &out));
  ASSERT_STATUS(expected, dam_delete(array, "robin", 5, 0, 0, &out));
  ASSERT_STATUS(expected, dam_delete_at(array, 0, 0, 0, &out));
  ASSERT_STATUS(expected, dam_delete_range(array, 0, 1, 1, 0, &out));
  ASSERT_STATUS(expected, dam_clear(array, 0, &out));
  ASSERT_STATUS(expected, dam_prune(array, NULL, NULL));
  ASSERT_STATUS(expected, dam_prune_ordered(array, NULL, 0, NULL, NULL));
  assert_int_equal(out, -7);
}

static void reads_answer(dam_array* array, dam_status expected) {
  struct outputs out;
  const int64_t offsets[] = {0, 5};
  memset(&out, 0, sizeof out);
  ASSERT_STATUS(expected, dam_count(array, &out.number));
  ASSERT_STATUS(expected, dam_contains(array, "robin", 5, &out.flag));
  ASSERT_STATUS(expected, dam_get(array, "robin", 5, &out.document));
  ASSERT_STATUS(expected, dam_get_at(array, 0, &out.document));
  ASSERT_STATUS(expected, dam_get_many(array, "robin", offsets, 1, &out.document));
  ASSERT_STATUS(expected, dam_read_many(array, "robin", offsets, 1, &out.memory, &out.list));
  ASSERT_STATUS(expected, dam_read(array, "robin", 5, NULL, 0, &out.size));
  ASSERT_STATUS(expected, dam_read_at(array, 0, NULL, 0, &out.size));
  ASSERT_STATUS(expected, dam_position(array, "robin", 5, &out.number));
  ASSERT_STATUS(expected, dam_id_at(array, 0, NULL, 0, &out.size));
  ASSERT_STATUS(expected, dam_ids(array, 0, 1, &out.text, &out.list, &out.number));
  ASSERT_STATUS(expected, dam_revision(array, "robin", 5, &out.number));
  ASSERT_STATUS(expected, dam_stat(array, DAM_STAT_DOCUMENTS, &out.number));
}

static void array_calls_answer(dam_array* array, dam_status expected) {
  struct outputs out;
  memset(&out, 0, sizeof out);
  writes_answer(array, expected);
  reads_answer(array, expected);
  ASSERT_STATUS(expected, dam_reload(array, &out.flag));
  ASSERT_STATUS(expected, dam_wait(array, 0, 1000, &out.number));
  ASSERT_STATUS(expected, dam_flush(array));
  ASSERT_STATUS(expected, dam_sync(array));
  ASSERT_STATUS(expected, dam_path(array, &out.text, &out.size));
  ASSERT_STATUS(expected, dam_backup(array, "nowhere", NULL));
  ASSERT_STATUS(expected, dam_seal(array, NULL, &out.text, &out.size));
  ASSERT_STATUS(expected, dam_import(array, "nowhere", NULL, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(expected, dam_snapshot_open(array, &out.snapshot));
  ASSERT_STATUS(expected, dam_batch_begin(array, &out.batch));
  ASSERT_STATUS(expected, dam_copy_into(array, array, 0, NULL, &out.number));
  ASSERT_STATUS(expected, dam_same(array, array, &out.flag));
  ASSERT_STATUS(expected, dam_equal(array, array, NULL, &out.flag));
  ASSERT_STATUS(expected, dam_delete_where(array, NULL, 0, NULL, &out.number, &out.number));
  ASSERT_STATUS(expected, dam_merge(array, array, 0, NULL, &out.number, NULL));
  ASSERT_STATUS(expected, dam_set_column(array, "text", 4, NULL, NULL, 0, 0, &out.number));
  ASSERT_STATUS(expected, dam_close(array));
}

static void snapshot_calls_answer(dam_snapshot* snapshot, dam_status expected) {
  struct outputs out;
  memset(&out, 0, sizeof out);
  ASSERT_STATUS(expected, dam_snapshot_count(snapshot, &out.number));
  ASSERT_STATUS(expected, dam_snapshot_revision(snapshot, &out.number));
  ASSERT_STATUS(expected, dam_snapshot_get(snapshot, "robin", 5, &out.data, &out.size));
  ASSERT_STATUS(expected, dam_snapshot_get_at(snapshot, 0, &out.data, &out.size));
  ASSERT_STATUS(expected, dam_snapshot_position(snapshot, "robin", 5, &out.number));
  ASSERT_STATUS(expected, dam_snapshot_id_at(snapshot, 0, NULL, 0, &out.size));
  ASSERT_STATUS(expected, dam_cursor_open(snapshot, 0, 1, 1, &out.cursor));
  ASSERT_STATUS(expected, dam_snapshot_copy_into(snapshot, 0, 1, 1, NULL, 0));
  ASSERT_STATUS(expected, dam_find(snapshot, NULL, NULL, 0, NULL, NULL, &out.results));
  ASSERT_STATUS(expected, dam_count_where(snapshot, NULL, NULL, 0, NULL, &out.number));
  ASSERT_STATUS(expected, dam_explain(snapshot, NULL, NULL, 0, NULL, &out.text, &out.size));
  ASSERT_STATUS(expected, dam_sample(snapshot, 0, 1, &out.results));
  ASSERT_STATUS(expected, dam_shuffle(snapshot, 1, &out.results));
  ASSERT_STATUS(expected, dam_sort(snapshot, "text", 4, 0, -1, &out.results));
  ASSERT_STATUS(expected, dam_split(snapshot, "text", 4, &out.results));
  ASSERT_STATUS(expected, dam_portions(snapshot, 1, 0, 0, &out.results));
  ASSERT_STATUS(expected, dam_select(snapshot, 0, 1, 1, "id", 2, &out.columns));
  ASSERT_STATUS(expected, dam_select_at(snapshot, NULL, 0, "id", 2, 0, &out.columns));
  ASSERT_STATUS(expected, dam_evaluate(snapshot, snapshot, 1, 0, &out.real, NULL));
  ASSERT_STATUS(expected, dam_traverse(snapshot, NULL, "c", 1, &out.traversal));
  ASSERT_STATUS(expected, dam_snapshot_release(snapshot));
}

static void traversal_calls_answer(dam_traversal* traversal, dam_status expected) {
  struct outputs out;
  memset(&out, 0, sizeof out);
  ASSERT_STATUS(expected, dam_traversal_next(traversal, &out.lent, NULL, NULL, NULL));
  ASSERT_STATUS(expected, dam_traversal_close(traversal));
  assert_null(out.lent);
}

static void cursor_calls_answer(dam_cursor* cursor, dam_status expected) {
  struct outputs out;
  memset(&out, 0, sizeof out);
  ASSERT_STATUS(expected, dam_cursor_next(cursor, &out.data, &out.size, &out.number));
  ASSERT_STATUS(expected, dam_cursor_read(cursor, NULL, 0, out.offsets, 3, &out.number));
  ASSERT_STATUS(expected, dam_cursor_close(cursor));
}

static void batch_calls_answer(dam_batch* batch, dam_status expected) {
  int64_t revision = -7;
  ASSERT_STATUS(expected, dam_batch_append(batch, bird.data, bird.size, 0));
  ASSERT_STATUS(expected, dam_batch_set(batch, "robin", 5, bird.data, bird.size, 0));
  ASSERT_STATUS(expected, dam_batch_set_at(batch, 0, bird.data, bird.size, 0));
  ASSERT_STATUS(expected, dam_batch_delete(batch, "robin", 5, 0));
  ASSERT_STATUS(expected, dam_batch_delete_at(batch, 0, 0));
  ASSERT_STATUS(expected, dam_batch_commit(batch, 0, &revision));
  ASSERT_STATUS(expected, dam_batch_discard(batch));
  assert_int_equal(revision, -7);
}

static void task_calls_answer(dam_task* task, dam_status expected) {
  int64_t done;
  int64_t total;
  ASSERT_STATUS(expected, dam_task_cancel(task));
  ASSERT_STATUS(expected, dam_task_progress(task, &done, &total));
  ASSERT_STATUS(expected, dam_task_release(task));
}

static void all_calls_answer(void* handle, dam_status expected) {
  array_calls_answer(handle, expected);
  snapshot_calls_answer(handle, expected);
  cursor_calls_answer(handle, expected);
  batch_calls_answer(handle, expected);
  task_calls_answer(handle, expected);
  traversal_calls_answer(handle, expected);
}

static void a_null_handle_is_refused_by_every_function(void** state) {
  (void)state;
  all_calls_answer(NULL, DAM_INVALID_ARGUMENT);
}

static void garbage_is_refused_by_every_function(void** state) {
  struct array_fixture* fixture = *state;
  const uintptr_t real = (uintptr_t)fixture->array;
  const uintptr_t kGarbage[] = {
      1,
      0x7fffffffffff,
      UINTPTR_MAX,
      (uintptr_t)&bird,
      real + 1,                       /* a generation not given out yet */
      real & ~(uintptr_t)0xffffffff,  /* generation 0, never given out */
      real + ((uintptr_t)1 << 32),    /* a neighbour that is free */
      real + ((uintptr_t)0xfff << 36) /* an index far away */
  };
  size_t i;
  for (i = 0; i < sizeof kGarbage / sizeof *kGarbage; ++i)
    array_calls_answer((dam_array*)kGarbage[i], DAM_INVALID_ARGUMENT);
  all_calls_answer((void*)&bird, DAM_INVALID_ARGUMENT);
}

static void a_handle_of_another_kind_is_refused(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_cursor* cursor = NULL;
  dam_batch* batch = NULL;
  dam_task* task = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_cursor_open(snapshot, 0, 1, 1, &cursor));
  ASSERT_STATUS(DAM_OK, dam_batch_begin(fixture->array, &batch));
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  array_calls_answer((dam_array*)(void*)snapshot, DAM_INVALID_ARGUMENT);
  array_calls_answer((dam_array*)(void*)task, DAM_INVALID_ARGUMENT);
  snapshot_calls_answer((dam_snapshot*)(void*)cursor, DAM_INVALID_ARGUMENT);
  cursor_calls_answer((dam_cursor*)(void*)batch, DAM_INVALID_ARGUMENT);
  batch_calls_answer((dam_batch*)(void*)fixture->array, DAM_INVALID_ARGUMENT);
  task_calls_answer((dam_task*)(void*)snapshot, DAM_INVALID_ARGUMENT);
  traversal_calls_answer((dam_traversal*)(void*)cursor, DAM_INVALID_ARGUMENT);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_verify(fixture->path, (dam_task*)(void*)batch, NULL, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_prune(fixture->array, NULL, (dam_task*)(void*)snapshot));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_backup(fixture->array, "nowhere", (dam_task*)(void*)snapshot));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_salvage(fixture->path, "nowhere", (dam_task*)(void*)batch,
                                                  NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  ASSERT_STATUS(DAM_OK, dam_batch_discard(batch));
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_closed_handle_answers_closed_to_every_function(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* const closed = fixture->array;
  dam_snapshot* snapshot = NULL;
  dam_cursor* cursor = NULL;
  dam_batch* batch = NULL;
  dam_task* task = NULL;
  dam_traversal* traversal = NULL;
  int round;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(closed, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_traverse(snapshot, NULL, "c", 1, &traversal));
  ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
  ASSERT_STATUS(DAM_OK, dam_cursor_open(snapshot, 0, 1, 1, &cursor));
  ASSERT_STATUS(DAM_OK, dam_batch_begin(closed, &batch));
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  ASSERT_STATUS(DAM_OK, dam_close(closed));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_OK, dam_cursor_close(cursor));
  ASSERT_STATUS(DAM_OK, dam_batch_discard(batch));
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  /* Places are given out again in between; the old handles stay closed. */
  for (round = 0; round < 100; ++round) {
    dam_task* another = NULL;
    array_calls_answer(closed, DAM_CLOSED);
    snapshot_calls_answer(snapshot, DAM_CLOSED);
    cursor_calls_answer(cursor, DAM_CLOSED);
    batch_calls_answer(batch, DAM_CLOSED);
    task_calls_answer(task, DAM_CLOSED);
    traversal_calls_answer(traversal, DAM_CLOSED);
    ASSERT_STATUS(DAM_OK, dam_task_create(&another));
    assert_true(another != task);
    ASSERT_STATUS(DAM_OK, dam_task_release(another));
  }
}

#define REFUSED(call) ASSERT_STATUS(DAM_INVALID_ARGUMENT, call)

static void writes_refuse_null(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = fixture->array;
  const int64_t offsets[] = {0, 8};
  dam_batch* batch = NULL;
  REFUSED(dam_append(array, NULL, 8, 0, NULL, NULL));
  REFUSED(dam_extend(array, NULL, offsets, 1, 0, NULL, NULL));
  REFUSED(dam_extend(array, bird.data, NULL, 1, 0, NULL, NULL));
  REFUSED(dam_set(array, NULL, 0, bird.data, bird.size, 0, 0, NULL));
  REFUSED(dam_set(array, "robin", 5, NULL, 8, 0, 0, NULL));
  REFUSED(dam_set_at(array, 0, NULL, 8, 0, 0, NULL));
  REFUSED(dam_patch(array, NULL, 0, "{}", 2, 0, 0, NULL));
  REFUSED(dam_patch(array, "robin", 5, NULL, 0, 0, 0, NULL));
  REFUSED(dam_delete(array, NULL, DAM_NUL_TERMINATED, 0, 0, NULL));
  REFUSED(dam_prune_ordered(array, NULL, 1, NULL, NULL));
  REFUSED(dam_prune_ordered(array, offsets, -1, NULL, NULL));
  REFUSED(dam_backup(array, NULL, NULL));
  REFUSED(dam_import(array, NULL, NULL, NULL, NULL, NULL, NULL));
  REFUSED(dam_batch_begin(array, NULL));
  ASSERT_STATUS(DAM_OK, dam_batch_begin(array, &batch));
  REFUSED(dam_batch_append(batch, NULL, 8, 0));
  REFUSED(dam_batch_set(batch, NULL, 5, bird.data, bird.size, 0));
  REFUSED(dam_batch_set(batch, "robin", 5, NULL, 8, 0));
  REFUSED(dam_batch_set_at(batch, 0, NULL, 8, 0));
  REFUSED(dam_batch_delete(batch, NULL, 5, 0));
  ASSERT_STATUS(DAM_OK, dam_batch_discard(batch));
}

static void reads_refuse_null(void** state) {
  struct array_fixture* fixture = *state;
  dam_array* array = fixture->array;
  struct outputs out;
  const int64_t offsets[] = {0, 5};
  append(array, "robin", "sings");
  REFUSED(dam_count(array, NULL));
  REFUSED(dam_contains(array, NULL, 5, &out.flag));
  REFUSED(dam_contains(array, "robin", 5, NULL));
  REFUSED(dam_get(array, NULL, 5, &out.document));
  REFUSED(dam_get(array, "robin", 5, NULL));
  REFUSED(dam_get_at(array, 0, NULL));
  REFUSED(dam_get_many(array, NULL, offsets, 1, &out.document));
  REFUSED(dam_get_many(array, "robin", NULL, 1, &out.document));
  REFUSED(dam_get_many(array, "robin", offsets, 1, NULL));
  REFUSED(dam_read_many(array, NULL, offsets, 1, &out.memory, &out.list));
  REFUSED(dam_read_many(array, "robin", NULL, 1, &out.memory, &out.list));
  REFUSED(dam_read_many(array, "robin", offsets, 1, NULL, &out.list));
  REFUSED(dam_read_many(array, "robin", offsets, 1, &out.memory, NULL));
  REFUSED(dam_read(array, NULL, 5, NULL, 0, &out.size));
  REFUSED(dam_read(array, "robin", 5, NULL, 8, &out.size));
  REFUSED(dam_read(array, "robin", 5, NULL, 0, NULL));
  REFUSED(dam_read_at(array, 0, NULL, 8, &out.size));
  REFUSED(dam_read_at(array, 0, NULL, 0, NULL));
  REFUSED(dam_position(array, NULL, 5, &out.number));
  REFUSED(dam_position(array, "robin", 5, NULL));
  REFUSED(dam_id_at(array, 0, NULL, 8, &out.size));
  REFUSED(dam_id_at(array, 0, NULL, 0, NULL));
  REFUSED(dam_ids(array, 0, 1, NULL, &out.list, &out.number));
  REFUSED(dam_ids(array, 0, 1, &out.text, NULL, &out.number));
  REFUSED(dam_ids(array, 0, 1, &out.text, &out.list, NULL));
  REFUSED(dam_revision(array, NULL, 5, &out.number));
  REFUSED(dam_revision(array, "robin", 5, NULL));
  REFUSED(dam_stat(array, DAM_STAT_DOCUMENTS, NULL));
  REFUSED(dam_path(array, NULL, &out.size));
  REFUSED(dam_path(array, &out.text, NULL));
  REFUSED(dam_seal(array, NULL, NULL, &out.size));
  REFUSED(dam_seal(array, NULL, &out.text, NULL));
}

static void snapshots_and_cursors_refuse_null(void** state) {
  struct array_fixture* fixture = *state;
  struct outputs out;
  append(fixture->array, "robin", "sings");
  REFUSED(dam_snapshot_open(fixture->array, NULL));
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &out.snapshot));
  REFUSED(dam_snapshot_count(out.snapshot, NULL));
  REFUSED(dam_snapshot_revision(out.snapshot, NULL));
  REFUSED(dam_snapshot_get(out.snapshot, NULL, 5, &out.data, &out.size));
  REFUSED(dam_snapshot_get(out.snapshot, "robin", 5, NULL, &out.size));
  REFUSED(dam_snapshot_get(out.snapshot, "robin", 5, &out.data, NULL));
  REFUSED(dam_snapshot_get_at(out.snapshot, 0, NULL, &out.size));
  REFUSED(dam_snapshot_get_at(out.snapshot, 0, &out.data, NULL));
  REFUSED(dam_snapshot_position(out.snapshot, NULL, 5, &out.number));
  REFUSED(dam_snapshot_position(out.snapshot, "robin", 5, NULL));
  REFUSED(dam_snapshot_id_at(out.snapshot, 0, NULL, 8, &out.size));
  REFUSED(dam_snapshot_id_at(out.snapshot, 0, NULL, 0, NULL));
  REFUSED(dam_cursor_open(out.snapshot, 0, 1, 1, NULL));
  ASSERT_STATUS(DAM_OK, dam_cursor_open(out.snapshot, 0, 1, 1, &out.cursor));
  REFUSED(dam_cursor_next(out.cursor, NULL, &out.size, NULL));
  REFUSED(dam_cursor_next(out.cursor, &out.data, NULL, NULL));
  REFUSED(dam_cursor_read(out.cursor, NULL, 8, out.offsets, 3, &out.number));
  REFUSED(dam_cursor_read(out.cursor, NULL, 0, NULL, 3, &out.number));
  REFUSED(dam_cursor_read(out.cursor, NULL, 0, out.offsets, 3, NULL));
  ASSERT_STATUS(DAM_OK, dam_cursor_close(out.cursor));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(out.snapshot));
}

static void queries_refuse_null(void** state) {
  struct array_fixture* fixture = *state;
  struct outputs out;
  append(fixture->array, "robin", "sings");
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &out.snapshot));
  REFUSED(dam_sample(out.snapshot, 1, 1, NULL));
  REFUSED(dam_shuffle(out.snapshot, 1, NULL));
  REFUSED(dam_sort(out.snapshot, NULL, 1, 0, -1, &out.results));
  REFUSED(dam_sort(out.snapshot, "text", 4, 0, -1, NULL));
  REFUSED(dam_split(out.snapshot, NULL, 1, &out.results));
  REFUSED(dam_split(out.snapshot, "text", 4, NULL));
  REFUSED(dam_portions(out.snapshot, 1, 0, 0, NULL));
  REFUSED(dam_select(out.snapshot, 0, 1, 1, NULL, 2, &out.columns));
  REFUSED(dam_select(out.snapshot, 0, 1, 1, "id", 2, NULL));
  REFUSED(dam_select_at(out.snapshot, NULL, 1, "id", 2, 0, &out.columns));
  REFUSED(dam_select_at(out.snapshot, NULL, 0, NULL, 2, 0, &out.columns));
  REFUSED(dam_select_at(out.snapshot, NULL, 0, "id", 2, 0, NULL));
  REFUSED(dam_results_select(NULL, "id", 2, 0, &out.columns));
  REFUSED(dam_evaluate(out.snapshot, out.snapshot, 1, 0, NULL, NULL));
  REFUSED(dam_evaluate(out.snapshot, NULL, 1, 0, &out.real, NULL));
  REFUSED(dam_traverse(out.snapshot, NULL, NULL, 1, &out.traversal));
  REFUSED(dam_traverse(out.snapshot, NULL, NULL, 0, &out.traversal));
  REFUSED(dam_traverse(out.snapshot, NULL, "c", 1, NULL));
  ASSERT_STATUS(DAM_OK, dam_traverse(out.snapshot, NULL, "r", 1, &out.traversal));
  REFUSED(dam_traversal_next(out.traversal, NULL, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_traversal_next(out.traversal, &out.lent, NULL, NULL, NULL));
  REFUSED(dam_document_keep(out.lent, NULL));
  REFUSED(dam_document_keep(NULL, &out.document));
  ASSERT_STATUS(DAM_OK, dam_traversal_close(out.traversal));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(out.snapshot));
}

static void everything_else_refuses_null(void** state) {
  struct outputs out;
  dam_task* task = NULL;
  dam_document* document = document_of("{}");
  (void)state;
  REFUSED(dam_options_create(NULL));
  REFUSED(dam_options_set(NULL, DAM_OPTION_CREATE, 0));
  REFUSED(dam_open(NULL, NULL, NULL));
  REFUSED(dam_open("nowhere", NULL, NULL));
  REFUSED(dam_verify(NULL, NULL, NULL, NULL));
  REFUSED(dam_salvage(NULL, "nowhere", NULL, NULL, NULL, NULL, NULL));
  REFUSED(dam_salvage("nowhere", NULL, NULL, NULL, NULL, NULL, NULL));
  REFUSED(dam_task_create(NULL));
  ASSERT_STATUS(DAM_OK, dam_task_create(&task));
  REFUSED(dam_task_progress(task, NULL, &out.number));
  REFUSED(dam_task_progress(task, &out.number, NULL));
  ASSERT_STATUS(DAM_OK, dam_task_release(task));
  REFUSED(dam_document_from_bytes(NULL, 8, &out.document));
  REFUSED(dam_document_from_bytes(bird.data, bird.size, NULL));
  REFUSED(dam_document_from_json(NULL, 2, 0, &out.document));
  REFUSED(dam_document_from_json("{}", 2, 0, NULL));
  REFUSED(dam_document_to_json(NULL, 0, &out.text, &out.size));
  REFUSED(dam_document_to_json(document, 0, NULL, &out.size));
  REFUSED(dam_document_to_json(document, 0, &out.text, NULL));
  REFUSED(dam_document_bytes(NULL, &out.data, &out.size));
  REFUSED(dam_document_bytes(document, NULL, &out.size));
  REFUSED(dam_document_bytes(document, &out.data, NULL));
  REFUSED(dam_document_id(NULL, &out.id, &out.size));
  REFUSED(dam_document_id(document, NULL, &out.size));
  REFUSED(dam_document_id(document, &out.id, NULL));
  REFUSED(dam_results_count(NULL, &out.number));
  REFUSED(dam_results_read(NULL, DAM_RESULTS_POSITION, &out.data, &out.size));
  REFUSED(dam_results_ids(NULL, &out.text, &out.list));
  dam_document_free(document);
}

#define MISUSE_TEST(test) cmocka_unit_test_setup_teardown(test, make_bird, free_bird)

int main(void) {
  const struct CMUnitTest tests[] = {
      MISUSE_TEST(a_null_handle_is_refused_by_every_function),
      MISUSE_TEST(garbage_is_refused_by_every_function),
      MISUSE_TEST(a_handle_of_another_kind_is_refused),
      MISUSE_TEST(a_closed_handle_answers_closed_to_every_function),
      MISUSE_TEST(writes_refuse_null),
      MISUSE_TEST(reads_refuse_null),
      MISUSE_TEST(snapshots_and_cursors_refuse_null),
      MISUSE_TEST(queries_refuse_null),
      MISUSE_TEST(everything_else_refuses_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
