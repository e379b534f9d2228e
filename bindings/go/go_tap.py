"""Runs the tests of the Go module, under the race detector, and says as TAP what `go test` found.

Arguments: go, the folder of the module. Every test and subtest is a case; so are a package that
does not build, the layout that gofmt wants, what vet finds, and the answer to a build without cgo.
"""
import json
import os
import subprocess
import sys


def run(folder, command, **variables):
    return subprocess.run(command, cwd=folder, env={**os.environ, **variables}, text=True,
                          capture_output=True, stdin=subprocess.DEVNULL, check=False)


def cases_of_go(go, folder):
    """(name, complaint) of each test: the complaint is empty when it passed."""
    process = run(folder, [go, "test", "-json", "-race", "-count=1", "-timeout=240s", "./..."])
    cases, outputs = [], {}
    for line in process.stdout.splitlines():
        event = json.loads(line)
        package = event.get("Package") or event.get("ImportPath", "").split(" ")[0]
        key = (package, event.get("Test"))
        action = event["Action"]
        if action in ("output", "build-output"):
            outputs.setdefault(key, []).append(event["Output"])
        elif key[1] is not None and action in ("pass", "fail", "skip"):
            complaint = "" if action == "pass" else action + "\n" + "".join(outputs.get(key, []))
            cases.append((f"{package.split('/')[-1]}: {key[1]}", complaint))
        elif action in ("fail", "build-fail"):
            cases.append((f"{package}: builds and ends", "".join(outputs.get(key, [])) or action))
    if process.returncode != 0 and all(complaint == "" for _, complaint in cases):
        cases.append(("go test ends well", process.stdout + process.stderr))
    return cases


def layout_case(go, folder):
    handwritten = [os.path.relpath(os.path.join(parent, name), folder)
                   for parent, _, names in os.walk(folder) for name in names
                   if name.endswith(".go") and name != "dam.go"]
    gofmt = os.path.join(run(folder, [go, "env", "GOROOT"]).stdout.strip(), "bin", "gofmt")
    return "sources are as gofmt lays them out", run(folder, [gofmt, "-d", *handwritten]).stdout


def vet_case(go, folder):
    process = run(folder, [go, "vet", "."])
    return "vet finds nothing", "" if process.returncode == 0 else process.stderr


def cgo_case(go, folder):
    process = run(folder, [go, "build", "."], CGO_ENABLED="0")
    lines = [line for line in process.stderr.splitlines() if not line.startswith("#")]
    clear = len(lines) == 1 and "libdam_needs_cgo" in lines[0]
    return "a build without cgo says what is missing", "" if clear else process.stderr or "builds"


def main(go, folder):
    cases = cases_of_go(go, folder)
    cases += [check(go, folder) for check in (layout_case, vet_case, cgo_case)]
    print(f"1..{len(cases)}")
    for number, (name, complaint) in enumerate(cases, 1):
        print(f"{'not ' if complaint else ''}ok {number} - {name}")
        for line in complaint.splitlines():
            print(f"# {line}")
    return 1 if any(complaint for _, complaint in cases) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
