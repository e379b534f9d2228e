// Values of documents by column: rows of slices, positions and answers, and as Arrow arrays.
#include "array_fixture.h"

#include <stdio.h>
#include <string.h>

static void append_json(dam_array* array, const char* json) {
  dam_document* document = document_of(json);
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

static int make_birds(void** state) {
  dam_array* array;
  if (open_array(state) != 0) return -1;
  array = ((struct array_fixture*)*state)->array;
  append_json(array,
              "{\"id\":\"robin\",\"text\":\"sings\",\"embedding\":[1,2],"
              "\"tags\":{\"n\":1,\"tame\":true,\"mix\":1}}");
  append_json(array, "{\"id\":\"wren\",\"tags\":{\"n\":2,\"mix\":\"a\",\"real\":0.5}}");
  append_json(array,
              "{\"id\":\"owl\",\"text\":\"hoots\",\"embedding\":[3,4],"
              "\"chunks\":[{\"id\":\"owlet\",\"text\":\"peeps\"}]}");
  return 0;
}

static dam_snapshot* snapshot_of(void** state) {
  dam_snapshot* snapshot = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(((struct array_fixture*)*state)->array, &snapshot));
  return snapshot;
}

static dam_columns* select_all(dam_snapshot* snapshot, const char* path) {
  dam_columns* columns = NULL;
  ASSERT_STATUS(DAM_OK, dam_select(snapshot, DAM_OMITTED, DAM_OMITTED, DAM_OMITTED, path,
                                   DAM_NUL_TERMINATED, &columns));
  return columns;
}

static int is_valid(const dam_columns* columns, int32_t column, int64_t row) {
  const void* bits;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_columns_read(columns, column, DAM_COLUMNS_VALIDITY, &bits, &size));
  assert_true(row / 8 < (int64_t)size);
  return ((const uint8_t*)bits)[row / 8] >> (row % 8) & 1;
}

/* The texts of a column, those that are missing as -, each with a space behind. */
static const char* texts_of(const dam_columns* columns, int32_t column) {
  static char texts[256];
  const void* offsets;
  const void* data;
  size_t offsets_size;
  size_t size;
  size_t i;
  ASSERT_STATUS(DAM_OK,
                dam_columns_read(columns, column, DAM_COLUMNS_OFFSETS, &offsets, &offsets_size));
  ASSERT_STATUS(DAM_OK, dam_columns_read(columns, column, DAM_COLUMNS_DATA, &data, &size));
  texts[0] = '\0';
  for (i = 0; i + 1 < offsets_size / 8; ++i) {
    const int64_t* ends = (const int64_t*)offsets + i;
    const int has_value = is_valid(columns, column, (int64_t)i);
    (void)snprintf(texts + strlen(texts), sizeof texts - strlen(texts), "%.*s ",
                   has_value ? (int)(ends[1] - ends[0]) : 1,
                   has_value ? (const char*)data + ends[0] : "-");
  }
  return texts;
}

static int32_t kind_of(const dam_columns* columns, int32_t column) {
  int32_t kind;
  int64_t width;
  const char* name;
  size_t name_size;
  ASSERT_STATUS(DAM_OK, dam_columns_describe(columns, column, &kind, &width, &name, &name_size));
  return kind;
}

static void a_column_is_what_its_values_are(void** state) {
  static const int32_t kinds[] = {DAM_COLUMN_STRING, DAM_COLUMN_INTEGER, DAM_COLUMN_BOOLEAN,
                                  DAM_COLUMN_JSON,   DAM_COLUMN_NUMBER,  DAM_COLUMN_FLOATS,
                                  DAM_COLUMN_EMPTY};
  dam_snapshot* snapshot = snapshot_of(state);
  dam_columns* columns =
      select_all(snapshot, "id,tags.n,tags.tame,tags.mix,tags.real,embedding,uri");
  const void* data;
  size_t size;
  int64_t count;
  int64_t rows;
  int32_t kind;
  int64_t width;
  const char* name;
  int32_t i;
  ASSERT_STATUS(DAM_OK, dam_columns_count(columns, &count, &rows));
  assert_int_equal(count, 7);
  assert_int_equal(rows, 3);
  for (i = 0; i < 7; ++i) assert_int_equal(kind_of(columns, i), kinds[i]);
  ASSERT_STATUS(DAM_OK, dam_columns_describe(columns, 5, &kind, &width, &name, &size));
  assert_int_equal(width, 2);
  assert_int_equal(size, 9);
  assert_string_equal(name, "embedding");
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_OK, dam_columns_read(columns, 5, DAM_COLUMNS_DATA, &data, &size));
  assert_int_equal(size, 24);
  assert_true(((const float*)data)[5] == 4.0f);
  assert_string_equal(texts_of(columns, 0), "robin wren owl ");
  assert_string_equal(texts_of(columns, 3), "1 \"a\" - ");
  dam_columns_free(columns);
}

