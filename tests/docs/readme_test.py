"""Runs what README.md shows: the program in C, the line that compiles it, each command of `dam`.

Arguments: the root of the repository, that of the build, dam, quickstart, and the C compiler (none:
a build with a sanitizer, which a plain compiler cannot link to). The lines that set up and run a
build are left out: a build is what runs this test.
"""
import os
import subprocess
import sys
import tempfile

import pages
import tap


def run(line, folder, variables):
    process = subprocess.run(["bash", "-c", line], cwd=folder, env={**os.environ, **variables},
                             stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                             check=False)
    return process.stdout, process.returncode, process.stderr


def shown_commands(page):
    """(command, what it prints) of the block that works on the array."""
    block = next(body for body in page.blocks("sh") if body.startswith("dam "))
    halves = [line.split(" # ", 1) for line in block.splitlines()]
    return [(command.strip(), answer) for command, answer in halves]


def main():
    root, build, dam, quickstart, *compiler = sys.argv[1:]
    readme = pages.read_page(root, "README.md")
    program_answer = readme.blocks("")[1]
    folder = tempfile.TemporaryDirectory(prefix="dam-readme-")
    variables = {"PATH": f"{os.path.dirname(os.path.join(build, dam))}:{os.environ['PATH']}"}

    def the_first_screen_has_both_commands():
        commands = [line.split()[0] for line in readme.blocks("")[0].splitlines()]
        return tap.expect(commands == ["scripts/demo", "scripts/test"], str(commands))

    def the_program_shown_is_the_one_in_examples():
        with open(os.path.join(root, "examples", "quickstart.c"), encoding="utf-8") as file:
            return tap.expect(readme.blocks("c") == [file.read()], "they differ")

    def the_program_prints_what_is_shown():
        program = os.path.join(build, quickstart)
        answer, status, complaint = run(f"{program} birds", folder.name, variables)
        return tap.expect((answer, status) == (program_answer, 0), f"{answer} {complaint}")

    def the_line_that_compiles_it_makes_the_same_program():
        line = next(body for body in readme.blocks("sh") if body.startswith("cc ")).strip()
        here = {"PKG_CONFIG_PATH": os.path.join(build, "meson-uninstalled"),
                "C_INCLUDE_PATH": os.path.join(root, "include"),
                "LD_LIBRARY_PATH": os.path.join(build, "src")}
        source = os.path.join(root, "examples", "quickstart.c")
        line = line.replace("cc quickstart.c", f"{' '.join(compiler)} {source}")
        answer, status, complaint = run(f"{line} && ./quickstart birds", folder.name,
                                        {**variables, **here})
        return tap.expect((answer, status) == (program_answer, 0), f"{answer} {complaint}")

    def each_command_prints_what_is_shown():
        offenders = []
        for command, expected in shown_commands(readme):
            answer, _, complaint = run(command, folder.name, variables)
            if answer.strip() != expected or complaint:
                offenders.append(f"{command}: {answer!r} {complaint!r}, not {expected!r}")
        return offenders

    cases = [the_first_screen_has_both_commands, the_program_shown_is_the_one_in_examples,
             the_program_prints_what_is_shown]
    cases += [the_line_that_compiles_it_makes_the_same_program] if compiler else []
    tap.run(cases + [each_command_prints_what_is_shown])


if __name__ == "__main__":
    main()
