// What must hold inside each kind of table beyond bounds: the rules that a schema cannot state.
// Split by what they read, because of the order in which verify_document.cc proves things.
#pragma once

#include "base/status.h"
#include "document/verify_place.h"

namespace dam {

// Reads the table's scalars, texts and vectors of scalars, and the presence of tables.
Status check_own_fields(const Place& place);

// Reads also the tables directly below.
Status check_tables_below(const Place& place);

}  // namespace dam
