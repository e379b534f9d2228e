"""Builds programs against the Java, Go and Node of a build, each with a launcher named like it.

Arguments: the root of the repository, that of the build, the folder to build into, a stamp to
write, and the programs' sources: Name.java, name.go, name.mjs. The launchers are called java, go
and node, and take the arguments of the program. Java is compiled without Maven: the classes of the
binding and the program, which loads the library by its path.
"""
import glob
import os
import shutil
import subprocess
import sys

LAUNCHER = """#!/bin/sh
exec {command} "$@"
"""
GO_MODULE = """module program

go 1.24

require libdam.org/dam v0.0.0

replace libdam.org/dam => {module}
"""


def run(command, folder, **variables):
    ended = subprocess.run(command, cwd=folder, env={**os.environ, **variables}, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(command[:3])}...\n{ended.stdout}")


def launcher(folder, name, command):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(LAUNCHER.format(command=command))
    os.chmod(path, 0o755)


def build_java(root, build, folder, source):
    classes = os.path.join(folder, "classes")
    jni = os.path.join(build, "bindings/java/jni")
    binding = os.path.join(root, "bindings/java/src/main/java")
    sources = glob.glob(os.path.join(jni, "*.java")) + [source] + [
        path for path in glob.glob(os.path.join(binding, "**/*.java"), recursive=True)
        if not path.endswith("module-info.java")]
    run(["javac", "--release", "11", "-nowarn", "-d", classes, *sources], folder)
    name = os.path.splitext(os.path.basename(source))[0]
    launcher(folder, "java",
             f"java -Ddam.library.path='{jni}/libdam_jni.so' -cp '{classes}' {name}")


def build_go(root, build, folder, source):
    place = os.path.join(folder, "module")
    os.makedirs(place, exist_ok=True)
    shutil.copy(source, place)
    module = os.path.join(build, "bindings/go/libdam.org/dam")
    with open(os.path.join(place, "go.mod"), "w", encoding="utf-8") as file:
        file.write(GO_MODULE.format(module=module))
    program = os.path.join(folder, "go_program")
    run(["go", "build", "-o", program, "."], place, GOTOOLCHAIN="local", GOFLAGS="-buildvcs=false",
        PKG_CONFIG_PATH=os.path.join(build, "meson-uninstalled"),
        CGO_CFLAGS=f"-O2 -I{root}/include")
    launcher(folder, "go", f"env LD_LIBRARY_PATH='{build}/src' '{program}'")


def build_node(_root, build, folder, source):
    modules = os.path.join(folder, "node_modules")
    os.makedirs(modules, exist_ok=True)
    link = os.path.join(modules, "libdam")
    if not os.path.islink(link):
        os.symlink(os.path.join(build, "bindings/node/libdam"), link)
    shutil.copy(source, folder)
    launcher(folder, "node", f"node '{os.path.join(folder, os.path.basename(source))}'")


BUILDERS = {".java": build_java, ".go": build_go, ".mjs": build_node}


def main(root, build, folder, stamp, *sources):
    root, build, folder = (os.path.abspath(path) for path in (root, build, folder))
    os.makedirs(folder, exist_ok=True)
    for source in sources:
        BUILDERS[os.path.splitext(source)[1]](root, build, folder, os.path.abspath(source))
    with open(stamp, "w", encoding="utf-8"):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
