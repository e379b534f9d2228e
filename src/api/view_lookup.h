// What arrays and snapshots answer alike: a document by id or position, as slot, record or copy.
#pragma once

#include <cstddef>
#include <cstdint>

#include "api/arguments.h"
#include "store/view.h"

namespace dam {

// By id as a caller gives it; absent: NOT_FOUND without a text.
Status locate(const View& view, const char* id, size_t id_size, uint64_t& out_slot);
Status locate_record(const View& view, const IdArgument& id, View::Check check, Record& out);
// By position as a caller gives it, negative ones from the end.
Status locate_at(const View& view, int64_t position, uint64_t& out_slot);
Status locate_record_from_end(const View& view, int64_t position, View::Check check, Record& out);
inline Status locate_record_at(const View& view, int64_t position, View::Check check, Record& out) {
  if (position < 0) [[unlikely]]
    return locate_record_from_end(view, position, check, out);
  return view.record_at(static_cast<uint64_t>(position), check, out);
}

// How a document is asked for that a caller keeps: a copy where the array reads safely.
inline View::Check check_of_copies(const View& view, View::Check otherwise) {
  return view.reads_safely() ? View::Check::kCopied : otherwise;
}

Status position_of_id(const View& view, const char* id, size_t id_size, int64_t* out_position);

// A caller's buffer, and where the size that is needed goes (also on TOO_BIG).
struct BufferArgument {
  void* memory;
  size_t size;
  size_t* out_size;
};

// Before anything is looked up: out_size is there, and memory unless size is 0.
Status check_buffer(const BufferArgument& buffer);
Status copy_to(const BufferArgument& buffer, Bytes from);
Status copy_id_at(const View& view, int64_t position, const BufferArgument& buffer);

}  // namespace dam
