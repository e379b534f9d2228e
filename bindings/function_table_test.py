"""Holds the wrappers to dam.h: every function, in every language built, with no type left opaque.

Arguments: dam.h, then language=file pairs, the file being what SWIG wrote for the language. Prints
the table of functions and languages as comments, and one case a language.
"""
import re
import sys

# For plugins and for C hosts; bindings/dam.i hides them.
HIDDEN = {"dam_get_api", "dam_set_log", "dam_columns_export"}
DECLARED = re.compile(r"^DAM_API [^;(]*?\b(dam_\w+)\(", re.MULTILINE)
# How a wrapper of {} looks, and what stands in it where a parameter has no typemap.
WRAPPER = {"go": r"^func (?i:{})\((.*)$",
           "java": r"^ .* (?i:{})\((.*)$",
           "node": r"^Napi::Value _wrap_{}\((.*?)^\}}"}
OPAQUE = re.compile(r"Struct_SS_|Swigcptr|SWIGTYPE_p|SWIG_ConvertPtr|SWIG_NewPointerObj")


def hole_of(language, text, function):
    """What the wrapper of a function lacks, or nothing."""
    pattern = WRAPPER[language].format(function)
    found = re.search(pattern, text, re.MULTILINE | (re.DOTALL if language == "node" else 0))
    if not found:
        return "absent"
    opaque = OPAQUE.search(found.group(1))
    return f"opaque: {opaque.group(0)}" if opaque else ""


def main(header, *pairs):
    with open(header, encoding="utf-8") as file:
        functions = [name for name in DECLARED.findall(file.read()) if name not in HIDDEN]
    holes = {}
    for pair in pairs:
        language, path = pair.split("=", 1)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        holes[language] = {name: hole_of(language, text, name) for name in functions}
    print(f"1..{len(holes) + 1}")
    print(f"{'ok' if len(functions) > 60 else 'not ok'} 1 - the header has functions")
    for function in functions:
        print(f"# {function:32}", *(f"{column[function] or 'yes':8}" for column in holes.values()))
    for number, (language, column) in enumerate(holes.items(), 2):
        full = not any(column.values())
        print(f"{'ok' if full else 'not ok'} {number} - every function has a wrapper in {language}")
    return 1 if any(any(column.values()) for column in holes.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
