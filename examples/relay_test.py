"""Runs the relay of languages: each program finds what the one before left, and adds to it.

Arguments: dam, the relay of C, libdam, and the folder of the others, whose programs are called
java, go and node.
"""
import os
import subprocess
import sys
import tempfile

import tap

BIRDS = [f'{{"id":"bird{i}","text":"sings \\u00e4","tags":{{"n":{i},"half":{i}.5}}}}'
         for i in range(2000)]


def run(command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, timeout=120,
                          check=False)


def handing_over(legs, folder):
    """What goes wrong from hand to hand; two rounds, of which the second replaces documents."""
    wanted = None
    for round_number in (1, 2):
        for name, command in legs.items():
            ended = run([*command[:1], folder, *command[1:]])
            lines = [line.split() for line in ended.stdout.splitlines()]
            if ended.returncode != 0 or [line[0] for line in lines] != ["before", "after"]:
                return f"{name}: {ended.stdout}{ended.stderr}"
            if wanted not in (None, lines[0][1:]):
                return f"{name} found {lines[0]}, not {wanted}"
            added = int(lines[1][1]) - int(lines[0][1])
            if added != (2 if round_number == 1 else 0):
                return f"{name} added {added}"
            wanted = lines[1][1:]
    return ""


def main(dam, relay, library, programs):
    legs = {"c": [relay, library]}
    legs.update({name: [os.path.join(programs, name)] for name in ("java", "go", "node")})

    def each_language_finds_what_the_one_before_left():
        with tempfile.TemporaryDirectory(prefix="dam-relay-") as place:
            array = os.path.join(place, "array")
            made = run([dam, "import", array], "\n".join(BIRDS))
            wrong = made.stderr if made.returncode != 0 else handing_over(legs, array)
            wrong = wrong or run([dam, "verify", array]).stdout.replace("sound\n", "")
        return tap.expect(not wrong, wrong)

    def each_language_says_what_is_no_array():
        silent = []
        with tempfile.TemporaryDirectory(prefix="dam-relay-") as place:
            with open(os.path.join(place, "body.bin"), "w", encoding="utf-8") as file:
                file.write("no array" * 1000)
            for name, command in legs.items():
                ended = run([*command[:1], place, *command[1:]])
                if ended.returncode == 0 or "body.bin" not in ended.stderr:
                    silent.append(f"{name}: {ended.returncode} {ended.stderr!r}")
        return silent

    tap.run([each_language_finds_what_the_one_before_left, each_language_says_what_is_no_array])


if __name__ == "__main__":
    main(*sys.argv[1:])
