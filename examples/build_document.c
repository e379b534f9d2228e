/* build_document FILE: makes a document field by field, writes its bytes and prints its JSON. */
#include <stdio.h>
#include <stdlib.h>

#include "dam.h"

static void check(dam_status status) {
  if (status == DAM_OK) return;
  fprintf(stderr, "%s: %s\n", dam_status_name(status), dam_last_error());
  exit(1);
}

/* Wings, a part of the bird: a document like any other. */
static dam_document* make_wings(void) {
  dam_builder* builder;
  dam_document* wings;
  check(dam_builder_create(NULL, &builder));
  check(dam_builder_set_string(builder, DAM_FIELD_ID, "wings", DAM_NUL_TERMINATED));
  check(dam_builder_set_tag_integer(builder, "count", DAM_NUL_TERMINATED, 2));
  check(dam_builder_finish(builder, &wings));
  check(dam_builder_discard(builder));
  return wings;
}

static dam_document* make_robin(void) {
  static const float embedding[] = {0.5F, -1, 2};
  dam_builder* builder;
  dam_document* robin;
  dam_document* wings = make_wings();
  check(dam_builder_create(NULL, &builder)); /* a document in place of NULL: its copy, to change */
  check(dam_builder_set_string(builder, DAM_FIELD_ID, "robin", DAM_NUL_TERMINATED));
  check(dam_builder_set_string(builder, DAM_FIELD_TEXT, "sings", DAM_NUL_TERMINATED));
  check(dam_builder_set_tag_integer(builder, "size.grams", DAM_NUL_TERMINATED, 18));
  check(dam_builder_set_tag_number(builder, "size.span", DAM_NUL_TERMINATED, 0.21));
  check(dam_builder_set_floats(builder, DAM_FIELD_EMBEDDING, embedding, 3));
  check(dam_builder_add_child(builder, DAM_FIELD_CHUNKS, wings)); /* takes its level from robin */
  check(dam_builder_finish(builder, &robin));
  check(dam_builder_discard(builder));
  dam_document_free(wings);
  return robin;
}

static void write_bytes(const dam_document* document, const char* path) {
  const void* data;
  size_t size;
  FILE* file = fopen(path, "wb");
  check(dam_document_bytes(document, &data, &size)); /* what dam_append takes */
  if (file == NULL || fwrite(data, 1, size, file) != size || fclose(file) != 0) {
    perror(path);
    exit(1);
  }
}

int main(int argument_count, char** arguments) {
  dam_document* robin;
  dam_document* patched;
  int64_t grams;
  char* json;
  size_t size;
  if (argument_count != 2) return 2;
  robin = make_robin();
  write_bytes(robin, arguments[1]);
  check(dam_document_tag(robin, "size.grams", DAM_NUL_TERMINATED, NULL, &grams, NULL, NULL, NULL));
  printf("%d grams\n", (int)grams);
  check(dam_document_patch(robin, "{\"embedding\":null,\"tags\":{\"size\":{\"grams\":19}}}",
                           DAM_NUL_TERMINATED, &patched));
  check(dam_document_to_json(patched, 0, &json, &size));
  printf("%.*s\n", (int)size, json);
  dam_free(json);
  dam_document_free(patched);
  dam_document_free(robin);
  return 0;
}
