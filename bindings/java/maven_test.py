"""Lets Maven build the jar and run the tests of Java, and reports each of their cases in TAP.

Arguments: mvn, this folder, the build folder, the platform as in linux-x86_64, examples/. Then the
README's program is compiled against the jar and run. Maven asks the network only for what its local
repository lacks.
"""
import functools
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import tap

QUICKSTART = "Quickstart.java"
JNI_COMPLAINTS = ("WARNING in native method", "FATAL ERROR in native method")


def run(command):
    """Status and output, complaints included."""
    process = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, check=False)
    return process.returncode, process.stdout


def run_maven(maven, folder, build, platform):
    command = [maven, "--batch-mode", "--quiet", "-Dstyle.color=never",
               "-Dmaven.test.failure.ignore=true", f"-Ddam.build.dir={build}",
               f"-Ddam.platform={platform}", "--file", os.path.join(folder, "pom.xml"), "package"]
    status, output = run(command[:1] + ["--offline"] + command[1:])
    if status != 0 and "offline mode" in output:
        status, output = run(command)
    return status, output


def junit_cases(reports):
    """(name, what went wrong or an empty text) of each case in the reports of surefire."""
    cases = []
    for path in sorted(glob.glob(os.path.join(reports, "TEST-*.xml"))):
        for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase"):
            kind = case.get("classname").rsplit(".", 1)[-1]
            wrong = [found for tag in ("failure", "error", "skipped") for found in case.iter(tag)]
            text = "\n".join(found.text or found.tag for found in wrong)
            cases.append((f"{kind}.{case.get('name')}", text))
    return cases


def jni_complaints(output, reports):
    """What -Xcheck:jni wrote: into the output of Maven, or aside where it disturbed surefire."""
    texts = [output]
    for path in glob.glob(os.path.join(reports, "*.dump*")):
        with open(path, encoding="utf-8", errors="replace") as file:
            texts.append(file.read())
    return "\n".join(text for text in texts if any(mark in text for mark in JNI_COMPLAINTS))


def block_of(readme, language):
    return readme.split(f"```{language}\n", 1)[1].split("```", 1)[0]


def quickstart_trouble(folder, jar, examples):
    """What differs between the README and what its program does; empty when nothing does."""
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        readme = file.read()
    with open(os.path.join(examples, QUICKSTART), encoding="utf-8") as file:
        source = file.read()
    if block_of(readme, "java") != source:
        return f"the README shows another program than examples/{QUICKSTART}"
    shutil.copy(jar, os.path.join(os.getcwd(), "libdam-0.1.0.jar"))
    shutil.copy(os.path.join(examples, QUICKSTART), os.getcwd())
    status, output = run(["bash", "-ec", block_of(readme, "sh")])
    expected = block_of(readme, "text")
    return "" if (status, output) == (0, expected) else f"it printed {output!r}, not {expected!r}"


def case(name, wrong):
    found = functools.partial(str.splitlines, wrong)
    found.__name__ = name
    return found


def main():
    maven, folder, build, platform, examples = (
        part if index == 3 else os.path.abspath(part) for index, part in enumerate(sys.argv[1:]))
    # Meson names the folder of the library here, which would hide the one in the jar.
    os.environ.pop("LD_LIBRARY_PATH", None)
    reports = os.path.join(build, "maven", "surefire-reports")
    shutil.rmtree(reports, ignore_errors=True)
    status, output = run_maven(maven, folder, build, platform)
    jars = glob.glob(os.path.join(build, "maven", "libdam-*.jar"))
    built = "" if status == 0 and len(jars) == 1 else output or "there is no jar"
    cases = junit_cases(reports)
    cases += [("Maven builds the jar", built),
              ("the tests of Java were found", "" if len(cases) > 50 else f"only {len(cases)}"),
              ("checked JNI calls have nothing to complain of", jni_complaints(output, reports))]
    with tempfile.TemporaryDirectory(prefix="dam-java-") as place:
        os.chdir(place)
        wrong = built or quickstart_trouble(folder, jars[0], examples)
        cases.append(("the README's program prints what is shown", wrong))
    tap.run([case(name, wrong) for name, wrong in cases])


if __name__ == "__main__":
    main()
