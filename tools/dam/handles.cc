// Opening and closing arrays for the commands; see handles.h.
#include "handles.h"

#include <string>

#include "slice_text.h"

namespace dam::tool {

namespace {

dam_status choose(dam_options* options, OpenMode mode) {
  const bool creates = mode == OpenMode::kCreate || mode == OpenMode::kCreateShared;
  const bool shares = mode == OpenMode::kWriteShared || mode == OpenMode::kCreateShared;
  dam_status status =
      dam_options_set(options, DAM_OPTION_READ_ONLY, mode == OpenMode::kRead ? 1 : 0);
  if (status == DAM_OK) status = dam_options_set(options, DAM_OPTION_CREATE, creates ? 1 : 0);
  if (status != DAM_OK) return status;
  return dam_options_set(options, DAM_OPTION_SHARED_WRITER, shares ? 1 : 0);
}

}  // namespace

OpenMode write_mode(const Arguments& arguments) {
  return arguments.has("--shared") ? OpenMode::kWriteShared : OpenMode::kWrite;
}

OpenMode create_mode(const Arguments& arguments) {
  return arguments.has("--shared") ? OpenMode::kCreateShared : OpenMode::kCreate;
}

ExitStatus open_array(std::string_view what, std::string_view path, OpenMode mode,
                      Owned<dam_array>& out_array) {
  dam_options* raw_options = nullptr;
  dam_status status = dam_options_create(&raw_options);
  Owned<dam_options> options(raw_options);
  if (status == DAM_OK) status = choose(raw_options, mode);
  dam_array* array = nullptr;
  if (status == DAM_OK) status = dam_open(std::string(path).c_str(), raw_options, &array);
  if (status != DAM_OK) return failed_call(what, path, status);
  out_array.reset(array);
  return ExitStatus::kDone;
}

ExitStatus close_writer(std::string_view what, std::string_view path, Owned<dam_array> array) {
  dam_status status = dam_close(array.release());
  return status == DAM_OK ? ExitStatus::kDone : failed_call(what, path, status);
}

dam_status open_cursor(dam_array* array, const Slice& slice, Owned<dam_cursor>& out_cursor) {
  dam_snapshot* raw_snapshot = nullptr;
  dam_status status = dam_snapshot_open(array, &raw_snapshot);
  if (status != DAM_OK) return status;
  // The cursor keeps what it needs of it.
  Owned<dam_snapshot> snapshot(raw_snapshot);
  dam_cursor* cursor = nullptr;
  status = dam_cursor_open(raw_snapshot, slice.start, slice.stop, slice.step, &cursor);
  out_cursor.reset(cursor);
  return keep_failure(status);
}

}  // namespace dam::tool
