"""Puts the package of a language together: its sources and what was made of dam.h, in one folder.

Arguments: the source folder, the folder of the package, the place in it for files from elsewhere, a
stamp to write, this script, and the files: those in the source folder keep their place in it.
"""
import os
import shutil
import sys


def place_of(path, source_folder, made_place):
    """Where a file belongs in the package, relative to it."""
    inside = os.path.relpath(path, source_folder)
    if inside.startswith(".."):
        inside = os.path.join(made_place, os.path.basename(path))
    return os.path.normpath(inside)


def is_same(path, other):
    """Whether both hold the same bytes: a file left alone keeps its time, and caches hold."""
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


def main(source_folder, package_folder, made_place, stamp, _script, *paths):
    source_folder = os.path.abspath(source_folder)
    places = {place_of(os.path.abspath(path), source_folder, made_place): path for path in paths}
    for place, path in places.items():
        target = os.path.join(package_folder, place)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if not is_same(path, target):
            shutil.copyfile(path, target)
    remove_all_but(package_folder, places)
    with open(stamp, "w", encoding="utf-8"):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
