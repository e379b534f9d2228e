/*
 * plugin_host DIRECTORY LIBRARY...: a host that knows libdam only as plugins.
 *
 * Each LIBRARY is loaded by itself, its names hidden from the others, and used through the table
 * that dam_get_api answers. Every copy writes one bird into the same array and then reads all of
 * them; then two threads close it, of which one comes late and is told so. Linked with libc alone.
 */
#include <dlfcn.h>
#include <inttypes.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dam.h"

typedef const dam_api* (*api_function)(int32_t abi_version);

struct closing {
  const dam_api* api;
  dam_array* array;
  dam_status status;
};

static void fail(const char* fact, const char* text) {
  fprintf(stderr, "plugin_host: %s: %s\n", fact, text);
  exit(1);
}

static void check(const dam_api* api, dam_status status) {
  if (status != DAM_OK) fail(api->dam_status_name(status), api->dam_last_error());
}

static const dam_api* load(const char* path) {
  void* const library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void* const symbol = library == NULL ? NULL : dlsym(library, "dam_get_api");
  api_function get_api;
  const dam_api* api;
  if (symbol == NULL) fail("cannot be loaded", dlerror());
  /* ISO C has no cast from an object to a function. */
  memcpy((void*)&get_api, (const void*)&symbol, sizeof get_api);
  if (get_api(-1) != NULL) fail(path, "it has a table for an ABI that is none");
  api = get_api(DAM_ABI_VERSION);
  if (api == NULL) fail(path, "it has another ABI");
  /* Members are only added at the end: an older library has fewer than this header. */
  if (api->size_bytes < offsetof(dam_api, dam_free) + sizeof api->dam_free)
    fail(path, "it is too old for this host");
  return api;
}

static void add_bird(const dam_api* api, dam_array* array, int number) {
  char json[64];
  dam_document* document;
  const void* data;
  size_t size;
  snprintf(json, sizeof json, "{\"id\":\"bird%d\"}", number);
  check(api, api->dam_document_from_json(json, DAM_NUL_TERMINATED, 0, &document));
  check(api, api->dam_document_bytes(document, &data, &size));
  check(api, api->dam_append(array, data, size, DAM_UPSERT, NULL, NULL));
  api->dam_document_free(document);
}

static void* close_array(void* context) {
  struct closing* const closing = context;
  closing->status = closing->api->dam_close(closing->array);
  return NULL;
}

/* Both threads come back; one closed the array, the other found it closed. */
static void close_twice(const dam_api* api, dam_array* array) {
  struct closing closings[2];
  pthread_t threads[2];
  int i;
  for (i = 0; i < 2; ++i) {
    closings[i].api = api;
    closings[i].array = array;
    if (pthread_create(&threads[i], NULL, close_array, &closings[i]) != 0)
      fail("threads", "none can be had");
  }
  for (i = 0; i < 2; ++i) pthread_join(threads[i], NULL);
  if (closings[0].status + closings[1].status != DAM_OK + DAM_CLOSED)
    fail("two closes answered", api->dam_status_name(closings[0].status));
}

static void use(const dam_api* api, const char* directory, int number) {
  dam_array* array;
  int64_t count;
  check(api, api->dam_open(directory, NULL, &array));
  add_bird(api, array, number);
  check(api, api->dam_count(array, &count));
  printf("copy %d, version %s: %" PRId64 " birds\n", number, api->dam_version(), count);
  close_twice(api, array);
  if (api->dam_count(array, &count) != DAM_CLOSED) fail("a closed array", "it still counts");
}

int main(int argument_count, char** arguments) {
  const dam_api* apis[8];
  const int copies = argument_count - 2;
  int i;
  if (copies < 1 || copies > (int)(sizeof apis / sizeof *apis)) return 2;
  for (i = 0; i < copies; ++i) apis[i] = load(arguments[i + 2]);
  for (i = 1; i < copies; ++i)
    if (apis[i] == apis[0]) fail(arguments[i + 2], "it is the first library over again");
  for (i = 0; i < copies; ++i) use(apis[i], arguments[1], i + 1);
  return 0;
}
