"""Uses libdam as hosts do that link nothing of it: examples/plugin_host.c, and Python's ctypes.

Arguments: libdam.so, plugin_host, dam.h.
"""
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import binary_facts
import table_layout
import tap

OK, CLOSED, NUL_TERMINATED = 0, -14, ctypes.c_size_t(-1).value


def printed(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Host:
    """One copy of the library, loaded by ctypes, and its table."""

    def __init__(self, path, header):
        library = ctypes.CDLL(path, mode=os.RTLD_NOW | os.RTLD_LOCAL)
        get_api = library.dam_get_api
        get_api.restype, get_api.argtypes = ctypes.c_void_p, [ctypes.c_int32]
        self.address = get_api(1)
        self.none = get_api(1000)
        self.api = table_layout.table_type(header).from_address(self.address)

    def open(self, directory):
        array = ctypes.c_void_p()
        status = self.api.dam_open(directory.encode(), None, ctypes.addressof(array))
        assert status == OK, self.api.dam_last_error()
        return array

    def append(self, array, bird):
        document, data, size = ctypes.c_void_p(), ctypes.c_char_p(), ctypes.c_size_t()
        api, address = self.api, ctypes.addressof
        api.dam_document_from_json(f'{{"id":"{bird}"}}'.encode(), NUL_TERMINATED, 0,
                                   address(document))
        api.dam_document_bytes(document, address(data), address(size))
        status = api.dam_append(array, data, size, 0, None, None)
        api.dam_document_free(document)
        return status

    def json_at(self, array, position):
        document, text, size = ctypes.c_void_p(), ctypes.c_char_p(), ctypes.c_size_t()
        api, address = self.api, ctypes.addressof
        status = api.dam_get_at(array, position, address(document))
        assert status == OK, api.dam_last_error()
        api.dam_document_to_json(document, 0, address(text), address(size))
        json = text.value.decode()
        api.dam_free(text)
        api.dam_document_free(document)
        return json


def cases_in_c(library, copy, program, place):
    def the_host_in_c_uses_two_copies_at_once():
        birds = os.path.join(place, "birds")
        lines = printed(program, birds, library, copy).splitlines()
        expected = ["copy 1, version 0.1.0: 1 birds", "copy 2, version 0.1.0: 2 birds"]
        return tap.expect(lines == expected, f"it printed {lines}")

    def the_host_in_c_needs_libc_alone():
        needed = re.findall(r"\(NEEDED\).*\[(.*)\]", printed("readelf", "-dW", program))
        return sorted(set(needed) - {"libc.so.6", "ld-linux-x86-64.so.2"})

    def the_host_in_c_refuses_what_is_no_library():
        ended = subprocess.run([program, place, __file__], capture_output=True, text=True,
                               check=False)
        complaint = (ended.returncode, ended.stderr[:30])
        return tap.expect(complaint == (1, "plugin_host: cannot be loaded:"), str(ended))

    return [the_host_in_c_uses_two_copies_at_once, the_host_in_c_needs_libc_alone,
            the_host_in_c_refuses_what_is_no_library]


def cases_of_the_table(first, header):
    def the_table_has_a_member_for_every_function():
        declared = binary_facts.declared_names(header) - {"dam_get_api"}
        named = {name for name, _ in table_layout.members(header)}
        return sorted(declared ^ named)

    def the_size_of_the_table_is_that_of_its_members():
        expected = 8 * (1 + len(table_layout.members(header)))
        return tap.expect(first.api.size_bytes == expected == ctypes.sizeof(first.api),
                          f"{first.api.size_bytes} bytes, {expected} in the header")

    def an_abi_that_is_none_has_no_table():
        return tap.expect(first.none is None, "there is one")

    return [the_table_has_a_member_for_every_function,
            the_size_of_the_table_is_that_of_its_members, an_abi_that_is_none_has_no_table]


def cases_in_python(first, second, place):
    def python_writes_and_reads_through_the_table():
        array = first.open(os.path.join(place, "from_python"))
        statuses = [first.append(array, "robin"), first.append(array, "wren")]
        answers = [first.json_at(array, 0), first.json_at(array, -1)]
        statuses += [first.api.dam_close(array), first.api.dam_close(array)]
        return tap.expect((statuses, answers) == (
            [OK, OK, OK, CLOSED], ['{"id":"robin"}', '{"id":"wren"}']), f"{statuses} {answers}")

    def two_copies_keep_their_handles_and_errors_apart():
        array = second.open(os.path.join(place, "of_the_second"))
        count = ctypes.c_int64()
        foreign = first.api.dam_count(array, ctypes.addressof(count))
        texts = (first.api.dam_last_error() != b"", second.api.dam_last_error())
        second.api.dam_close(array)
        return tap.expect(foreign != OK and texts == (True, b"") and
                          first.address != second.address, f"{foreign} {texts}")

    def close_into(array, statuses):
        statuses.append(first.api.dam_close(array))

    def closing_from_many_threads_is_answered_by_each():
        statuses = []
        for _ in range(50):
            array = first.open(os.path.join(place, "closed"))
            threads = [threading.Thread(target=close_into, args=(array, statuses))
                       for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return tap.expect(sorted(statuses) == [CLOSED] * 150 + [OK] * 50, str(set(statuses)))

    return [python_writes_and_reads_through_the_table,
            two_copies_keep_their_handles_and_errors_apart,
            closing_from_many_threads_is_answered_by_each]


def main():
    library, program, header_path = sys.argv[1:]
    with open(header_path, encoding="utf-8") as file:
        header = file.read()
    with tempfile.TemporaryDirectory(prefix="dam-plugin-") as place:
        copy = shutil.copy(library, os.path.join(place, "another.so"))
        first, second = Host(library, header), Host(copy, header)
        tap.run(cases_in_c(library, copy, program, place) + cases_of_the_table(first, header) +
                cases_in_python(first, second, place))


if __name__ == "__main__":
    main()
