/*
 * relay DIRECTORY LIBRARY - one leg of a relay of five languages, as a host of libdam's plugin.
 *
 * Reads the whole array in DIRECTORY, adds two documents as one commit, and reads it again; prints
 * how many documents there were before and after, each time with a digest. Relay.java, relay.go and
 * relay.mjs do the same, so that each finds what the one before left. The digest is FNV-1a of 64
 * bits over each document in order: its id, then its content hash (dam_document_hash) as 8 bytes,
 * the lowest first. LIBRARY is loaded by dlopen; nothing else of libdam is linked.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dam.h"

typedef const dam_api* (*api_function)(int32_t abi_version);

static const dam_api* api;

static void fail(const char* fact, const char* text) {
  fprintf(stderr, "relay: %s: %s\n", fact, text);
  exit(1);
}

static void check(const char* what, dam_status status) {
  if (status != DAM_OK) fail(what, api->dam_last_error());
}

static void load(const char* path) {
  void* const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void* const symbol = library == NULL ? NULL : dlsym(library, "dam_get_api");
  api_function get_api;
  if (symbol == NULL) fail("cannot be loaded", dlerror());
  /* ISO C has no cast from an object to a function. */
  memcpy((void*)&get_api, (const void*)&symbol, sizeof get_api);
  api = get_api(DAM_ABI_VERSION);
  if (api == NULL) fail(path, "it has another ABI");
}

static uint64_t add_bytes(uint64_t digest, const char* bytes, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    digest ^= (unsigned char)bytes[i];
    digest *= UINT64_C(0x100000001b3);
  }
  return digest;
}

static uint64_t add_document(uint64_t digest, const void* data, size_t size) {
  dam_document* document;
  const char* id;
  size_t id_size;
  int64_t hash;
  check("a document", api->dam_document_from_bytes(data, size, &document));
  check("an id", api->dam_document_id(document, &id, &id_size));
  check("a hash", api->dam_document_hash(document, &hash));
  digest = add_bytes(digest, id, id_size);
  for (int shift = 0; shift < 64; shift += 8) {
    const char byte = (char)((uint64_t)hash >> shift & 0xff);
    digest = add_bytes(digest, &byte, 1);
  }
  api->dam_document_free(document);
  return digest;
}

static void print_digest(dam_array* array, const char* label) {
  dam_snapshot* snapshot;
  dam_cursor* cursor;
  const void* data;
  size_t size;
  dam_status status;
  int64_t count = 0;
  uint64_t digest = UINT64_C(0xcbf29ce484222325);
  check("a snapshot", api->dam_snapshot_open(array, &snapshot));
  check("a walk", api->dam_cursor_open(snapshot, DAM_OMITTED, DAM_OMITTED, 1, &cursor));
  while ((status = api->dam_cursor_next(cursor, &data, &size, NULL)) == DAM_OK) {
    digest = add_document(digest, data, size);
    ++count;
  }
  if (status != DAM_NOT_FOUND) check("the walk", status);
  check("the walk's end", api->dam_cursor_close(cursor));
  check("the snapshot's end", api->dam_snapshot_release(snapshot));
  printf("%s %" PRId64 " %016" PRIx64 "\n", label, count, digest);
}

static void add_to_batch(dam_batch* batch, int64_t number) {
  dam_builder* builder;
  dam_document* document;
  const void* data;
  size_t size;
  char id[32];
  const int id_size = snprintf(id, sizeof id, "plugin-%" PRId64, number);
  check("a builder", api->dam_builder_create(NULL, &builder));
  check("the id", api->dam_builder_set_string(builder, DAM_FIELD_ID, id, (size_t)id_size));
  check("the text", api->dam_builder_set_string(builder, DAM_FIELD_TEXT, "added by a plugin host",
                                                DAM_NUL_TERMINATED));
  check("a tag", api->dam_builder_set_tag_integer(builder, "number", DAM_NUL_TERMINATED, number));
  check("the document", api->dam_builder_finish(builder, &document));
  check("its bytes", api->dam_document_bytes(document, &data, &size));
  check("the batch", api->dam_batch_append(batch, data, size, DAM_UPSERT));
  api->dam_document_free(document);
  check("the builder's end", api->dam_builder_discard(builder));
}

int main(int argument_count, char** arguments) {
  dam_array* array;
  dam_batch* batch;
  if (argument_count != 3) {
    fprintf(stderr, "usage: relay DIRECTORY LIBRARY\n");
    return 2;
  }
  load(arguments[2]);
  check("open", api->dam_open(arguments[1], NULL, &array));
  print_digest(array, "before");
  check("a batch", api->dam_batch_begin(array, &batch));
  add_to_batch(batch, 1);
  add_to_batch(batch, 2);
  check("the commit", api->dam_batch_commit(batch, DAM_DURABLE, NULL));
  print_digest(array, "after");
  check("close", api->dam_close(array));
  return 0;
}
