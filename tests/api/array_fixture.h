// What the tests of dam.h share: an array in a directory of its own, and documents from JSON.
//
// close_array ends a test: the array is closed if the test did not, checked by dam_verify, removed.
#ifndef ARRAY_FIXTURE_H
#define ARRAY_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dam.h"

struct array_fixture {
  char directory[256];
  char path[272]; /* directory/array */
  dam_array* array;
};

/* Setups: a directory, without or with an open, empty array in it. */
int make_directory(void** state);
int open_array(void** state);
/* Teardowns. */
int remove_directory(void** state);
int close_array(void** state);

#define ARRAY_TEST(test) cmocka_unit_test_setup_teardown(test, open_array, close_array)
#define DIRECTORY_TEST(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

/* Fails with the names of both statuses and the text of the error. */
#define ASSERT_STATUS(expected, call)                                     \
  do {                                                                    \
    const dam_status answer = (call);                                     \
    if (!is_status((expected), answer, #call)) _fail(__FILE__, __LINE__); \
  } while (0)
int is_status(dam_status expected, dam_status actual, const char* call);

/* The document of a JSON text, or a failed test. */
dam_document* document_of(const char* json);
/* Appends {"id": id, "text": text}. */
void append(dam_array* array, const char* id, const char* text);
/* Appends one document for each character of `ids`, whose id and text it is. */
void append_letters(dam_array* array, const char* ids);
/* The bytes of {"id": id, "text": text}, on the heap of malloc. */
void* make_bytes(const char* id, const char* text, size_t* out_size);
/* All ids in order, joined; valid until the next call. */
const char* joined_ids(dam_array* array);
/* Fails unless the document of the id has this text. */
void assert_text(dam_array* array, const char* id, const char* text);
/* Fails unless the bytes are a document with this text. */
void assert_document_text(const void* data, size_t size, const char* text);

#endif
