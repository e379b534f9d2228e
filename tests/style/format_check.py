"""Holds every C and C++ source to the layout of .clang-format, and proves the tool refuses another.

Arguments: the root of the repository and the pinned clang-format.
"""
import os
import subprocess
import sys

import source_tree
import tap


def main():
    root, tool = sys.argv[1:]
    paths = [s.path for s in source_tree.read_sources(root) if s.is_cpp]

    def sources_are_laid_out_by_clang_format():
        found = subprocess.run([tool, "--dry-run", "--Werror", "--ferror-limit=1", *paths],
                               cwd=root, capture_output=True, text=True, check=False)
        offenders = [line for line in found.stderr.splitlines() if "error:" in line]
        return offenders + ([] if found.returncode == 0 else ["scripts/format lays them out"])

    def another_layout_is_refused():
        bad = subprocess.run([tool, "--dry-run", "--Werror", f"--assume-filename={root}/src/a.cc"],
                             input="int  f( ){return 1;}\n", cwd=root, capture_output=True,
                             text=True, check=False)
        return tap.expect(bad.returncode != 0, "a bad layout passed")

    def every_source_is_looked_at():
        return tap.expect(len(paths) > 10 and os.path.exists(os.path.join(root, ".clang-format")),
                          "no sources or no .clang-format")

    tap.run([sources_are_laid_out_by_clang_format, another_layout_is_refused,
             every_source_is_looked_at])


if __name__ == "__main__":
    main()
