"""Runs the program that docs/document.md shows, and reads the bytes it writes by flatc alone.

Arguments: the root of the repository, build_document, and flatc.
"""
import json
import os
import subprocess
import sys
import tempfile

import pages
import tap


def main():
    root, program, flatc = map(os.path.abspath, sys.argv[1:])
    page = pages.read_page(root, "docs/document.md")
    schema = os.path.join(root, "src", "document", "document.fbs")
    folder = tempfile.TemporaryDirectory(prefix="dam-document-")

    def run(*command):
        return subprocess.run(command, cwd=folder.name, capture_output=True, text=True, timeout=60,
                              check=True).stdout

    answer = run(program, "robin.bin")

    def the_parts_shown_are_those_of_the_example():
        with open(os.path.join(root, "examples", "build_document.c"), encoding="utf-8") as file:
            example = file.read()
        shown = page.blocks("c")
        return tap.expect(shown, "no C is shown") + [part for part in shown if part not in example]

    def the_program_prints_what_is_shown():
        return tap.expect(answer in page.blocks("text"), f"{answer!r} is not shown")

    def flatc_reads_the_bytes_by_the_schema():
        run(flatc, "--json", "--strict-json", "--raw-binary", schema, "--", "robin.bin")
        with open(os.path.join(folder.name, "robin.json"), encoding="utf-8") as file:
            robin = json.load(file)
        size = robin["tags"]["nested"][0]
        found = (robin["id"], robin["text"], size["keys"], size["ints"], size["reals"],
                 robin["embedding"]["shape"], robin["chunks"][0]["parent_id"],
                 robin["chunks"][0]["granularity"])
        wanted = ("robin", "sings", ["grams", "span"], [18], [0.21], [3], "robin", 1)
        return tap.expect(found == wanted, f"{found}, not {wanted}")

    tap.run([the_parts_shown_are_those_of_the_example, the_program_prints_what_is_shown,
             flatc_reads_the_bytes_by_the_schema])


if __name__ == "__main__":
    main()
