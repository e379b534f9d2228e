// Traversals: what is lent, how long, and what children taken of it keep.
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

static void append_birds(dam_array* array) {
  append_json(array,
              "{\"id\":\"a\",\"chunks\":[{\"id\":\"b\",\"matches\":[{\"id\":\"c\"},{\"id\":\"d\"}]}"
              ",{\"id\":\"e\",\"text\":\"sings\",\"chunks\":[{\"id\":\"f\"}]}]}");
  append_json(array, "{\"id\":\"g\"}");
  append_json(array, "{\"id\":\"h\",\"chunks\":[{\"id\":\"i\"}],\"matches\":[{\"id\":\"j\"}]}");
}

static dam_traversal* traverse(dam_array* array, const char* paths) {
  dam_snapshot* snapshot = NULL;
  dam_traversal* traversal = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_traverse(snapshot, NULL, paths, DAM_NUL_TERMINATED, &traversal));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
  return traversal;
}

static char letter_of(const dam_document* document) {
  const char* id;
  size_t id_size;
  ASSERT_STATUS(DAM_OK, dam_document_id(document, &id, &id_size));
  assert_int_equal(id_size, 1);
  return *id;
}

static const dam_document* next_of(dam_traversal* traversal) {
  const dam_document* lent = NULL;
  ASSERT_STATUS(DAM_OK, dam_traversal_next(traversal, &lent, NULL, NULL, NULL));
  return lent;
}

static void paths_lead_to_documents_in_groups(void** state) {
  static const struct {
    const char* paths;
    const char* seen; /* id, position, group, path of each */
  } kCases[] = {
      {"r", "a000 g100 h200 "},
      {"c", "b000 e000 i220 "},
      {"m", "j220 "},
      {"cm", "c000 d000 "},
      {"cc", "f010 "},
      {"r,c,cc", "a000 g100 h200 b011 e011 i231 f052 "},
      {"mmm", ""},
  };
  struct array_fixture* fixture = *state;
  size_t i;
  append_birds(fixture->array);
  for (i = 0; i < sizeof kCases / sizeof *kCases; ++i) {
    dam_traversal* traversal = traverse(fixture->array, kCases[i].paths);
    char seen[128] = "";
    const dam_document* lent = NULL;
    int64_t position;
    int64_t group;
    int32_t path;
    while (dam_traversal_next(traversal, &lent, &position, &group, &path) == DAM_OK)
      (void)snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%c%d%d%d ", letter_of(lent),
                     (int)position, (int)group, (int)path);
    assert_string_equal(seen, kCases[i].seen);
    ASSERT_STATUS(DAM_NOT_FOUND, dam_traversal_next(traversal, &lent, NULL, NULL, NULL));
    assert_string_equal(dam_last_error(), "");
    ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
  }
}

static void a_path_that_is_none_is_refused_with_its_place(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_traversal* traversal = NULL;
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_traverse(snapshot, NULL, "c,rx", 4, &traversal));
  assert_string_equal(dam_last_error(),
                      "a letter other than r, c and m at place 4 of the traversal paths");
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_traverse(snapshot, NULL, "", 0, &traversal));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_traverse(snapshot, NULL, "c,", 2, &traversal));
  assert_null(traversal);
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void what_is_lent_is_read_like_any_document(void** state) {
  struct array_fixture* fixture = *state;
  dam_traversal* traversal;
  const dam_document* lent;
  const void* data;
  size_t size;
  const char* string;
  size_t string_size;
  int64_t count;
  append_birds(fixture->array);
  traversal = traverse(fixture->array, "c");
  (void)next_of(traversal);
  lent = next_of(traversal);
  ASSERT_STATUS(DAM_OK, dam_document_string(lent, DAM_FIELD_TEXT, &string, &string_size));
  assert_memory_equal(string, "sings", 5);
  ASSERT_STATUS(DAM_OK, dam_document_count(lent, DAM_FIELD_CHUNKS, &count));
  assert_int_equal(count, 1);
  ASSERT_STATUS(DAM_OK, dam_document_bytes(lent, &data, &size));
  assert_document_text(data, size, "sings");
  /* The bytes of one are not those of the next. */
  lent = next_of(traversal);
  ASSERT_STATUS(DAM_OK, dam_document_bytes(lent, &data, &size));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_document_string(lent, DAM_FIELD_CHUNKS, &string, &string_size));
  assert_int_equal(letter_of(lent), 'i');
  ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
}

