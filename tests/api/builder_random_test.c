// Random documents from a fixed seed, made by a builder: the way through JSON, and the way through
// every accessor into another builder, lead to an equal document.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array_fixture.h"

static uint64_t draw_state;

static uint32_t draw(uint32_t limit) {
  draw_state = draw_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(draw_state >> 33) % limit;
}

static size_t draw_text(char* text) {
  static const char* const kPieces[] = {"a", "\xc3\xbc", "\xe2\x82\xac", "zz", " ", "\"", "\n"};
  size_t size = 0;
  uint32_t pieces = draw(6);
  while (pieces-- > 0) {
    const char* piece = kPieces[draw(7)];
    memcpy(text + size, piece, strlen(piece));
    size += strlen(piece);
  }
  return size;
}

static void set_random_strings(dam_builder* builder) {
  static const int32_t kFields[] = {DAM_FIELD_ID,        DAM_FIELD_TEXT,     DAM_FIELD_URI,
                                    DAM_FIELD_MIME_TYPE, DAM_FIELD_MODALITY, DAM_FIELD_LEVEL_NAME,
                                    DAM_FIELD_PARENT_ID};
  char text[64];
  size_t i;
  for (i = 0; i < sizeof kFields / sizeof *kFields; ++i) {
    const size_t size = draw_text(text);
    const int needs_text = kFields[i] == DAM_FIELD_ID || kFields[i] == DAM_FIELD_PARENT_ID;
    if (draw(2) != 0 || (needs_text && size == 0)) continue;
    ASSERT_STATUS(DAM_OK, dam_builder_set_string(builder, kFields[i], text, size));
  }
}

static void set_random_numbers(dam_builder* builder) {
  static const int32_t kFields[] = {DAM_FIELD_GRANULARITY, DAM_FIELD_ADJACENCY, DAM_FIELD_OFFSET,
                                    DAM_FIELD_SIBLINGS};
  float location[3];
  size_t i;
  for (i = 0; i < 4; ++i) {
    if (draw(2) == 0)
      ASSERT_STATUS(DAM_OK, dam_builder_set_integer(builder, kFields[i], draw(UINT32_MAX)));
  }
  for (i = 0; i < 3; ++i) location[i] = (float)draw(1000) / 7;
  if (draw(2) == 0)
    ASSERT_STATUS(DAM_OK, dam_builder_set_number(builder, DAM_FIELD_WEIGHT, draw(1000) / 9.0));
  if (draw(2) == 0)
    ASSERT_STATUS(DAM_OK, dam_builder_set_floats(builder, DAM_FIELD_LOCATION, location, draw(4)));
  if (draw(2) == 0)
    ASSERT_STATUS(DAM_OK, dam_builder_set_buffer(builder, DAM_FIELD_META_INFO, location, draw(9)));
}

static void set_random_tensor(dam_builder* builder, int32_t field) {
  static const size_t kItemSizes[] = {4, 8, 2, 2, 1, 1, 2, 2, 4, 4, 8, 8, 1};
  const uint32_t shape[] = {1 + draw(3), 1 + draw(4)};
  const uint32_t indices[] = {0, 0, shape[0] - 1, shape[1] - 1};
  const int32_t dtype = (int32_t)draw(13);
  const size_t size = kItemSizes[dtype];
  unsigned char data[96];
  size_t i;
  for (i = 0; i < sizeof data; ++i) data[i] = (unsigned char)draw(2);
  if (shape[0] * shape[1] > 1 && draw(2) == 0) {
    ASSERT_STATUS(DAM_OK, dam_builder_set_tensor(builder, field, dtype, shape, 2, data, 2 * size));
    ASSERT_STATUS(DAM_OK, dam_builder_set_sparse(builder, field, 1 + (int32_t)draw(4), indices, 4));
  } else {
    ASSERT_STATUS(DAM_OK, dam_builder_set_tensor(builder, field, dtype, shape, 2, data,
                                                 shape[0] * shape[1] * size));
  }
  if (dtype == DAM_DTYPE_I8)
    ASSERT_STATUS(DAM_OK, dam_builder_set_quantization(builder, field, draw(99) / 8.0,
                                                       (int32_t)draw(256) - 128));
}

