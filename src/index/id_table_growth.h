// Copies the entries of a table into a new, larger one.
#pragma once

#include "base/status.h"
#include "index/id_entry.h"
#include "index/id_table.h"
#include "index/id_table_builder.h"

namespace dam {

// Goes through `from` in order of buckets, a mebibyte at a time. A table keeps too few bits of a
// hash to place an entry in a larger one, so `hashes_of` is asked for each slot; an entry none of
// whose hashes leads to where it lies is reached by no search, and is left behind.
Status copy_entries(const IdTable& from, const HashesOf& hashes_of, IdTableBuilder& to);

}  // namespace dam
