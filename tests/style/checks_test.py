"""Shows the include, binary and counting checks texts that they must refuse.

Each sample differs from a good one in the single fact its case is named after.
"""
import os
import sys

import binary_facts
import include_check
import tap
from source_tree import Source

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "scripts"))
import count_tests  # noqa: E402 (found through the path set above)

TABLE = """
layers = [
  ['base', ['a.cc'], []],
  ['platform',
    ['b.cc', 'c.cc'],
    ['base']],
]
"""
LAYERS = {"base": set(), "platform": {"base"}}


def the_table_of_layers_is_read():
    layers = include_check.layers_of(TABLE)
    return tap.expect(layers == LAYERS, str(layers))


def an_include_of_an_upper_layer_is_refused():
    upward = Source("src/base/a.cc", '#include "platform/b.h"\n')
    downward = Source("src/platform/b.cc", '#include "base/a.h"\n')
    return (tap.expect(include_check.upward_includes([upward], LAYERS), "upward passed") +
            include_check.upward_includes([downward], LAYERS))


def an_include_without_its_layer_is_refused():
    bad = Source("src/base/a.cc", '#include "a.h"\n')
    good = Source("src/base/a.cc", '#include <cstdint>\n#include "base/a.h"\n')
    return (tap.expect(include_check.unspelled_includes([bad], LAYERS), "passed") +
            include_check.unspelled_includes([good], LAYERS))


def a_tool_that_includes_a_layer_is_refused():
    bad = Source("tools/dam/main.cc", '#include "base/status.h"\n')
    good = Source("tools/dam/main.cc", '#include <dam.h>\n#include "dam/command.h"\n')
    return (tap.expect(include_check.inner_includes([bad], LAYERS), "passed") +
            include_check.inner_includes([good], LAYERS))


def a_folder_outside_the_table_is_refused():
    bad = Source("src/extra/a.cc", "")
    return (tap.expect(include_check.unknown_layers([bad], LAYERS), "passed") +
            tap.expect(include_check.misordered_rows({"a": {"b"}, "b": set()}), "order passed") +
            include_check.misordered_rows(LAYERS))


def exports_and_declarations_are_told_apart():
    exported = binary_facts.exported_names("0000 T dam_open\n0001 T dam_close@@V1\n")
    declared = binary_facts.declared_names(
        "#define DAM_API x(y)\n/* DAM_API int dam_not(int a); */\n"
        "DAM_API dam_status dam_open(const char* a,\n int b);\nDAM_API void dam_free(void* m);\n"
        "typedef int (*dam_sink)(void);\n")
    return (tap.expect(exported == {"dam_open", "dam_close"}, str(exported)) +
            tap.expect(declared == {"dam_open", "dam_free"}, str(declared)))


def needed_libraries_are_listed():
    dynamic = (" 0x01 (NEEDED)  Shared library: [libc.so.6]\n"
               " 0x0e (SONAME)  Library soname: [libdam.so.0]\n")
    return (tap.expect(binary_facts.needed_libraries(dynamic) == {"libc.so.6"}, "needed") +
            tap.expect(binary_facts.soname(dynamic) == "libdam.so.0", "soname"))


def missing_hardening_is_seen():
    good = "(FLAGS) BIND_NOW\n(FLAGS_1) Flags: NOW NODELETE\n"
    segments = "  LOAD 0x0 R E 0x1000\n  GNU_STACK 0x0 RW 0x10\n  GNU_RELRO 0x0 R 0x1\n"
    return (binary_facts.missing_flags(good) + binary_facts.open_segments(segments) +
            tap.expect(binary_facts.missing_flags("Flags: NODELETE"), "lazy binding passed") +
            tap.expect(binary_facts.missing_flags("(FLAGS) BIND_NOW"), "unloading passed") +
            tap.expect(binary_facts.open_segments(segments.replace("RW ", "RWE ")), "stack") +
            tap.expect(binary_facts.open_segments(segments.replace("RELRO", "X")), "relro") +
            tap.expect(binary_facts.open_segments("  LOAD 0x0 RWE 0x1\n" + segments), "code") +
            tap.expect(binary_facts.thread_local_bytes(
                "  TLS            0x09d7c0 0x09d7c0 0x09d7c0 0x000000 0x000408 R   0x8") == 1032,
                "thread-local data was not seen") +
            tap.expect(binary_facts.missing_guards("U memcpy") != [], "no guards passed") +
            binary_facts.missing_guards("U __stack_chk_fail\nU __vsnprintf_chk\n"))


def an_entry_without_a_landing_mark_is_seen():
    image = b"....\xf3\x0f\x1e\xfa\xc3"
    found = binary_facts.unguarded_entries("1004 T dam_a\n1000 T dam_b\n0 D dam_data\n",
                                           "  LOAD 0x0 0x1000 0x1000 0x9 0x9 R E 0x1000", image)
    return tap.expect(found == ["dam_b"], str(found))


def counted(stdout, result):
    cases = count_tests.cases_of_test({"name": "s - p:t", "stdout": stdout, "result": result})
    return [passed for _, passed in cases]


def single_cases_are_counted():
    found = [counted("1..2\nok 1 - a\nnot ok 2 - b\n", "FAIL"), counted("", "OK"),
             counted("", "TIMEOUT"), counted("1..2\nok 1 - a\n", "FAIL"),
             counted("1..1\nok 1 - a\n", "FAIL")]
    expected = [[True, False], [True], [False], [True, False], [True, False]]
    return tap.expect(found == expected, str(found))


if __name__ == "__main__":
    tap.run([
        the_table_of_layers_is_read, an_include_of_an_upper_layer_is_refused,
        an_include_without_its_layer_is_refused, a_tool_that_includes_a_layer_is_refused,
        a_folder_outside_the_table_is_refused, exports_and_declarations_are_told_apart,
        needed_libraries_are_listed, missing_hardening_is_seen,
        an_entry_without_a_landing_mark_is_seen, single_cases_are_counted,
    ])
