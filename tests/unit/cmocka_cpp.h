// cmocka for C++ tests: its headers in the order it needs, and the one call that runs a list.
//
// A failing assert of cmocka leaves by longjmp and skips destructors, so what must be undone lives
// in a fixture (setup and teardown), never in a local object of a test.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

extern "C" {
#include <cmocka.h>
}
