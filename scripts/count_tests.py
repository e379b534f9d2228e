"""Counts the single test cases of a run of scripts/test, and shows those that failed.

Reads what each leg left in the results folder: <leg>.json, the log of `meson test`, and <leg>*.tap,
the cases that are no tests of Meson's. A Meson test that speaks TAP counts once a case, any other
counts as one; a program that ends badly or before its plan is a failed case of its own.
"""
import glob
import json
import os
import re
import sys

CASE = re.compile(r"^(not )?ok\b\s*(\d*)\s*-?\s*(.*)$")
PLAN = re.compile(r"^1\.\.(\d+)")


def cases_of_tap(text):
    """(name, passed) of each case, and the number of cases the plan promised (None without one)."""
    cases, promised = [], None
    for line in text.splitlines():
        case, plan = CASE.match(line), PLAN.match(line)
        if case:
            cases.append((case.group(3) or case.group(2), case.group(1) is None))
        elif plan:
            promised = int(plan.group(1)) + (promised or 0)
    return cases, promised


def cases_of_test(entry):
    """The cases of one line of Meson's testlog.json."""
    cases, promised = cases_of_tap(entry.get("stdout") or "")
    if promised is None or not cases:
        return [(entry["name"], entry["result"] in ("OK", "EXPECTEDFAIL"))]
    prefix = entry["name"].split(":")[-1].split(" - ")[-1]
    cases = [(f"{prefix}: {name}", passed) for name, passed in cases]
    ended_well = entry["result"] == "OK" or not all(passed for _, passed in cases)
    if promised != len(cases) or not ended_well:
        cases.append((f"{prefix}: ends after all its cases ({entry['result']})", False))
    return cases


def output_of(entry):
    return "\n".join(entry.get(stream) or "" for stream in ("stdout", "stderr")).strip()


def read_leg(results, leg):
    """The cases of one leg, and the output behind those that failed."""
    cases, outputs = [], []
    for path in sorted(glob.glob(os.path.join(results, leg + "*.tap"))):
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
        found, _ = cases_of_tap(text)
        cases += found
        outputs += [] if all(passed for _, passed in found) else [text]
    log = os.path.join(results, leg + ".json")
    if os.path.exists(log):
        with open(log, encoding="utf-8") as file:
            entries = [json.loads(line) for line in file if line.strip()]
        for entry in entries:
            found = cases_of_test(entry)
            cases += found
            outputs += [] if all(passed for _, passed in found) else [output_of(entry)]
    return cases, outputs


def legs_of(results):
    paths = glob.glob(os.path.join(results, "*.tap"))
    names = {os.path.basename(path)[: -len(".tap")] for path in paths}
    return sorted(name for name in names if not name.endswith("-run"))


def show_leg(results, leg, seconds):
    cases, outputs = read_leg(results, leg)
    failed = [name for name, passed in cases if not passed]
    print(f"{leg}: {len(cases) - len(failed)} passed, {len(failed)} failed ({seconds} s)")
    for output in outputs:
        print("\n".join("  | " + line for line in output.splitlines()[-400:]))
    for name in failed:
        print(f"  FAILED {name}")


def main(arguments):
    if arguments[0] == "--leg":
        show_leg(arguments[2], arguments[1], arguments[3])
        return 0
    cases = [case for leg in legs_of(arguments[0]) for case in read_leg(arguments[0], leg)[0]]
    failed = sum(not passed for _, passed in cases)
    print(f"{len(cases) - failed} passed, {failed} failed", flush=True)
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
