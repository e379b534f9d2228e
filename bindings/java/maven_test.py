"""Lets Maven build the jar and run the tests of Java, and reports each of their cases in TAP.

Arguments: mvn, the root of the repository, the build folder of Java, the platform as in
linux-x86_64. Then the README's program is compiled against the jar and run. Maven asks the network
only for what its local repository lacks.
"""
import functools
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import binary_facts
import tap

FOLDER = "bindings/java"
QUICKSTART = "examples/Quickstart.java"
EVERY_FUNCTION = FOLDER + "/src/test/java/org/libdam/binding/Every*Test.java"
# By bindings/dam.i: they are for C hosts.
HIDDEN = {"dam_get_api", "dam_set_log", "dam_columns_export"}
JNI_COMPLAINTS = ("WARNING in native method", "FATAL ERROR in native method")


def run(command):
    """Status and output, complaints included."""
    process = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, check=False)
    return process.returncode, process.stdout


def read(*parts):
    with open(os.path.join(*parts), encoding="utf-8", errors="replace") as file:
        return file.read()


def run_maven(maven, root, build, platform):
    command = [maven, "--batch-mode", "--quiet", "-Dstyle.color=never",
               "-Dmaven.test.failure.ignore=true", f"-Ddam.build.dir={build}",
               f"-Ddam.platform={platform}", "--file", os.path.join(root, FOLDER, "pom.xml"),
               "package"]
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
    texts = [output] + [read(path) for path in glob.glob(os.path.join(reports, "*.dump*"))]
    return "\n".join(text for text in texts if any(mark in text for mark in JNI_COMPLAINTS))


def functions_not_called(root):
    """Functions of dam.h that the tests of each of them leave out."""
    tests = "".join(read(path) for path in glob.glob(os.path.join(root, EVERY_FUNCTION)))
    declared = binary_facts.declared_names(read(root, "include/dam.h")) - HIDDEN
    called = set(re.findall(r"\bDamC\.(dam_\w+)\(", tests))
    return "\n".join(sorted(declared - called)) if declared else "dam.h was not read"


def block_of(readme, language):
    return readme.split(f"```{language}\n", 1)[1].split("```", 1)[0]


def quickstart_trouble(root, jar):
    """What differs between the README and what its program does; empty when nothing does."""
    readme = read(root, FOLDER, "README.md")
    if block_of(readme, "java") != read(root, QUICKSTART):
        return f"the README shows another program than {QUICKSTART}"
    shutil.copy(jar, os.path.join(os.getcwd(), "libdam-0.1.0.jar"))
    shutil.copy(os.path.join(root, QUICKSTART), os.getcwd())
    ended = subprocess.run(["bash", "-ec", block_of(readme, "sh")], stdin=subprocess.DEVNULL,
                           capture_output=True, text=True, check=False)
    return "" if ended.stdout == block_of(readme, "text") else ended.stdout + ended.stderr


def case(name, wrong):
    found = functools.partial(str.splitlines, wrong)
    found.__name__ = name
    return found


def main():
    maven, root, build, platform = sys.argv[1:]
    root, build = os.path.abspath(root), os.path.abspath(build)
    # Meson names the folder of the library here, which would hide the one in the jar.
    os.environ.pop("LD_LIBRARY_PATH", None)
    reports = os.path.join(build, "maven", "surefire-reports")
    shutil.rmtree(reports, ignore_errors=True)
    status, output = run_maven(maven, root, build, platform)
    jars = glob.glob(os.path.join(build, "maven", "libdam-*.jar"))
    built = "" if status == 0 and len(jars) == 1 else output or "there is no jar"
    cases = junit_cases(reports)
    cases += [("Maven builds the jar", built),
              ("the tests of Java were found", "" if len(cases) > 50 else f"only {len(cases)}"),
              ("each function of dam.h is called by a test", functions_not_called(root)),
              ("checked JNI calls have nothing to complain of", jni_complaints(output, reports))]
    with tempfile.TemporaryDirectory(prefix="dam-java-") as place:
        os.chdir(place)
        wrong = built or quickstart_trouble(root, jars[0])
        cases.append(("the README's program prints what is shown", wrong))
    tap.run([case(name, wrong) for name, wrong in cases])


if __name__ == "__main__":
    main()
