// Where verification stands: the way from the root of a document to one of its tables, as a chain
// of stack frames. Nothing is written out before something is wrong.
#pragma once

#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "base/status.h"
#include "document/table_shape.h"

namespace dam {

struct Place {
  const Place* parent;      // nullptr at the root
  const TableShape* shape;  // of the table this place is
  const uint8_t* table;     // its address
  const char* field;        // of the parent, that leads here
  int64_t index;            // within the field, -1 if it holds one table

  // "chunks[2].tags.color", and for the root "". The middle of a long way is left out.
  std::string path() const;
  // The same with a field, and perhaps an index, of this table behind it.
  std::string path_to(const char* name, int64_t element = -1) const;

 private:
  std::string whole_path() const;
};

// Text as it can stand in a message: at most 40 bytes, control and broken characters replaced.
std::string printable(std::string_view text);

}  // namespace dam
