"""Takes columns over into pyarrow, which knows nothing of libdam, through the C data interface.

Arguments: libdam.so, dam.h.
"""
import ctypes
import json
import os
import sys
import tempfile

import plugin_test
import pyarrow
import tap

DOCUMENTS = [
    {"id": "robin", "text": "sings", "embedding": [1, 2.5], "location": [0.5],
     "tags": {"n": 1, "price": 2, "tame": True, "list": [1, "a"], "mix": 7}},
    {"id": "wren", "tags": {"n": -(2 ** 63), "price": 2.5, "mix": "x"}, "location": [4]},
    {"id": "owl", "text": "", "embedding": [3, 4], "tags": {"tame": False}, "location": [2]},
    {"id": "Uhu \u00fc", "text": "h\u00f6rt"},
]
PATHS = ["id", "text", "embedding", "location", "tags.n", "tags.price", "tags.tame", "tags.list",
         "tags.mix", "uri", "content_type"]
# Wide enough for both structs of the interface.
STRUCT_BYTES = 128


class Birds:
    """An array of DOCUMENTS, and what is selected of it."""

    def __init__(self, host, place):
        self.api, self.host = host.api, host
        self.array = host.open(os.path.join(place, "birds"))
        for document in DOCUMENTS:
            self.append(json.dumps(document).encode())

    def append(self, text):
        document, data, size = ctypes.c_void_p(), ctypes.c_char_p(), ctypes.c_size_t()
        api, address = self.api, ctypes.addressof
        self.check(api.dam_document_from_json(text, len(text), 0, address(document)))
        self.check(api.dam_document_bytes(document, address(data), address(size)))
        self.check(api.dam_append(self.array, data, size, 0, None, None))
        api.dam_document_free(document)

    def check(self, status):
        assert status == plugin_test.OK, self.api.dam_last_error()

    def batch(self, paths, start, stop, step):
        """As pyarrow has it, long after libdam has freed the columns and closed the snapshot."""
        snapshot, columns = ctypes.c_void_p(), ctypes.c_void_p()
        array = ctypes.create_string_buffer(STRUCT_BYTES)
        schema = ctypes.create_string_buffer(STRUCT_BYTES)
        api, address, text = self.api, ctypes.addressof, ",".join(paths).encode()
        self.check(api.dam_snapshot_open(self.array, address(snapshot)))
        self.check(api.dam_select(snapshot, start, stop, step, text, len(text), address(columns)))
        self.check(api.dam_columns_export(columns, address(array), address(schema)))
        api.dam_columns_free(columns)
        self.check(api.dam_snapshot_release(snapshot))
        return pyarrow.RecordBatch._import_from_c(address(array), address(schema))


def value_at(document, path):
    for key in path.split("."):
        document = document.get(key) if isinstance(document, dict) else None
    return document


def cases_of(birds):
    def every_column_has_the_values_of_its_documents():
        batch = birds.batch(PATHS, 0, len(DOCUMENTS), 1)
        batch.validate(full=True)
        wrong = []
        for path in PATHS[:7]:
            expected = [value_at(document, path) for document in DOCUMENTS]
            if batch.column(path).to_pylist() != expected:
                wrong.append(f"{path}: {batch.column(path)}")
        return wrong

    def types_are_what_the_page_says():
        schema = birds.batch(PATHS, 0, len(DOCUMENTS), 1).schema
        floats = pyarrow.float32()
        expected = [pyarrow.large_string(), pyarrow.large_string(), pyarrow.list_(floats, 2),
                    pyarrow.list_(floats, 1), pyarrow.int64(), pyarrow.float64(), pyarrow.bool_(),
                    pyarrow.json_(pyarrow.large_string()), pyarrow.json_(pyarrow.large_string()),
                    pyarrow.null(), pyarrow.large_string()]
        return [f"{field.name} is {field.type}" for field, kind in zip(schema, expected)
                if field.type != kind]

    def json_columns_hold_json():
        batch = birds.batch(["tags.list", "tags.mix"], 0, 2, 1)
        found = [[json.loads(text) if text else None for text in column.to_pylist()]
                 for column in batch.columns]
        return tap.expect(found == [[[1, "a"], None], [7, "x"]], str(found))

    def slices_and_no_rows_at_all_are_batches_too():
        turned = birds.batch(["id", "tags.tame"], 2, -9, -2)
        empty = birds.batch(PATHS, 2, 2, 1)
        empty.validate(full=True)
        return tap.expect(turned.column(0).to_pylist() == ["owl", "robin"] and empty.num_rows == 0
                          and turned.column(1).to_pylist() == [False, True], str(turned))

    def batches_stay_when_the_array_is_closed():
        batch = birds.batch(["id", "embedding"], 0, 1, 1)
        birds.check(birds.api.dam_close(birds.array))
        row = batch.to_pylist()
        return tap.expect(row == [{"id": "robin", "embedding": [1.0, 2.5]}], str(row))

    return [every_column_has_the_values_of_its_documents, types_are_what_the_page_says,
            json_columns_hold_json, slices_and_no_rows_at_all_are_batches_too,
            batches_stay_when_the_array_is_closed]


def main(library, header):
    with open(header, encoding="utf-8") as file:
        host = plugin_test.Host(library, file.read())
    with tempfile.TemporaryDirectory() as place:
        tap.run(cases_of(Birds(host, place)))


if __name__ == "__main__":
    main(*sys.argv[1:])