static void set_random_tags(dam_builder* builder) {
  static const char* const kPaths[] = {"a", "b.c", "b.d.e", "f\\.g", "h", "i.\\\\", "l.0.x"};
  static const int32_t kConstants[] = {DAM_TAG_NULL, DAM_TAG_FALSE, DAM_TAG_TRUE, DAM_TAG_MAP};
  char text[64];
  uint32_t count = draw(6);
  while (count-- > 0) {
    const char* path = kPaths[draw(7)];
    const size_t size = strlen(path);
    switch (draw(5)) {
      case 0:
        (void)dam_builder_set_tag(builder, path, size, kConstants[draw(4)]);
        break;
      case 1:
        (void)dam_builder_set_tag_integer(builder, path, size, (int64_t)draw_state);
        break;
      case 2:
        (void)dam_builder_set_tag_number(builder, path, size, draw(99) / 4.0);
        break;
      case 3:
        (void)dam_builder_set_tag_string(builder, path, size, text, draw_text(text));
        break;
      default:
        (void)dam_builder_set_tag_buffer(builder, path, size, path, size);
        break;
    }
  }
  if (draw(3) == 0) (void)dam_builder_set_tag(builder, "list", 4, DAM_TAG_LIST);
  if (draw(3) == 0) (void)dam_builder_set_tag_integer(builder, "list.0", 6, 1);
}

static void set_random_scores(dam_builder* builder, int32_t field) {
  if (draw(2) == 0) return;
  ASSERT_STATUS(DAM_OK, dam_builder_set_score(builder, field, "s", 1, draw(99) / 8.0));
  if (draw(2) == 0) ASSERT_STATUS(DAM_OK, dam_builder_set_score(builder, field, "s.0", 3, 1));
  if (draw(2) == 0)
    ASSERT_STATUS(DAM_OK, dam_builder_set_score_string(builder, field, draw(2) == 0 ? "t" : "u", 1,
                                                       1 + (int32_t)draw(3), "x", 1));
}

static dam_document* random_document(int depth) {
  dam_builder* builder = NULL;
  dam_document* document = NULL;
  uint32_t children = depth == 0 ? 0 : draw(3);
  ASSERT_STATUS(DAM_OK, dam_builder_create(NULL, &builder));
  set_random_strings(builder);
  set_random_numbers(builder);
  set_random_tags(builder);
  set_random_scores(builder, DAM_FIELD_SCORES);
  set_random_scores(builder, DAM_FIELD_EVALUATIONS);
  if (draw(2) == 0) set_random_tensor(builder, DAM_FIELD_EMBEDDING);
  if (draw(4) == 0) set_random_tensor(builder, DAM_FIELD_BLOB);
  if (draw(4) == 0)
    ASSERT_STATUS(DAM_OK, dam_builder_set_buffer(builder, DAM_FIELD_BUFFER, "\0\1", draw(3)));
  while (children-- > 0) {
    dam_document* child = random_document(depth - 1);
    const int32_t field = draw(2) == 0 ? DAM_FIELD_CHUNKS : DAM_FIELD_MATCHES;
    ASSERT_STATUS(DAM_OK, dam_builder_add_child(builder, field, child));
    dam_document_free(child);
  }
  ASSERT_STATUS(DAM_OK, dam_builder_finish(builder, &document));
  ASSERT_STATUS(DAM_OK, dam_builder_discard(builder));
  return document;
}

static void copy_tensor(const dam_document* from, dam_builder* to, int32_t field) {
  int32_t dtype = 0;
  int32_t format = 0;
  int32_t zero_point = 0;
  const uint32_t* shape = NULL;
  const uint32_t* indices = NULL;
  int64_t dimensions = 0;
  int64_t count = 0;
  const void* data = NULL;
  size_t size = 0;
  double scale = 0;
  if (dam_document_tensor(from, field, &dtype, &shape, &dimensions, &data, &size) != DAM_OK) return;
  ASSERT_STATUS(DAM_OK, dam_builder_set_tensor(to, field, dtype, shape, dimensions, data, size));
  if (dam_document_sparse(from, field, &format, &indices, &count) == DAM_OK)
    ASSERT_STATUS(DAM_OK, dam_builder_set_sparse(to, field, format, indices, count));
  if (dam_document_quantization(from, field, &scale, &zero_point) == DAM_OK)
    ASSERT_STATUS(DAM_OK, dam_builder_set_quantization(to, field, scale, zero_point));
}

