#define _XOPEN_SOURCE 700
#include "array_fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int make_directory(void** state) {
  struct array_fixture* fixture = calloc(1, sizeof *fixture);
  const char* base = getenv("TMPDIR");
  if (fixture == NULL) return -1;
  snprintf(fixture->directory, sizeof fixture->directory, "%s/dam-api-XXXXXX",
           base != NULL ? base : "/tmp");
  if (mkdtemp(fixture->directory) == NULL) return -1;
  snprintf(fixture->path, sizeof fixture->path, "%s/array", fixture->directory);
  *state = fixture;
  return 0;
}

int open_array(void** state) {
  struct array_fixture* fixture;
  if (make_directory(state) != 0) return -1;
  fixture = *state;
  return dam_open(fixture->path, NULL, &fixture->array) == DAM_OK ? 0 : -1;
}

static int remove_entry(const char* path, const struct stat* status, int type, struct FTW* walk) {
  (void)status;
  (void)type;
  (void)walk;
  return remove(path);
}

int remove_directory(void** state) {
  struct array_fixture* fixture = *state;
  const int failed = nftw(fixture->directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
  free(fixture);
  return failed;
}

int close_array(void** state) {
  struct array_fixture* fixture = *state;
  char* report = NULL;
  size_t report_size = 0;
  dam_status verdict;
  const dam_status closed = dam_close(fixture->array);
  if (closed != DAM_OK && closed != DAM_CLOSED) {
    print_error("dam_close: %s: %s\n", dam_status_name(closed), dam_last_error());
    return -1;
  }
  verdict = dam_verify(fixture->path, NULL, &report, &report_size);
  if (verdict != DAM_OK || report_size != 0) {
    print_error("dam_verify: %s: %s\n", dam_status_name(verdict), report ? report : "");
    return -1;
  }
  dam_free(report);
  return remove_directory(state);
}

int is_status(dam_status expected, dam_status actual, const char* call) {
  if (expected == actual) return 1;
  print_error("%s answers %s (%s), not %s\n", call, dam_status_name(actual), dam_last_error(),
              dam_status_name(expected));
  return 0;
}

dam_document* document_of(const char* json) {
  dam_document* document = NULL;
  ASSERT_STATUS(DAM_OK, dam_document_from_json(json, DAM_NUL_TERMINATED, 0, &document));
  return document;
}

static dam_document* make_document(const char* id, const char* text) {
  char json[512];
  snprintf(json, sizeof json, "{\"id\":\"%s\",\"text\":\"%s\"}", id, text);
  return document_of(json);
}

void append(dam_array* array, const char* id, const char* text) {
  dam_document* document = make_document(id, text);
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  ASSERT_STATUS(DAM_OK, dam_append(array, data, size, 0, NULL, NULL));
  dam_document_free(document);
}

void append_letters(dam_array* array, const char* ids) {
  for (; *ids != '\0'; ++ids) {
    const char id[2] = {*ids, '\0'};
    append(array, id, id);
  }
}

void* make_bytes(const char* id, const char* text, size_t* out_size) {
  dam_document* document = make_document(id, text);
  const void* data;
  void* copy;
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, out_size));
  copy = malloc(*out_size);
  assert_non_null(copy);
  memcpy(copy, data, *out_size);
  dam_document_free(document);
  return copy;
}

const char* joined_ids(dam_array* array) {
  static char joined[4096];
  char* ids;
  int64_t* offsets;
  int64_t count;
  ASSERT_STATUS(DAM_OK, dam_ids(array, 0, INT64_MAX, &ids, &offsets, &count));
  assert_true(offsets[count] < (int64_t)sizeof joined);
  memcpy(joined, ids, (size_t)offsets[count]);
  joined[offsets[count]] = '\0';
  dam_free(ids);
  dam_free(offsets);
  return joined;
}

void assert_document_text(const void* data, size_t size, const char* text) {
  char wanted[512];
  char* json;
  size_t json_size;
  dam_document* document = NULL;
  ASSERT_STATUS(DAM_OK, dam_document_from_bytes(data, size, &document));
  ASSERT_STATUS(DAM_OK, dam_document_to_json(document, 0, &json, &json_size));
  snprintf(wanted, sizeof wanted, "\"text\":\"%s\"", text);
  if (strstr(json, wanted) == NULL) fail_msg("%s has no %s", json, wanted);
  assert_int_equal(strlen(json), json_size);
  dam_free(json);
  dam_document_free(document);
}

void assert_text(dam_array* array, const char* id, const char* text) {
  dam_document* document = NULL;
  const void* data;
  size_t size;
  ASSERT_STATUS(DAM_OK, dam_get(array, id, DAM_NUL_TERMINATED, &document));
  ASSERT_STATUS(DAM_OK, dam_document_bytes(document, &data, &size));
  assert_document_text(data, size, text);
  dam_document_free(document);
}
