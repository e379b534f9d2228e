/*
 * read_array - what an array holds, by a C99 program that knows only dam.h.
 *
 *     read_array DIRECTORY
 *
 * Opens the array read-only, so a writer may go on meanwhile, and walks one snapshot of it. Prints
 * the number of documents, the first and the last id, and a digest (FNV-1a, 64 bits) of the bytes
 * of all documents in order: equal arrays have equal digests, on every machine.
 */
#include <inttypes.h>
#include <stdio.h>

#include "dam.h"

/* Longest id that libdam stores. */
#define MAX_ID_SIZE 65535

static uint64_t add_to_digest(uint64_t digest, const unsigned char* bytes, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    digest ^= bytes[i];
    digest *= UINT64_C(0x100000001b3);
  }
  return digest;
}

static dam_status open_for_reading(const char* path, dam_array** out_array) {
  dam_options* options = NULL;
  dam_status status = dam_options_create(&options);
  if (status == DAM_OK) status = dam_options_set(options, DAM_OPTION_READ_ONLY, 1);
  if (status == DAM_OK) status = dam_open(path, options, out_array);
  dam_options_free(options);
  return status;
}

static dam_status print_id(dam_snapshot* snapshot, const char* label, int64_t position) {
  static char id[MAX_ID_SIZE];
  size_t size = 0;
  dam_status status = dam_snapshot_id_at(snapshot, position, id, sizeof id, &size);
  if (status == DAM_OK) printf("%-10s %.*s\n", label, (int)size, id);
  return status;
}

static dam_status digest_documents(dam_snapshot* snapshot, uint64_t* out_digest) {
  dam_cursor* cursor = NULL;
  dam_status status = dam_cursor_open(snapshot, DAM_OMITTED, DAM_OMITTED, DAM_OMITTED, &cursor);
  uint64_t digest = UINT64_C(0xcbf29ce484222325);
  while (status == DAM_OK) {
    const void* data = NULL;
    size_t size = 0;
    status = dam_cursor_next(cursor, &data, &size, NULL);
    if (status == DAM_OK) digest = add_to_digest(digest, data, size);
  }
  /* The end of the walk. */
  if (status == DAM_NOT_FOUND && cursor != NULL) status = DAM_OK;
  *out_digest = digest;
  if (cursor != NULL) (void)dam_cursor_close(cursor);
  return status;
}

static dam_status describe(dam_snapshot* snapshot) {
  int64_t count = 0;
  uint64_t digest = 0;
  dam_status status = dam_snapshot_count(snapshot, &count);
  if (status != DAM_OK) return status;
  printf("%-10s %" PRId64 "\n", "documents", count);
  if (count > 0) status = print_id(snapshot, "first", 0);
  if (status == DAM_OK && count > 0) status = print_id(snapshot, "last", -1);
  if (status == DAM_OK) status = digest_documents(snapshot, &digest);
  if (status == DAM_OK) printf("%-10s %016" PRIx64 "\n", "digest", digest);
  return status;
}

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    fprintf(stderr, "usage: read_array DIRECTORY\n");
    return 2;
  }
  dam_array* array = NULL;
  dam_snapshot* snapshot = NULL;
  char failure[512] = "";
  dam_status status = open_for_reading(arguments[1], &array);
  if (status == DAM_OK) status = dam_snapshot_open(array, &snapshot);
  if (status == DAM_OK) status = describe(snapshot);
  /* Kept now: the next call of libdam replaces it. */
  if (status != DAM_OK) snprintf(failure, sizeof failure, "%s", dam_last_error());
  if (snapshot != NULL) (void)dam_snapshot_release(snapshot);
  if (array != NULL) (void)dam_close(array);
  if (status == DAM_OK) return 0;
  fprintf(stderr, "read_array: %s: %s\n", arguments[1], failure);
  return status == DAM_CORRUPT ? 3 : 4;
}
