// From dam_open to dam_close: the life of an array's handle.
#include <cstdlib>
#include <string>

#include "api/arguments.h"
#include "api/fork_rules.h"
#include "api/open_handles.h"
#include "api/options_object.h"
#include "match/index_cache.h"
#include "platform/clock.h"

using dam::OpenArray;
using dam::Status;

namespace dam {
namespace {

// Where a temporary array lies when the caller does not care.
std::string temporary_directory() {
  const char* chosen = secure_getenv("TMPDIR");
  return chosen != nullptr && *chosen != '\0' ? chosen : "/tmp";
}

Status take_array_path(const char* path, const StoreOptions& choices, std::string& out_path) {
  const bool is_given = path != nullptr && *path != '\0';
  if (is_given) out_path = path;
  if (choices.temporary && (choices.read_only || !choices.create))
    return Status::error(Code::kInvalidArgument,
                         "a temporary array is always made anew, and written");
  if (choices.temporary && choices.shared_writer)
    return Status::error(Code::kInvalidArgument,
                         "a temporary array cannot be shared: nobody else can open it");
  if (choices.temporary && !is_given) out_path = temporary_directory();
  if (choices.temporary || is_given) return {};
  DAM_TRY(require(path, "path"));
  return Status::error(Code::kInvalidArgument, "path is empty");
}

}  // namespace
}  // namespace dam

dam_status dam_open(const char* path, const dam_options* options, dam_array** out_array) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(out_array, "out_array"));
    const dam::StoreOptions choices = options ? options->choices : dam::StoreOptions();
    std::string place;
    DAM_TRY(dam::take_array_path(path, choices, place));
    DAM_TRY(dam::follow_forks());
    auto array = std::make_unique<OpenArray>();
    array->indexes = std::make_shared<dam::IndexCache>();
    DAM_ASSIGN(array->store, dam::Store::open(place, choices));
    return dam::hand_out(std::move(array), out_array);
  });
}

dam_status dam_close(dam_array* array) {
  return dam::boundary([&]() -> Status {
    std::unique_ptr<OpenArray> object;
    DAM_TRY(dam::take_back(array, object));
    return object->store->close();
  });
}

dam_status dam_reload(dam_array* array, int32_t* out_changed) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_ASSIGN(const bool changed, open.store->reload());
    if (out_changed != nullptr) *out_changed = changed ? 1 : 0;
    return {};
  });
}

namespace dam {
namespace {

// One look. What is newest goes to `newest`.
dam_status look_for_news(dam_array* array, int64_t& newest) {
  return with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(open.store->reload().status());
    newest = static_cast<int64_t>(open.store->view()->revision());
    return {};
  });
}

}  // namespace
}  // namespace dam

// Each look enters the handle anew, so that a close need not wait for this.
dam_status dam_wait(dam_array* array, int64_t revision, int64_t timeout_ms, int64_t* out_revision) {
  if (revision < 0)
    return dam::boundary([&] {
      return Status::error(dam::Code::kInvalidArgument, "revision is %lld",
                           static_cast<long long>(revision));
    });
  const int64_t begin = dam::monotonic_ms();
  while (true) {
    int64_t newest = 0;
    const dam_status status = dam::look_for_news(array, newest);
    if (status != DAM_OK) return status;
    if (newest > revision) {
      if (out_revision != nullptr) *out_revision = newest;
      return DAM_OK;
    }
    if (timeout_ms >= 0 && dam::monotonic_ms() - begin >= timeout_ms)
      return dam::boundary([&] {
        return Status::error(dam::Code::kBusy, "no commit after revision %lld came in %lld ms",
                             static_cast<long long>(revision), static_cast<long long>(timeout_ms));
      });
    dam::sleep_ms(1);
  }
}

dam_status dam_flush(dam_array* array) {
  return dam::with<OpenArray>(array, [](OpenArray& open) { return open.store->flush(); });
}

dam_status dam_sync(dam_array* array) {
  return dam::with<OpenArray>(array, [](OpenArray& open) { return open.store->sync(); });
}

dam_status dam_path(dam_array* array, char** out_text, size_t* out_text_size) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_text, "out_text"));
    DAM_TRY(dam::require(out_text_size, "out_text_size"));
    dam::Handed<char> text;
    const std::string path = open.store->is_temporary() ? "" : open.store->path();
    DAM_TRY(dam::copy_text(path, text));
    *out_text_size = path.size();
    *out_text = text.release();
    return {};
  });
}
