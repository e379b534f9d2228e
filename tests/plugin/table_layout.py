"""The table of dam.h as ctypes sees it, read from the header's struct dam_api."""
import ctypes
import re

# By the last word but the name, pointers apart. A handle, whichever, is a pointer to nothing known.
SCALARS = {"int32_t": ctypes.c_int32, "dam_status": ctypes.c_int32, "uint32_t": ctypes.c_uint32,
           "int64_t": ctypes.c_int64, "size_t": ctypes.c_size_t, "void": None,
           "double": ctypes.c_double, "float": ctypes.c_float}
MEMBER = re.compile(r"([\w ]+?\**)\s*\(\*(\w+)\)\(([^)]*)\)")


def type_of(text):
    """A parameter or result: texts and bytes as char *, other pointers as void *."""
    if "*" not in text:
        return SCALARS.get(text.split()[0], ctypes.c_void_p)
    is_text = re.match(r"\s*const (char|void)\s*\*\s*\w*\s*$", text) is not None
    return ctypes.c_char_p if is_text else ctypes.c_void_p


def members(header):
    """(name, type of the function) of each member, in the order of the struct."""
    header = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    body = re.search(r"typedef struct dam_api \{\s*size_t size_bytes;(.*?)\} dam_api;", header,
                     re.S).group(1)
    found = []
    for result, name, parameters in MEMBER.findall(body):
        parameters = [] if parameters.strip() == "void" else parameters.split(",")
        kinds = [type_of(parameter) for parameter in parameters]
        found.append((name, ctypes.CFUNCTYPE(type_of(result), *kinds)))
    return found


def table_type(header):
    fields = [("size_bytes", ctypes.c_size_t)] + members(header)
    return type("Table", (ctypes.Structure,), {"_fields_": fields})