static void the_array_itself_is_lent_in_its_own_bytes(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_traversal* traversal = NULL;
  const void* data[2];
  size_t size[2];
  append_birds(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_traverse(snapshot, NULL, "r", 1, &traversal));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(next_of(traversal), &data[0], &size[0]));
  ASSERT_STATUS(DAM_OK, dam_snapshot_get_at(snapshot, 0, &data[1], &size[1]));
  assert_ptr_equal(data[0], data[1]);
  assert_int_equal(size[0], size[1]);
  ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void a_filter_chooses_among_the_ends_of_paths(void** state) {
  struct array_fixture* fixture = *state;
  dam_snapshot* snapshot = NULL;
  dam_filter* filter = NULL;
  dam_traversal* traversal = NULL;
  const dam_document* lent = NULL;
  int64_t group = -1;
  append_birds(fixture->array);
  ASSERT_STATUS(DAM_OK, dam_snapshot_open(fixture->array, &snapshot));
  ASSERT_STATUS(DAM_OK, dam_filter_parse("{\"id\":{\"$in\":[\"e\",\"i\",\"h\"]}}",
                                         DAM_NUL_TERMINATED, &filter));
  ASSERT_STATUS(DAM_OK, dam_traverse(snapshot, filter, "c,r", 3, &traversal));
  dam_filter_free(filter);
  assert_int_equal(letter_of(next_of(traversal)), 'e');
  ASSERT_STATUS(DAM_OK, dam_traversal_next(traversal, &lent, NULL, &group, NULL));
  assert_int_equal(letter_of(lent), 'i');
  assert_int_equal(group, 2);
  assert_int_equal(letter_of(next_of(traversal)), 'h');
  ASSERT_STATUS(DAM_NOT_FOUND, dam_traversal_next(traversal, &lent, NULL, NULL, NULL));
  ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
  ASSERT_STATUS(DAM_OK, dam_snapshot_release(snapshot));
}

static void what_is_kept_outlives_traversal_and_array(void** state) {
  struct array_fixture* fixture = *state;
  dam_document* kept[3] = {NULL, NULL, NULL};
  dam_document* child = NULL;
  dam_traversal* traversal;
  const dam_document* lent = NULL;
  int i;
  append_birds(fixture->array);
  traversal = traverse(fixture->array, "c,r");
  for (i = 0; i < 3; ++i) ASSERT_STATUS(DAM_OK, dam_document_keep(next_of(traversal), &kept[i]));
  lent = next_of(traversal);
  ASSERT_STATUS(DAM_OK, dam_document_child(lent, DAM_FIELD_CHUNKS, -1, &child));
  ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
  ASSERT_STATUS(DAM_OK, dam_close(fixture->array));
  assert_int_equal(letter_of(kept[0]), 'b');
  assert_int_equal(letter_of(kept[1]), 'e');
  assert_int_equal(letter_of(kept[2]), 'i');
  assert_int_equal(letter_of(child), 'e');
  for (i = 0; i < 3; ++i) dam_document_free(kept[i]);
  dam_document_free(child);
}

static void a_document_of_the_array_is_kept_whole(void** state) {
  struct array_fixture* fixture = *state;
  dam_traversal* traversal;
  dam_document* kept = NULL;
  const void* lent_data;
  const void* data;
  size_t size;
  append_birds(fixture->array);
  traversal = traverse(fixture->array, "r");
  ASSERT_STATUS(DAM_OK, dam_document_keep(next_of(traversal), &kept));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(kept, &lent_data, &size));
  (void)next_of(traversal);
  ASSERT_STATUS(DAM_OK, dam_document_bytes(kept, &data, &size));
  assert_ptr_equal(data, lent_data);
  assert_int_equal(letter_of(kept), 'a');
  ASSERT_STATUS(DAM_OK, dam_traversal_close(traversal));
  dam_document_free(kept);
}

static void any_document_is_kept_by_a_handle_of_its_own(void** state) {
  dam_document* document = document_of("{\"id\":\"a\",\"text\":\"sings\"}");
  dam_document* kept = NULL;
  (void)state;
  ASSERT_STATUS(DAM_OK, dam_document_keep(document, &kept));
  dam_document_free(document);
  assert_int_equal(letter_of(kept), 'a');
  dam_document_free(kept);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      ARRAY_TEST(paths_lead_to_documents_in_groups),
      ARRAY_TEST(a_path_that_is_none_is_refused_with_its_place),
      ARRAY_TEST(what_is_lent_is_read_like_any_document),
      ARRAY_TEST(the_array_itself_is_lent_in_its_own_bytes),
      ARRAY_TEST(a_filter_chooses_among_the_ends_of_paths),
      ARRAY_TEST(what_is_kept_outlives_traversal_and_array),
      ARRAY_TEST(a_document_of_the_array_is_kept_whole),
      cmocka_unit_test(any_document_is_kept_by_a_handle_of_its_own),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
