"""Holds libdam.so to its promises: exports, needed libraries, hardening.

Arguments: the library, dam.h, the CPU family, `static` or `shared` for the C++ runtime, and
`optimized` or `plain`. What is looked for is in binary_facts.py.
"""
import subprocess
import sys

import binary_facts
import tap

SYSTEM = {"libc.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
# All that a process loads late shares less than 2 KiB.
MOST_THREAD_LOCAL_BYTES = 64
# RE2 comes with the shared runtime only.
SHARED_RUNTIME = {"libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libre2.so.9"}


def printed(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main():
    library, header_path, cpu, runtime, build = sys.argv[1:]
    with open(header_path, encoding="utf-8") as file:
        declared = binary_facts.declared_names(file.read())
    dynamic = printed("readelf", "-dW", library)

    def exports_are_what_the_header_declares():
        exported = binary_facts.exported_names(printed("nm", "-D", "--defined-only", library))
        return ([f"{name} is exported, not declared" for name in sorted(exported - declared)] +
                [f"{name} is declared, not exported" for name in sorted(declared - exported)] +
                tap.expect(len(declared) > 3, "the header's functions were not found"))

    def the_soname_carries_the_binary_version():
        name = binary_facts.soname(dynamic)
        return tap.expect(name == "libdam.so.0", f"the soname is {name}")

    def no_library_is_needed_beyond_the_runtime():
        allowed = SYSTEM | (SHARED_RUNTIME if runtime == "shared" else set())
        return sorted(binary_facts.needed_libraries(dynamic) - allowed)

    def the_library_is_bound_at_load_and_never_unloaded():
        return binary_facts.missing_flags(dynamic)

    def no_memory_is_writable_and_executable():
        return binary_facts.open_segments(printed("readelf", "-lW", library))

    def many_copies_find_room_for_their_thread_local_data():
        size = binary_facts.thread_local_bytes(printed("readelf", "-lW", library))
        return tap.expect(size <= MOST_THREAD_LOCAL_BYTES, f"{size} bytes")

    def the_compiler_guards_stack_and_buffers():
        return binary_facts.missing_guards(printed("nm", "-D", "--undefined-only", library))

    def indirect_branches_are_protected():
        with open(library, "rb") as file:
            image = file.read()
        return binary_facts.unguarded_entries(printed("nm", "-D", "--defined-only", library),
                                              printed("readelf", "-lW", library), image)

    cases = [exports_are_what_the_header_declares, the_soname_carries_the_binary_version,
             no_library_is_needed_beyond_the_runtime,
             the_library_is_bound_at_load_and_never_unloaded,
             no_memory_is_writable_and_executable,
             many_copies_find_room_for_their_thread_local_data]
    cases += [the_compiler_guards_stack_and_buffers] if build == "optimized" else []
    cases += [indirect_branches_are_protected] if cpu == "x86_64" else []
    tap.run(cases)


if __name__ == "__main__":
    main()
