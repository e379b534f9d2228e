"""Holds the #include lines of the sources to the table of layers in src/meson.build.

A file of a layer includes its own layer and those of its row, written "layer/file.h". What lies
outside src sees the public header alone, except unit tests, fixtures and benches of one layer.
Argument: the root of the repository.
"""
import os
import re
import sys

import source_tree
import tap

ROW = re.compile(r"\[\s*'(\w+)',\s*\[([^\]]*)\],\s*\[([^\]]*)\]\s*,?\s*\]", re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^">]+)[">]', re.M)
ONLY_PUBLIC_HEADER = ("tools/", "examples/", "tests/api/", "tests/cli/")


def layers_of(build_text):
    """From the table: each layer's name with the set of layers below it, in order."""
    table = build_text[build_text.index("layers = ["):]
    table = table[: table.index("\n]\n")]
    return {row[0]: set(re.findall(r"'(\w+)'", row[2])) for row in ROW.findall(table)}


def includes_of(source):
    return [(path, source.text.count("\n", 0, found.start()) + 1)
            for found in INCLUDE.finditer(source.text) for path in [found.group(2)]]


def quoted_includes_of(source):
    return [found.group(2) for found in INCLUDE.finditer(source.text) if found.group(1) == '"']


def upward_includes(sources, layers):
    offenders = []
    for source in sources:
        parts = source.path.split("/")
        if parts[0] != "src" or len(parts) != 3 or not source.is_cpp:
            continue
        allowed = layers.get(parts[1], set()) | {parts[1]}
        for path, line in includes_of(source):
            target = path.split("/")[0] if "/" in path else None
            if target in layers and target not in allowed:
                offenders.append(f"{source.path}:{line}: {parts[1]} may not include {path}")
    return offenders


def unspelled_includes(sources, layers):
    """Quoted includes of src that do not name their layer; dam.h is everyone's of api."""
    return [f'{source.path}: "{path}" is not written "layer/file.h"'
            for source in sources if source.path.startswith("src/") and source.is_cpp
            for path in quoted_includes_of(source)
            if path.split("/")[0] not in layers
            and not (path == "dam.h" and source.path.startswith("src/api/"))]


def inner_includes(sources, layers):
    return [f"{source.path}:{line}: sees only dam.h, not {path}"
            for source in sources if source.path.startswith(ONLY_PUBLIC_HEADER) and source.is_cpp
            for path, line in includes_of(source)
            if "/" in path and path.split("/")[0] in layers or path.startswith("../src")]


def unknown_layers(sources, layers):
    folders = {source.path.split("/")[1] for source in sources
               if source.path.startswith("src/") and source.is_cpp}
    return [f"src/{folder} has no row in src/meson.build"
            for folder in sorted(folders - set(layers))]


def misordered_rows(layers):
    """The table is in order: a row names only rows above it."""
    above, offenders = set(), []
    for name, below in layers.items():
        offenders += [f"{name} names {lower}, which is not above it" for lower in below - above]
        above.add(name)
    return offenders


def main():
    root = sys.argv[1]
    with open(os.path.join(root, "src", "meson.build"), encoding="utf-8") as file:
        layers = layers_of(file.read())
    sources = source_tree.read_sources(root)

    def no_layer_includes_one_above_it():
        return upward_includes(sources, layers)

    def includes_name_their_layer():
        return unspelled_includes(sources, layers)

    def what_lies_outside_sees_only_the_public_header():
        return inner_includes(sources, layers)

    def every_folder_is_a_layer_of_the_table():
        return unknown_layers(sources, layers) + misordered_rows(layers)

    tap.run([no_layer_includes_one_above_it, includes_name_their_layer,
             what_lies_outside_sees_only_the_public_header, every_folder_is_a_layer_of_the_table])


if __name__ == "__main__":
    main()
