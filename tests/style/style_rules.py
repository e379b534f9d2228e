"""The rules of the house as functions: each takes sources and returns its offenders, one line each.

The numbers stand at the top. style_check.py applies the rules to the repository, and
style_rules_test.py shows each of them a sample that must not pass.
"""
import ast
import collections
import itertools
import os
import re
import statistics

import cpp_scanner

MEDIAN_FILE_LINES = 150
MOST_FILE_LINES = 400  # of nine files in ten
LONGEST_FILE_LINES = 600
MOST_FUNCTION_LINES = 40  # of nine functions in ten
LONGEST_FUNCTION_LINES = 70
COLUMNS = 100
PARAMETERS = 4
PUBLIC_PARAMETERS = 6
NESTING = 3
HEAD_COMMENT_LINES = range(1, 9)  # empty ones not counted

# The reference text of the library stands in its header, so that one may be long.
LONG_FILES = {"include/dam.h"}
# Functions whose parameters somebody else chose: the system calls that a test replaces.
SYSTEM_SIGNATURES = re.compile(r"(^|_)(mmap|map)(_|$)")
# Names every folder or ecosystem has its own of.
REPEATED_NAMES = {"meson.build", "meson_options.txt", "__init__.py", "doc.go", "package.json",
                  "index.js", "index.mjs", "index.ts", "package-info.java", "module-info.java"}
FORBIDDEN_FOLDERS = {"util", "utils", "common", "misc", "helpers", "core", "impl"}
FORBIDDEN_TYPE = re.compile(r"(Manager|Helper|Helpers|Util|Utils|Data|Info|Impl)$")
FORBIDDEN_FUNCTION = re.compile(r"^(process|handle)_|^test_?\d+$")
# Spelled in two halves, for this file is a source too.
MARKERS = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def is_test(source):
    return re.search(r"(^|/)tests?/", source.path) is not None


def is_code(source):
    return source.path.startswith(("src/", "tools/")) and source.is_cpp


def functions_in(sources):
    """(source, name, line, lines) of every function in C, C++ and Python."""
    for source in sources:
        if source.is_cpp:
            for found in cpp_scanner.functions_of(source.text):
                yield source, found.name, found.line, found.lines
        elif source.ending == ".py":
            for node in ast.walk(ast.parse(source.text)):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    yield source, node.name, node.lineno, node.end_lineno - node.lineno + 1


def nine_in_ten(values):
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 9 // 10) - 1)] if ordered else 0


def files_are_short(sources):
    sizes = {s.path: len(s.lines) for s in sources if s.path not in LONG_FILES}
    offenders = [f"{path}: {lines} lines, at most {LONGEST_FILE_LINES}"
                 for path, lines in sizes.items() if lines > LONGEST_FILE_LINES]
    if sizes and statistics.median(sizes.values()) > MEDIAN_FILE_LINES:
        offenders.append(f"the median file has more than {MEDIAN_FILE_LINES} lines")
    if nine_in_ten(sizes.values()) > MOST_FILE_LINES:
        offenders.append(f"more than one file in ten has over {MOST_FILE_LINES} lines")
    return offenders


def functions_are_short(sources):
    found = list(functions_in(sources))
    offenders = [f"{source.path}:{line}: {name} has {lines} lines, at most {LONGEST_FUNCTION_LINES}"
                 for source, name, line, lines in found if lines > LONGEST_FUNCTION_LINES]
    if nine_in_ten([lines for _, _, _, lines in found]) > MOST_FUNCTION_LINES:
        offenders.append(f"more than one function in ten has over {MOST_FUNCTION_LINES} lines")
    return offenders


def lines_fit_the_columns(sources):
    return [f"{s.path}:{number}: {len(line)} columns, at most {COLUMNS}"
            for s in sources for number, line in enumerate(s.lines, 1) if len(line) > COLUMNS]


def parameters_are_few(sources):
    offenders = []
    for source in sources:
        if not source.is_cpp:
            continue
        for found in cpp_scanner.functions_of(source.text):
            public = found.name.startswith("dam_")
            most = PUBLIC_PARAMETERS if public else PARAMETERS
            count = cpp_scanner.counted_parameters(found.parameters)
            exempt = is_test(source) and SYSTEM_SIGNATURES.search(found.name)
            if count > most and not exempt:
                offenders.append(f"{source.path}:{found.line}: {found.name} has {count} parameters,"
                                 f" at most {most}: pass a struct")
    return offenders