static void a_slice_has_rows_of_its_documents(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_columns* columns = NULL;
  ASSERT_STATUS(DAM_OK, dam_select(snapshot, DAM_OMITTED, DAM_OMITTED, -2, "id", 2, &columns));
  assert_string_equal(texts_of(columns, 0), "owl robin ");
  dam_columns_free(columns);
  ASSERT_STATUS(DAM_OK, dam_select(snapshot, 1, 9, 1, "id,text", 7, &columns));
  assert_string_equal(texts_of(columns, 1), "- hoots ");
  dam_columns_free(columns);
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_select(snapshot, 0, 1, 0, "id", 2, &columns));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void positions_are_taken_as_often_as_they_are_named(void** state) {
  static const int64_t asked[] = {2, 0, -1};
  static const int64_t beyond[] = {3};
  dam_snapshot* snapshot = snapshot_of(state);
  dam_columns* columns = NULL;
  ASSERT_STATUS(DAM_OK, dam_select_at(snapshot, asked, 3, "id,tags.n", 9, 0, &columns));
  assert_string_equal(texts_of(columns, 0), "owl robin owl ");
  assert_int_equal(kind_of(columns, 1), DAM_COLUMN_INTEGER);
  dam_columns_free(columns);
  ASSERT_STATUS(DAM_OK,
                dam_select_at(snapshot, asked, 3, "id,tags.n", 9, DAM_SELECT_JSON, &columns));
  assert_string_equal(texts_of(columns, 0), "\"owl\" \"robin\" \"owl\" ");
  assert_string_equal(texts_of(columns, 1), "- 1 - ");
  dam_columns_free(columns);
  ASSERT_STATUS(DAM_OK, dam_select_at(snapshot, NULL, 0, "id", 2, 0, &columns));
  assert_int_equal(kind_of(columns, 0), DAM_COLUMN_EMPTY);
  dam_columns_free(columns);
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_select_at(snapshot, beyond, 1, "id", 2, 0, &columns));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void rows_of_results_are_what_was_found(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_results* results = NULL;
  dam_columns* columns = NULL;
  ASSERT_STATUS(DAM_OK, dam_sort(snapshot, "id", 2, 0, 2, &results));
  ASSERT_STATUS(DAM_OK, dam_results_select(results, "text", 4, 0, &columns));
  assert_string_equal(texts_of(columns, 0), "hoots sings ");
  dam_columns_free(columns);
  dam_results_free(results);
  ASSERT_STATUS(DAM_OK, dam_find(snapshot, NULL, "c", 1, NULL, NULL, &results));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  ASSERT_STATUS(DAM_OK, dam_results_select(results, "id,text", 7, DAM_SELECT_JSON, &columns));
  dam_results_free(results);
  assert_string_equal(texts_of(columns, 0), "\"owlet\" ");
  assert_string_equal(texts_of(columns, 1), "\"peeps\" ");
  dam_columns_free(columns);
}

