// Setting one field of all documents.
#include "api/arguments.h"
#include "api/open_handles.h"
#include "exchange/set_column.h"

using dam::OpenArray;
using dam::Status;

namespace dam {
namespace {

// Values one behind the other, as a caller passes them.
struct PackedTexts {
  const char* texts;
  const int64_t* offsets;
  int64_t count;
};

Status take_texts(const PackedTexts& packed, std::vector<std::string_view>& out_texts) {
  DAM_TRY(take_count(packed.count));
  if (packed.count == 0) return {};
  DAM_TRY(require(packed.offsets, "text_offsets"));
  // Nothing needs no place: languages give NULL for texts that are all empty.
  if (packed.offsets[packed.count] != 0) DAM_TRY(require(packed.texts, "texts"));
  out_texts.reserve(static_cast<size_t>(packed.count));
  for (int64_t i = 0; i < packed.count; ++i) {
    const int64_t begin = packed.offsets[i];
    const int64_t end = packed.offsets[i + 1];
    if (begin < 0 || end < begin || end > packed.offsets[packed.count])
      return Status::error(Code::kInvalidArgument,
                           "text_offsets do not ascend from 0: entry %lld is %lld, the next %lld",
                           static_cast<long long>(i), static_cast<long long>(begin),
                           static_cast<long long>(end));
    const bool is_empty = begin == end;
    out_texts.emplace_back(is_empty ? "" : packed.texts + begin, static_cast<size_t>(end - begin));
  }
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_set_column(dam_array* array, const char* path, size_t path_size, const char* texts,
                          const int64_t* text_offsets, int64_t count, uint32_t flags,
                          int64_t* out_revision) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    dam::Durability durability = open.store->durability();
    DAM_TRY(dam::take_flags(flags, 0, durability));
    dam::ColumnValues column;
    DAM_TRY(dam::require(path, "path"));
    DAM_TRY(dam::take_text(path, path_size, "path", column.path));
    std::vector<std::string_view> values;
    DAM_TRY(dam::take_texts({texts, text_offsets, count}, values));
    if (count > 0 || text_offsets != nullptr) column.values = values;
    DAM_ASSIGN(const dam::CommitResult done, dam::set_column(*open.store, column, durability));
    if (out_revision != nullptr) *out_revision = static_cast<int64_t>(done.revision);
    return {};
  });
}
