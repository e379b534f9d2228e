"""What libdam.so shows of itself through nm and readelf, and what dam.h declares.

Each function takes the text a tool printed (or the header's) and returns names or offenders, so
that binary_facts_test.py can show it texts of its own.
"""
import re

ENDBR64 = b"\xf3\x0f\x1e\xfa"
FORTIFIED = re.compile(r"\b__\w+_chk\b")


def exported_names(nm_text):
    """Names in the output of `nm -D --defined-only`, versions cut off."""
    lines = [line.split() for line in nm_text.splitlines() if line.strip()]
    return {fields[-1].split("@")[0] for fields in lines}


def declared_names(header):
    """Functions that a public header declares with DAM_API."""
    header = re.sub(r"/\*.*?\*/|//[^\n]*", "", header, flags=re.S)
    header = re.sub(r"^[ \t]*#.*$", "", header, flags=re.M)
    return set(re.findall(r"\bDAM_API\b[^;(]*?\b(\w+)\s*\(", header))


def needed_libraries(dynamic):
    """NEEDED entries of `readelf -d`."""
    return set(re.findall(r"\(NEEDED\).*?\[([^\]]+)\]", dynamic))


def soname(dynamic):
    found = re.search(r"\(SONAME\).*?\[([^\]]+)\]", dynamic)
    return found.group(1) if found else None


def missing_flags(dynamic):
    """Dynamic flags that a hardened library has and this one lacks."""
    flags = {"bound at load": r"BIND_NOW|Flags:.*\bNOW\b", "never unloaded": r"\bNODELETE\b"}
    missing = [name for name, pattern in flags.items() if not re.search(pattern, dynamic)]
    return missing + (["position of its code relative"] if "(TEXTREL)" in dynamic else [])


def open_segments(headers):
    """Offenders among the program headers of `readelf -lW`."""
    offenders = [] if "GNU_RELRO" in headers else ["no GNU_RELRO segment"]
    stack = re.search(r"GNU_STACK\s.*", headers)
    if not stack or re.search(r"\bRWE\b", stack.group()):
        offenders.append("the stack is executable")
    writable_code = re.search(r"^\s*LOAD\s.*\bRWE\b", headers, re.M)
    return offenders + (["a segment is writable and executable"] if writable_code else [])


def thread_local_bytes(headers):
    """Size of the thread-local segment among the program headers of `readelf -lW`."""
    found = re.search(r"^\s*TLS\s+\S+\s+\S+\s+\S+\s+\S+\s+(0x\w+)", headers, re.M)
    return int(found.group(1), 16) if found else 0


def missing_guards(undefined):
    """Guards that `nm -D --undefined-only` does not show in use."""
    missing = [] if "__stack_chk_fail" in undefined else ["stack protector"]
    return missing + ([] if FORTIFIED.search(undefined) else ["fortified functions"])


def unguarded_entries(nm_text, headers, image):
    """Exported functions that do not begin with ENDBR64, the landing mark of indirect branches.

    Why not the property note: the start files of Debian's gcc lack it, so the linker drops it.
    """
    loads = [[int(field, 16) for field in found] for found in
             re.findall(r"LOAD\s+(0x\w+)\s+(0x\w+)\s+0x\w+\s+(0x\w+)", headers)]
    unguarded = []
    for address, kind, name in (line.split()[:3] for line in nm_text.splitlines() if line.strip()):
        at = [int(address, 16) - start + offset for offset, start, size in loads
              if start <= int(address, 16) < start + size]
        if kind == "T" and (not at or image[at[0]:at[0] + 4] != ENDBR64):
            unguarded.append(name)
    return unguarded
