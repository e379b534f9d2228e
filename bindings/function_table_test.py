"""Which function of dam.h each language has, and which its tests call: a hole fails.

Arguments: dam.h, then for each language its name and two files or patterns of files: what its
binding declares, and the test that calls each function with what it is for. A call is the name with
a bracket behind, as the language spells it. With --table the table is printed too.
"""
import functools
import glob
import re
import sys

import binary_facts
import tap

HIDDEN = {"dam_get_api", "dam_set_log"}  # a table of C functions, and a sink called from any thread
OPAQUE = re.compile(r"\bSWIGTYPE_\w+")


def read(pattern):
    texts = []
    for path in sorted(glob.glob(pattern)):
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def spellings(name):
    """dam_get_at, and as languages with capitals have it: Dam_get_at, DamGetAt, damGetAt."""
    capitals = "".join(part.capitalize() for part in name.split("_"))
    return {name, name.capitalize(), capitals, capitals[0].lower() + capitals[1:]}


def has_call(text, name):
    return any(re.search(rf"\b{spelling}\s*\(", text) for spelling in spellings(name))


def holes(functions, text):
    return [name for name in functions if not has_call(text, name)]


def case(name, offenders):
    found = functools.partial(list, offenders)
    found.__name__ = name
    return found


def print_table(functions, languages):
    for name in functions:
        row = [language for language, declared, _ in languages if has_call(declared, name)]
        print(f"# {name:32} {' '.join(row)}")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--table"]
    functions = sorted(binary_facts.declared_names(read(arguments[0])) - HIDDEN)
    languages = [(name, read(declared), read(called)) for name, declared, called in
                 zip(arguments[1::3], arguments[2::3], arguments[3::3])]
    if "--table" in sys.argv:
        print_table(functions, languages)
    cases = [case("dam.h was read", tap.expect(len(functions) > 60, f"{len(functions)} functions")),
             case("a hole is noticed",
                  tap.expect(holes(["dam_nothing"], "dam_nothing_else("), "it is not"))]
    for language, declared, called in languages:
        cases += [case(f"{language} has every function of dam.h", holes(functions, declared)),
                  case(f"{language} has a type for every parameter", OPAQUE.findall(declared)),
                  case(f"{language} calls every function in its tests", holes(functions, called))]
    tap.run(cases)


if __name__ == "__main__":
    main()
