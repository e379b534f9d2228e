// Reading single documents, and what is known about them, from the latest commit of an array.
#include "api/arguments.h"
#include "api/document_handle.h"
#include "api/open_handles.h"
#include "api/view_lookup.h"

using dam::OpenArray;
using dam::Record;
using dam::Status;
using dam::View;

dam_status dam_count(dam_array* array, int64_t* out_count) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_count, "out_count"));
    *out_count = static_cast<int64_t>(open.store->view()->count());
    return {};
  });
}

dam_status dam_contains(dam_array* array, const char* id, size_t id_size, int32_t* out_found) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_found, "out_found"));
    uint64_t slot = 0;
    Status status = dam::locate(*open.store->view(), id, id_size, slot);
    if (!status.ok() && status.code() != dam::Code::kNotFound) return status;
    *out_found = status.ok() ? 1 : 0;
    return {};
  });
}

dam_status dam_get(dam_array* array, const char* id, size_t id_size, dam_document** out_document) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_document, "out_document"));
    std::shared_ptr<const View> view = open.store->view();
    Record record;
    DAM_TRY(dam::locate_record(*view, {id, id_size},
                               dam::check_of_copies(*view, View::Check::kFirstTouch), record));
    *out_document = dam::document_of(std::move(view), record).release();
    return {};
  });
}

dam_status dam_get_at(dam_array* array, int64_t position, dam_document** out_document) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_document, "out_document"));
    std::shared_ptr<const View> view = open.store->view();
    Record record;
    DAM_TRY(dam::locate_record_at(*view, position,
                                  dam::check_of_copies(*view, View::Check::kFirstTouch), record));
    *out_document = dam::document_of(std::move(view), record).release();
    return {};
  });
}

dam_status dam_read(dam_array* array, const char* id, size_t id_size, void* buffer,
                    size_t buffer_size, size_t* out_size) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    const dam::BufferArgument target = {buffer, buffer_size, out_size};
    DAM_TRY(dam::check_buffer(target));
    const std::shared_ptr<const View> view = open.store->view();
    Record record;
    DAM_TRY(dam::locate_record(*view, {id, id_size},
                               dam::check_of_copies(*view, View::Check::kAlways), record));
    return dam::copy_to(target, record.document);
  });
}

dam_status dam_read_at(dam_array* array, int64_t position, void* buffer, size_t buffer_size,
                       size_t* out_size) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    const dam::BufferArgument target = {buffer, buffer_size, out_size};
    DAM_TRY(dam::check_buffer(target));
    const std::shared_ptr<const View> view = open.store->view();
    Record record;
    DAM_TRY(dam::locate_record_at(*view, position,
                                  dam::check_of_copies(*view, View::Check::kAlways), record));
    return dam::copy_to(target, record.document);
  });
}

dam_status dam_position(dam_array* array, const char* id, size_t id_size, int64_t* out_position) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) {
    return dam::position_of_id(*open.store->view(), id, id_size, out_position);
  });
}

dam_status dam_id_at(dam_array* array, int64_t position, char* buffer, size_t buffer_size,
                     size_t* out_size) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) {
    return dam::copy_id_at(*open.store->view(), position, {buffer, buffer_size, out_size});
  });
}

dam_status dam_revision(dam_array* array, const char* id, size_t id_size, int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_revision, "out_revision"));
    const std::shared_ptr<const View> view = open.store->view();
    uint64_t slot = 0;
    uint64_t revision = 0;
    DAM_TRY(dam::locate(*view, id, id_size, slot));
    DAM_TRY(view->revision_of(slot, revision));
    *out_revision = static_cast<int64_t>(revision);
    return {};
  });
}
