"""Puts the Go module together: the sources of bindings/go and what SWIG made, in one folder.

Arguments: the source folder, the folder of the module, a stamp to write, and the files: those in
the source folder keep their place in it, all others are the private package's.
"""
import os
import shutil
import sys


def place_of(path, source_folder):
    """Where a file belongs in the module, relative to it."""
    inside = os.path.relpath(path, source_folder)
    return os.path.join("internal", "native", os.path.basename(path)) if inside[:2] == ".." \
        else inside


def is_same(path, other):
    """Whether both hold the same bytes: a file left alone keeps its time, and Go its cache."""
    if not os.path.exists(other):
        return False
    with open(path, "rb") as left, open(other, "rb") as right:
        return left.read() == right.read()


def remove_all_but(folder, wanted):
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if os.path.relpath(path, folder) not in wanted:
                os.remove(path)


def main(source_folder, module_folder, stamp, _script, *paths):
    source_folder = os.path.abspath(source_folder)
    places = {place_of(os.path.abspath(path), source_folder): path for path in paths}
    for place, path in places.items():
        target = os.path.join(module_folder, place)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not is_same(path, target):
            shutil.copyfile(path, target)
    remove_all_but(module_folder, places)
    with open(stamp, "w", encoding="utf-8"):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
