// Views of one commit, which lend their documents.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "api/view_lookup.h"

using dam::OpenSnapshot;
using dam::Status;
using dam::View;

namespace dam {
namespace {

struct LentOutput {
  const void** out_data;
  size_t* out_size;
};

Status check_lent(const LentOutput& lent) {
  DAM_TRY(require(lent.out_data, "out_data"));
  return require(lent.out_size, "out_size");
}

// A copy goes with the snapshot.
Status lend(OpenSnapshot& open, Record& record, const LentOutput& lent) {
  if (record.copy != nullptr) [[unlikely]] {
    const std::lock_guard lock(open.mutex);
    open.copies.push_back(std::move(record.copy));
  }
  *lent.out_data = record.document.data();
  *lent.out_size = record.document.size();
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_snapshot_open(dam_array* array, dam_snapshot** out_snapshot) {
  return dam::with<dam::OpenArray>(array, [&](dam::OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_snapshot, "out_snapshot"));
    auto snapshot = std::make_unique<OpenSnapshot>();
    snapshot->view = open.store->view();
    snapshot->indexes = open.indexes;
    return dam::hand_out(std::move(snapshot), out_snapshot);
  });
}

dam_status dam_snapshot_release(dam_snapshot* snapshot) {
  return dam::close_handle<OpenSnapshot>(snapshot);
}

dam_status dam_snapshot_count(dam_snapshot* snapshot, int64_t* out_count) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_count, "out_count"));
    *out_count = static_cast<int64_t>(open.view->count());
    return {};
  });
}

dam_status dam_snapshot_revision(dam_snapshot* snapshot, int64_t* out_revision) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    DAM_TRY(dam::require(out_revision, "out_revision"));
    *out_revision = static_cast<int64_t>(open.view->revision());
    return {};
  });
}

dam_status dam_snapshot_get(dam_snapshot* snapshot, const char* id, size_t id_size,
                            const void** out_data, size_t* out_size) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    const dam::LentOutput lent = {out_data, out_size};
    DAM_TRY(dam::check_lent(lent));
    dam::Record record;
    DAM_TRY(dam::locate_record(*open.view, {id, id_size},
                               dam::check_of_copies(*open.view, View::Check::kFirstTouch), record));
    return dam::lend(open, record, lent);
  });
}

dam_status dam_snapshot_get_at(dam_snapshot* snapshot, int64_t position, const void** out_data,
                               size_t* out_size) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) -> Status {
    const dam::LentOutput lent = {out_data, out_size};
    DAM_TRY(dam::check_lent(lent));
    dam::Record record;
    DAM_TRY(dam::locate_record_at(
        *open.view, position, dam::check_of_copies(*open.view, View::Check::kFirstTouch), record));
    return dam::lend(open, record, lent);
  });
}

dam_status dam_snapshot_position(dam_snapshot* snapshot, const char* id, size_t id_size,
                                 int64_t* out_position) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) {
    return dam::position_of_id(*open.view, id, id_size, out_position);
  });
}

dam_status dam_snapshot_id_at(dam_snapshot* snapshot, int64_t position, char* buffer,
                              size_t buffer_size, size_t* out_size) {
  return dam::with<OpenSnapshot>(snapshot, [&](OpenSnapshot& open) {
    return dam::copy_id_at(*open.view, position, {buffer, buffer_size, out_size});
  });
}
