"""Which files the checks look at: every hand-written source of the repository, by kind.

What git ignores (builds, tools) is no source; neither is generated code below a folder `generated`.
"""
import dataclasses
import os
import subprocess

BUILD_NAMES = {"meson.build", "meson_options.txt"}
CODE_ENDINGS = {".h", ".c", ".cc", ".py", ".java", ".go", ".js", ".mjs", ".ts", ".i"}
CPP_ENDINGS = {".h", ".c", ".cc"}


@dataclasses.dataclass
class Source:
    path: str
    text: str

    @property
    def name(self):
        return os.path.basename(self.path)

    @property
    def ending(self):
        return os.path.splitext(self.path)[1]

    @property
    def lines(self):
        return self.text.splitlines()

    @property
    def is_cpp(self):
        return self.ending in CPP_ENDINGS


def listed_paths(root):
    """Paths of all files that belong to the checkout, relative to it."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        check=True, capture_output=True, text=True).stdout
    return sorted(path for path in set(listing.split("\0"))
                  if path and os.path.isfile(os.path.join(root, path)))


def is_generated(path):
    return "generated" in path.split("/")[:-1]


def is_source(root, path):
    if is_generated(path):
        return False
    if os.path.splitext(path)[1] in CODE_ENDINGS or os.path.basename(path) in BUILD_NAMES:
        return True
    with open(os.path.join(root, path), "rb") as file:
        return file.read(2) == b"#!"


def read_sources(root):
    """Every hand-written source, scripts and build files included, as text."""
    sources = []
    for path in listed_paths(root):
        if is_source(root, path):
            with open(os.path.join(root, path), encoding="utf-8") as file:
                sources.append(Source(path, file.read()))
    return sources