static void copy_plain_fields(const dam_document* from, dam_builder* to) {
  int32_t field;
  for (field = DAM_FIELD_ID; field <= DAM_FIELD_META_INFO; ++field) {
    const char* text;
    const void* data;
    size_t size;
    double number;
    if (dam_document_string(from, field, &text, &size) == DAM_OK)
      ASSERT_STATUS(DAM_OK, dam_builder_set_string(to, field, text, size));
    if (dam_document_buffer(from, field, &data, &size) == DAM_OK)
      ASSERT_STATUS(DAM_OK, dam_builder_set_buffer(to, field, data, size));
    if (dam_document_number(from, field, &number) == DAM_OK)
      ASSERT_STATUS(DAM_OK, dam_builder_set_number(to, field, number));
  }
}

static void copy_location(const dam_document* from, dam_builder* to) {
  float numbers[8];
  int64_t count = 0;
  if (dam_document_floats(from, DAM_FIELD_LOCATION, numbers, 8, &count) == DAM_OK)
    ASSERT_STATUS(DAM_OK, dam_builder_set_floats(to, DAM_FIELD_LOCATION, numbers, count));
}

/* Walks one level and descends by paths, which are built as the walk goes. */
struct tag_path {
  char text[256];
  size_t size;
};

static void append_part(struct tag_path* path, const char* key, size_t key_size) {
  size_t i;
  if (path->size > 0) path->text[path->size++] = '.';
  for (i = 0; i < key_size; ++i) {
    if (key[i] == '.' || key[i] == '\\') path->text[path->size++] = '\\';
    path->text[path->size++] = key[i];
  }
}

static void copy_tags(const dam_document* from, dam_builder* to, const struct tag_path* around) {
  dam_tags* tags = NULL;
  int32_t kind;
  int64_t integer;
  double number;
  const void* data;
  size_t size;
  int64_t element = 0;
  if (dam_tags_open(from, around->text, around->size, &tags) != DAM_OK) return;
  while (dam_tags_next(tags, &kind, &integer, &number, &data, &size) == DAM_OK) {
    struct tag_path path = *around;
    const char* key;
    size_t key_size;
    int32_t depth;
    char index[24];
    ASSERT_STATUS(DAM_OK, dam_tags_key(tags, &depth, &key, &key_size));
    if (depth > 0) continue;
    if (key == NULL) {
      (void)snprintf(index, sizeof index, "%d", (int)element++);
      key = index;
      key_size = strlen(index);
    }
    append_part(&path, key, key_size);
    if (kind == DAM_TAG_INTEGER)
      ASSERT_STATUS(DAM_OK, dam_builder_set_tag_integer(to, path.text, path.size, integer));
    else if (kind == DAM_TAG_NUMBER)
      ASSERT_STATUS(DAM_OK, dam_builder_set_tag_number(to, path.text, path.size, number));
    else if (kind == DAM_TAG_STRING)
      ASSERT_STATUS(DAM_OK, dam_builder_set_tag_string(to, path.text, path.size, data, size));
    else if (kind == DAM_TAG_BYTES)
      ASSERT_STATUS(DAM_OK, dam_builder_set_tag_buffer(to, path.text, path.size, data, size));
    else
      ASSERT_STATUS(DAM_OK, dam_builder_set_tag(to, path.text, path.size, kind));
    if (kind == DAM_TAG_LIST || kind == DAM_TAG_MAP) copy_tags(from, to, &path);
  }
  ASSERT_STATUS(DAM_OK, dam_tags_close(tags));
}

