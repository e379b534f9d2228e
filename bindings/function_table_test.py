"""Which function of dam.h each language has, and which its tests call: a hole fails.

Arguments: dam.h, then for each language its name and two files or patterns of files: what its
binding declares, and the test that calls each function with what it is for. A call is the name with
a bracket behind, as the language spells it. With --table the table is printed too.
"""
import glob
import re
import sys

HIDDEN = {"dam_get_api", "dam_set_log"}  # a table of C functions, and a sink called from any thread
OPAQUE = re.compile(r"\bSWIGTYPE_\w+")


def read(pattern):
    texts = []
    for path in sorted(glob.glob(pattern)):
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)


def declared_functions(header):
    """Functions of dam.h in its order, but those that no wrapper has."""
    header = re.sub(r"/\*.*?\*/|//[^\n]*", "", header, flags=re.S)
    header = re.sub(r"^[ \t]*#.*$", "", header, flags=re.M)
    found = re.findall(r"\bDAM_API\b[^;(]*?\b(\w+)\s*\(", header)
    return [name for name in found if name not in HIDDEN]


def spellings(name):
    """dam_get_at, and as languages with capitals have it: Dam_get_at, DamGetAt, damGetAt."""
    capitals = "".join(part.capitalize() for part in name.split("_"))
    return {name, name.capitalize(), capitals, capitals[0].lower() + capitals[1:]}


def has_call(text, name):
    return any(re.search(rf"\b{spelling}\s*\(", text) for spelling in spellings(name))


def holes(functions, text):
    return [name for name in functions if not has_call(text, name)]


def report(cases):
    print(f"1..{len(cases)}")
    for number, (name, offenders) in enumerate(cases, 1):
        print(f"{'not ok' if offenders else 'ok'} {number} - {name}")
        for offender in offenders:
            print(f"# {offender}")
    return 1 if any(offenders for _, offenders in cases) else 0


def print_table(functions, languages):
    for name in functions:
        row = [language for language, declared, _ in languages if has_call(declared, name)]
        print(f"# {name:32} {' '.join(row)}")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--table"]
    functions = declared_functions(read(arguments[0]))
    languages = [(name, read(declared), read(called)) for name, declared, called in
                 zip(arguments[1::3], arguments[2::3], arguments[3::3])]
    if "--table" in sys.argv:
        print_table(functions, languages)
    cases = [("dam.h was read", [] if len(functions) > 60 else [f"{len(functions)} functions"]),
             ("a hole is noticed", [] if holes(["dam_nothing"], "dam_nothing_else(") else ["no"])]
    for language, declared, called in languages:
        cases += [(f"{language} has every function of dam.h", holes(functions, declared)),
                  (f"{language} has a type for every parameter", OPAQUE.findall(declared)),
                  (f"{language} calls every function in its tests", holes(functions, called))]
    return report(cases)


if __name__ == "__main__":
    sys.exit(main())
