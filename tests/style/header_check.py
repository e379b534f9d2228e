"""Compiles dam.h alone as C99, C11, C++11 and C++17, with every pedantic warning an error.

Arguments: the include folder, then the C compiler, `--`, and the C++ compiler, each with arguments.
"""
import functools
import subprocess
import sys

import tap

WARNINGS = ["-pedantic-errors", "-Wall", "-Wextra", "-Werror", "-Wconversion", "-Wundef"]
C_WARNINGS = ["-Wstrict-prototypes", "-Wc++-compat"]


def compiles(command, include, text):
    """What the compiler has against a source text that includes the header twice."""
    found = subprocess.run([*command, *WARNINGS, "-I", include, "-fsyntax-only", "-"],
                           input=text, capture_output=True, text=True, check=False)
    return found.stderr.splitlines() + ([] if found.returncode == 0 else ["does not compile"])


def main():
    include, divider = sys.argv[1], sys.argv.index("--")
    c, cpp = sys.argv[2:divider], sys.argv[divider + 1:]
    text = '#include "dam.h"\n#include "dam.h"\nextern int none;\n'
    cases = []
    for standard, command in [("c99", [*c, "-xc", *C_WARNINGS]), ("c11", [*c, "-xc", *C_WARNINGS]),
                              ("c++11", [*cpp, "-xc++"]), ("c++17", [*cpp, "-xc++"])]:
        case = functools.partial(compiles, [*command, f"-std={standard}"], include, text)
        case.__name__ = f"the_header_alone_is_{standard}"
        cases.append(case)

    def a_header_with_a_fault_is_refused():
        return tap.expect(compiles([*c, "-xc", "-std=c99"], include, text + "int f(){}\n;\n"),
                          "a fault passed")

    tap.run(cases + [a_header_with_a_fault_is_refused])


if __name__ == "__main__":
    main()