static void copy_score(const dam_document* from, dam_builder* to, int32_t field, const char* path) {
  double number = 0;
  int64_t operands = 0;
  int32_t part;
  int i;
  ASSERT_STATUS(DAM_OK,
                dam_document_score(from, field, path, DAM_NUL_TERMINATED, &number, &operands));
  ASSERT_STATUS(DAM_OK, dam_builder_set_score(to, field, path, DAM_NUL_TERMINATED, number));
  for (part = DAM_SCORE_OP_NAME; part <= DAM_SCORE_REF_ID; ++part) {
    const char* text;
    size_t size;
    if (dam_document_score_string(from, field, path, DAM_NUL_TERMINATED, part, &text, &size) ==
        DAM_OK)
      ASSERT_STATUS(DAM_OK, dam_builder_set_score_string(to, field, path, DAM_NUL_TERMINATED, part,
                                                         text, size));
  }
  for (i = 0; i < operands; ++i) {
    char below[64];
    (void)snprintf(below, sizeof below, "%s.%d", path, i);
    copy_score(from, to, field, below);
  }
}

static void copy_scores(const dam_document* from, dam_builder* to, int32_t field) {
  int64_t count = 0;
  int64_t i;
  if (dam_document_count(from, field, &count) != DAM_OK) return;
  for (i = 0; i < count; ++i) {
    const char* text;
    size_t size;
    char name[16];
    ASSERT_STATUS(DAM_OK, dam_document_score_name(from, field, i, &text, &size));
    (void)snprintf(name, sizeof name, "%.*s", (int)size, text);
    copy_score(from, to, field, name);
  }
}

static void copy_children(const dam_document* from, dam_builder* to, int32_t field) {
  int64_t count = 0;
  int64_t i;
  if (dam_document_count(from, field, &count) != DAM_OK) return;
  for (i = 0; i < count; ++i) {
    dam_document* child = NULL;
    ASSERT_STATUS(DAM_OK, dam_document_child(from, field, i, &child));
    ASSERT_STATUS(DAM_OK, dam_builder_add_child(to, field, child));
    dam_document_free(child);
  }
}

static dam_document* rebuilt(const dam_document* from) {
  const struct tag_path root = {"", 0};
  dam_builder* to = NULL;
  dam_document* copy = NULL;
  ASSERT_STATUS(DAM_OK, dam_builder_create(NULL, &to));
  copy_plain_fields(from, to);
  copy_location(from, to);
  copy_tensor(from, to, DAM_FIELD_EMBEDDING);
  copy_tensor(from, to, DAM_FIELD_BLOB);
  copy_tags(from, to, &root);
  copy_scores(from, to, DAM_FIELD_SCORES);
  copy_scores(from, to, DAM_FIELD_EVALUATIONS);
  copy_children(from, to, DAM_FIELD_CHUNKS);
  copy_children(from, to, DAM_FIELD_MATCHES);
  ASSERT_STATUS(DAM_OK, dam_builder_finish(to, &copy));
  ASSERT_STATUS(DAM_OK, dam_builder_discard(to));
  return copy;
}

static void assert_equal(const dam_document* a, const dam_document* b, int round) {
  int32_t equal = 0;
  int64_t hash_a = 0;
  int64_t hash_b = 1;
  ASSERT_STATUS(DAM_OK, dam_document_equal(a, b, &equal));
  ASSERT_STATUS(DAM_OK, dam_document_hash(a, &hash_a));
  ASSERT_STATUS(DAM_OK, dam_document_hash(b, &hash_b));
  if (equal != 1 || hash_a != hash_b) fail_msg("round %d differs", round);
}

static void random_documents_survive_every_way(void** state) {
  int round;
  (void)state;
  draw_state = 20240229;
  for (round = 0; round < 500; ++round) {
    dam_document* document = random_document(2);
    dam_document* parsed = NULL;
    dam_document* copy = rebuilt(document);
    char* json = NULL;
    size_t size = 0;
    ASSERT_STATUS(DAM_OK, dam_document_to_json(document, 0, &json, &size));
    ASSERT_STATUS(DAM_OK, dam_document_from_json(json, size, 0, &parsed));
    assert_equal(document, parsed, round);
    assert_equal(document, copy, round);
    dam_free(json);
    dam_document_free(parsed);
    dam_document_free(copy);
    dam_document_free(document);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_documents_survive_every_way),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
