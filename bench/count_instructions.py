"""Counts the instructions of libdam's calls under valgrind's callgrind.

    count_instructions.py figures PROGRAM             JSON lines for render_benchmarks.py
    count_instructions.py record PROGRAM FLAVOUR...   writes bench/instructions.json

PROGRAM is bench_instructions. FLAVOUR names what made it: compiler, version, optimization. The
record is what tests/speed/instructions_test.py holds a build to.
"""
import glob
import json
import os
import platform
import re
import subprocess
import sys
import tempfile

RECORD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "instructions.json")


def count(program):
    """Operation -> instructions of one call, as a whole number."""
    with tempfile.TemporaryDirectory(prefix="libdam-instructions-") as folder:
        counts = os.path.join(folder, "counts")
        # Meson has malloc fill what it gives: not libdam's work.
        environment = {**os.environ, "MALLOC_PERTURB_": "0"}
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", "--zero-before=begin_counting",
             "--dump-before=end_counting", "--callgrind-out-file=" + counts, program,
             os.path.join(folder, "array")],
            check=True, capture_output=True, text=True, env=environment)
        operations = [line.split() for line in run.stdout.splitlines()]
        totals = []
        for number in range(1, len(operations) + 1):
            with open(f"{counts}.{number}", encoding="utf-8") as file:
                totals.append(int(re.search(r"^totals: (\d+)", file.read(), re.M).group(1)))
        if len(glob.glob(counts + "*")) != len(operations) + 1:
            raise RuntimeError("callgrind wrote another number of counts than there are operations")
    return {name: round(total / int(calls)) for (name, calls), total in zip(operations, totals)}


def made_by(flavour):
    """What a count depends on beside the sources."""
    return {"build": " ".join(flavour), "libc": " ".join(platform.libc_ver()),
            "machine": platform.machine()}


def record(program, flavour):
    with open(RECORD, "w", encoding="utf-8") as file:
        json.dump({"made_by": made_by(flavour), "instructions": count(program)}, file, indent=2)
        file.write("\n")


def main():
    job, program, *flavour = sys.argv[1:]
    if job == "record":
        record(program, flavour)
        return
    for name, value in count(program).items():
        print(json.dumps({"workload": name, "subject": "instructions", "unit": "instructions",
                          "value": value}))


if __name__ == "__main__":
    main()
