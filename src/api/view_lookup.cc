#include "api/view_lookup.h"

#include <cstring>

namespace dam {

Status locate(const View& view, const char* id, size_t id_size, uint64_t& out_slot) {
  std::string_view wanted;
  DAM_TRY(take_id(id, id_size, wanted));
  return view.find(wanted, out_slot);
}

Status locate_record(const View& view, const IdArgument& id, View::Check check, Record& out) {
  std::string_view wanted;
  DAM_TRY(take_id(id.text, id.size, wanted));
  return view.find_record(wanted, check, out);
}

Status locate_at(const View& view, int64_t position, uint64_t& out_slot) {
  DAM_ASSIGN(const uint64_t rank, resolve_position(position, view.count()));
  return view.slot_at(rank, out_slot);
}

Status locate_record_from_end(const View& view, int64_t position, View::Check check, Record& out) {
  DAM_ASSIGN(const uint64_t rank, resolve_position(position, view.count()));
  return view.record_at(rank, check, out);
}

Status position_of_id(const View& view, const char* id, size_t id_size, int64_t* out_position) {
  DAM_TRY(require(out_position, "out_position"));
  uint64_t slot = 0;
  uint64_t position = 0;
  DAM_TRY(locate(view, id, id_size, slot));
  DAM_TRY(view.position_of(slot, position));
  *out_position = static_cast<int64_t>(position);
  return {};
}

Status check_buffer(const BufferArgument& buffer) {
  DAM_TRY(require(buffer.out_size, "out_size"));
  return buffer.size == 0 ? Status() : require(buffer.memory, "buffer");
}

Status copy_to(const BufferArgument& buffer, Bytes from) {
  *buffer.out_size = from.size();
  if (from.size() > buffer.size)
    return Status::error(Code::kTooBig, "%zu bytes are to be copied, the buffer has %zu",
                         from.size(), buffer.size);
  if (!from.empty()) std::memcpy(buffer.memory, from.data(), from.size());
  return {};
}

Status copy_id_at(const View& view, int64_t position, const BufferArgument& buffer) {
  DAM_TRY(check_buffer(buffer));
  uint64_t slot = 0;
  DAM_TRY(locate_at(view, position, slot));
  std::string id;
  DAM_TRY(view.append_id(slot, id));
  return copy_to(buffer, as_bytes(id));
}

}  // namespace dam
