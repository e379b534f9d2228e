"""Runs the quickstart of a binding's README: the program shown, by the lines shown, and its output.

Arguments: the root of the repository, that of the build, the page, the language of the program's
block, the file it goes to, and a folder to look for tools in. The first block of commands is left
out: it builds libdam, and such a build is what runs this test.
"""
import os
import subprocess
import sys
import tempfile

import pages
import tap


def main(root, build, path, language, file_name, tools):
    page = pages.read_page(root, path)
    lines = page.blocks("sh")[1].replace("$LIBDAM/build", build).replace("$LIBDAM", root)

    def the_program_prints_what_is_shown():
        with tempfile.TemporaryDirectory(prefix="dam-readme-") as folder:
            with open(os.path.join(folder, file_name), "w", encoding="utf-8") as file:
                file.write(page.blocks(language)[0])
            process = subprocess.run(
                ["bash", "-ec", lines], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                text=True, check=False, env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"})
        return tap.expect(process.stdout == page.blocks("")[0], process.stdout + process.stderr)

    tap.run([the_program_prints_what_is_shown])


if __name__ == "__main__":
    main(*sys.argv[1:])