/* Reads an exported batch by the specification alone. */
static void an_export_outlives_the_columns(void** state) {
  struct ArrowArray array;
  struct ArrowSchema schema;
  struct ArrowArray moved;
  dam_snapshot* snapshot = snapshot_of(state);
  dam_columns* columns = select_all(snapshot, "text,tags.n,embedding,tags.mix,uri");
  ASSERT_STATUS(DAM_OK, dam_columns_export(columns, &array, &schema));
  dam_columns_free(columns);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  assert_string_equal(schema.format, "+s");
  assert_int_equal(schema.n_children, 5);
  assert_int_equal(array.n_children, 5);
  assert_int_equal(array.length, 3);
  assert_string_equal(schema.children[0]->format, "U");
  assert_string_equal(schema.children[0]->name, "text");
  assert_true((schema.children[0]->flags & ARROW_FLAG_NULLABLE) != 0);
  assert_int_equal(array.children[0]->null_count, 1);
  assert_int_equal(array.children[0]->n_buffers, 3);
  assert_int_equal(((const int64_t*)array.children[0]->buffers[1])[3], 10);
  assert_memory_equal(array.children[0]->buffers[2], "singshoots", 10);
  assert_string_equal(schema.children[1]->format, "l");
  assert_int_equal(((const int64_t*)array.children[1]->buffers[1])[1], 2);
  assert_string_equal(schema.children[2]->format, "+w:2");
  assert_string_equal(schema.children[2]->children[0]->format, "f");
  assert_int_equal(array.children[2]->children[0]->length, 6);
  assert_true(((const float*)array.children[2]->children[0]->buffers[1])[1] == 2.0f);
  assert_memory_equal(schema.children[3]->metadata + 8, "ARROW:extension:name", 20);
  assert_string_equal(schema.children[4]->format, "n");
  assert_int_equal(array.children[4]->n_buffers, 0);
  moved = *array.children[1];
  array.children[1]->release = NULL;
  array.release(&array);
  schema.release(&schema);
  assert_null(array.release);
  assert_null(schema.release);
  assert_int_equal(((const int64_t*)moved.buffers[1])[0], 1);
  moved.release(&moved);
}

static void a_wrong_path_is_told(void** state) {
  dam_snapshot* snapshot = snapshot_of(state);
  dam_columns* columns = NULL;
  static const char* const wrong[] = {"", "id,", "nothing", "id,tags.\\x", "text.a"};
  size_t i;
  for (i = 0; i < sizeof wrong / sizeof *wrong; ++i)
    ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                  dam_select_at(snapshot, NULL, 0, wrong[i], DAM_NUL_TERMINATED, 0, &columns));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_select_at(snapshot, NULL, 0, "id", 2, 2, &columns));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_select_at(snapshot, NULL, -1, "id", 2, 0, &columns));
  assert_null(columns);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void columns_refuse_what_they_lack(void** state) {
  struct ArrowArray array;
  struct ArrowSchema schema;
  const void* data;
  size_t size;
  int32_t kind;
  int64_t number;
  const char* name;
  dam_snapshot* snapshot = snapshot_of(state);
  dam_columns* columns = select_all(snapshot, "tags.n");
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_columns_read(columns, 1, 1, &data, &size));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_columns_read(columns, -1, 1, &data, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_columns_read(columns, 0, DAM_COLUMNS_OFFSETS, &data, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_read(columns, 0, 0, &data, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_read(columns, 0, 3, NULL, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_read(columns, 0, 3, &data, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_read(NULL, 0, 3, &data, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_count(NULL, &number, &number));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_count(columns, NULL, &number));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_count(columns, &number, NULL));
  ASSERT_STATUS(DAM_OUT_OF_RANGE, dam_columns_describe(columns, 1, &kind, &number, &name, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_describe(NULL, 0, &kind, &number, &name, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_columns_describe(columns, 0, NULL, &number, &name, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_describe(columns, 0, &kind, NULL, &name, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_columns_describe(columns, 0, &kind, &number, NULL, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_columns_describe(columns, 0, &kind, &number, &name, NULL));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_export(NULL, &array, &schema));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_export(columns, NULL, &schema));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_columns_export(columns, &array, NULL));
  dam_columns_free(columns);
  dam_columns_free(NULL);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

#define SELECT_TEST(test) cmocka_unit_test_setup_teardown(test, make_birds, close_array)

int main(void) {
  const struct CMUnitTest tests[] = {
      SELECT_TEST(a_column_is_what_its_values_are),
      SELECT_TEST(a_slice_has_rows_of_its_documents),
      SELECT_TEST(positions_are_taken_as_often_as_they_are_named),
      SELECT_TEST(rows_of_results_are_what_was_found),
      SELECT_TEST(an_export_outlives_the_columns),
      SELECT_TEST(a_wrong_path_is_told),
      SELECT_TEST(columns_refuse_what_they_lack),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