def control_is_not_nested_deeply(sources):
    return [f"{s.path}:{found.line}: {found.name} nests {found.nesting} deep, at most {NESTING}"
            for s in sources if s.is_cpp for found in cpp_scanner.functions_of(s.text)
            if found.nesting > NESTING]


def head_comment_lines(source):
    """Lines of the comment a file begins with, its shebang left aside."""
    lines = source.lines
    if lines and lines[0].startswith("#!"):
        lines = lines[1:]
    if lines and lines[0].startswith(("/*", '"""')):
        closer = "*/" if lines[0].startswith("/*") else '"""'
        ends = (i for i, line in enumerate(lines) if closer in (line[3:] if i == 0 else line))
        head = lines[: next(ends, len(lines)) + 1]
        return sum(line.strip(" */\"") != "" for line in head)
    marker = "//" if source.ending not in (".py", "") and source.name != "meson.build" else "#"
    head = itertools.takewhile(lambda line: line.startswith(marker), lines)
    return sum(line.strip(" #/") != "" for line in head)


def files_say_what_they_own(sources):
    """A .cc file may leave that to the header it shares its name with."""
    headers = {os.path.splitext(s.path)[0] for s in sources if s.ending == ".h"}
    offenders = []
    for source in sources:
        stem, ending = os.path.splitext(source.path)
        lines = head_comment_lines(source)
        spoken_for = ending in (".cc", ".c") and stem in headers and lines <= 8
        needed = ending in (".h", ".c", ".cc", ".py") and source.path not in LONG_FILES
        if needed and not spoken_for and lines not in HEAD_COMMENT_LINES:
            offenders.append(f"{source.path}: a head comment of {lines} lines, 1 to 8 are wanted")
    return offenders


def names_are_telling(sources):
    offenders = []
    for source in sources:
        folders = FORBIDDEN_FOLDERS & set(source.path.split("/")[:-1])
        offenders += [f"{source.path}: a folder named {folder}" for folder in sorted(folders)]
        if not source.is_cpp:
            continue
        offenders += [f"{source.path}:{line}: a type named {name}"
                      for name, line in cpp_scanner.types_of(source.text)
                      if FORBIDDEN_TYPE.search(name)]
    offenders += [f"{source.path}:{line}: a function named {name}"
                  for source, name, line, _ in functions_in(sources)
                  if FORBIDDEN_FUNCTION.search(name)]
    return offenders


def no_note_of_unfinished_work_is_left(sources):
    return [f"{s.path}:{number}: {line.strip()}" for s in sources
            for number, line in enumerate(s.lines, 1) if MARKERS.search(line)]


def file_names_are_unique(sources):
    places = collections.defaultdict(list)
    for source in sources:
        if source.name not in REPEATED_NAMES:
            places[source.name].append(source.path)
    return [f"{name}: {', '.join(paths)}" for name, paths in sorted(places.items())
            if len(paths) > 1]


def written_lines(sources):
    return sum(bool(line.strip()) for source in sources for line in source.lines)


def there_is_as_much_test_as_code(sources):
    """The checks of tests/style are left out: they test the text, not what the code does."""
    code = written_lines(s for s in sources if is_code(s))
    tests = written_lines(s for s in sources
                          if s.path.startswith("tests/") and not s.path.startswith("tests/style/"))
    return [] if tests >= code else [f"{tests} lines of tests for {code} lines of code"]


def identifiers_keep_their_case(sources):
    """Types PascalCase within src/; functions snake_case everywhere in C and C++."""
    offenders = []
    for source in sources:
        if not source.is_cpp:
            continue
        if source.path.startswith("src/"):
            offenders += [f"{source.path}:{line}: type {name} is not PascalCase"
                          for name, line in cpp_scanner.types_of(source.text)
                          if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)
                          and not name.startswith("dam_")]
        types = {name for name, _ in cpp_scanner.types_of(source.text)}
        offenders += [f"{source.path}:{found.line}: function {found.name} is not snake_case"
                      for found in cpp_scanner.functions_of(source.text)
                      if not re.fullmatch(r"[a-z][a-z0-9_]*", found.name)
                      and not found.name[0].isupper() and found.name not in types]
    return offenders


RULES = [files_are_short, functions_are_short, lines_fit_the_columns, parameters_are_few,
         control_is_not_nested_deeply, files_say_what_they_own, names_are_telling,
         no_note_of_unfinished_work_is_left, file_names_are_unique, identifiers_keep_their_case,
         there_is_as_much_test_as_code]
