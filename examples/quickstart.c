/* quickstart DIRECTORY: writes three birds into an array and reads one back. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "dam.h"

/* Leaves at the first failure; what was committed stays. */
static void check(dam_status status) {
  if (status == DAM_OK) return;
  fprintf(stderr, "%s: %s\n", dam_status_name(status), dam_last_error());
  exit(1);
}

static void add(dam_array* array, const char* json) {
  dam_document* document;
  const void* data;
  size_t size;
  check(dam_document_from_json(json, DAM_NUL_TERMINATED, 0, &document));
  check(dam_document_bytes(document, &data, &size));
  check(dam_append(array, data, size, DAM_UPSERT, NULL, NULL)); /* one commit */
  dam_document_free(document);
}

int main(int argument_count, char** arguments) {
  dam_array* array;
  dam_document* document;
  int64_t count;
  char* json;
  size_t size;
  if (argument_count != 2) return 2;
  check(dam_open(arguments[1], NULL, &array)); /* made when it is absent */
  add(array, "{\"id\":\"robin\",\"text\":\"sings\"}");
  add(array, "{\"id\":\"wren\",\"tags\":{\"grams\":9}}");
  add(array, "{\"id\":\"owl\",\"text\":\"hoots\"}");
  check(dam_sync(array)); /* from here on they survive a power loss */
  check(dam_count(array, &count));
  printf("%" PRId64 " birds\n", count);
  check(dam_get(array, "wren", DAM_NUL_TERMINATED, &document));
  check(dam_document_to_json(document, 0, &json, &size));
  printf("%.*s\n", (int)size, json);
  dam_free(json);
  dam_document_free(document);
  check(dam_close(array));
  return 0;
}
