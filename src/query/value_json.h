// What a path leads to, as JSON.
#pragma once

#include <string>

#include "query/field_value.h"

namespace dam {

// Added to `out`: as the value stands in the JSON of its document, so bytes of a field are base64
// and bytes among tags an object. Missing is null.
void append_value_json(const FieldValue& value, std::string* out);

}  // namespace dam
