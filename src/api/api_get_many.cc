// Reading many documents or ids in one call: one crossing for other languages, one pass of lookups.
#include <algorithm>
#include <cstring>
#include <vector>

#include "api/arguments.h"
#include "api/document_handle.h"
#include "api/open_handles.h"
#include "api/packed_ids.h"
#include "api/view_lookup.h"

using dam::OpenArray;
using dam::Status;
using dam::View;

namespace dam {
namespace {

// Copies into `data`, each document at a multiple of 8 with zeros behind it.
void pack(std::span<const Record> records, const int64_t* offsets, uint8_t* data) {
  for (size_t i = 0; i < records.size(); ++i) {
    const Bytes document = records[i].document;
    if (document.empty()) continue;
    uint8_t* const end = std::copy(document.begin(), document.end(), data + offsets[i]);
    std::fill(end, data + offsets[i + 1], uint8_t{0});
  }
}

void lay_out(std::span<const Record> records, int64_t* offsets) {
  offsets[0] = 0;
  for (size_t i = 0; i < records.size(); ++i)
    offsets[i + 1] = offsets[i] + static_cast<int64_t>(round_up(records[i].document.size(), 8));
}

// first: as a caller gives it, but an end of the array or beyond is an empty page.
Status collect_ids(const View& view, int64_t first, int64_t count, PackedIds& out) {
  if (first >= static_cast<int64_t>(view.count()) || count == 0) return {};
  DAM_ASSIGN(const uint64_t from, resolve_position(first, view.count()));
  const uint64_t wanted = std::min(static_cast<uint64_t>(count), view.count() - from);
  uint64_t slot = 0;
  DAM_TRY(view.slot_at(from, slot));
  for (uint64_t i = 0; i < wanted; ++i) {
    if (i > 0) DAM_TRY(view.next_slot(slot + 1, slot));
    DAM_TRY(view.append_id(slot, out.ids));
    out.end_one();
  }
  return {};
}

}  // namespace
}  // namespace dam

dam_status dam_get_many(dam_array* array, const char* ids, const int64_t* id_offsets, int64_t count,
                        dam_document** out_documents) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    std::vector<std::string_view> wanted;
    DAM_TRY(dam::take_ids(ids, id_offsets, count, wanted));
    if (count == 0) return {};
    DAM_TRY(dam::require(out_documents, "out_documents"));
    const std::shared_ptr<const View> view = open.store->view();
    std::vector<dam::Record> found(wanted.size());
    const View::Check check = dam::check_of_copies(*view, View::Check::kFirstTouch);
    DAM_TRY(view->find_records(wanted, check, found.data()));
    std::vector<dam::OwnedDocument> documents(found.size());
    for (size_t i = 0; i < found.size(); ++i) {
      if (!found[i].document.empty()) documents[i] = dam::document_of(view, found[i]);
    }
    for (size_t i = 0; i < found.size(); ++i) out_documents[i] = documents[i].release();
    return {};
  });
}

dam_status dam_read_many(dam_array* array, const char* ids, const int64_t* id_offsets,
                         int64_t count, void** out_data, int64_t** out_offsets) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_data, "out_data"));
    DAM_TRY(dam::require(out_offsets, "out_offsets"));
    std::vector<std::string_view> wanted;
    DAM_TRY(dam::take_ids(ids, id_offsets, count, wanted));
    const std::shared_ptr<const View> view = open.store->view();
    std::vector<dam::Record> found(wanted.size());
    const View::Check check = dam::check_of_copies(*view, View::Check::kAlways);
    DAM_TRY(view->find_records(wanted, check, found.data()));
    dam::Handed<int64_t> offsets;
    DAM_TRY(dam::allocate(found.size() + 1, offsets));
    dam::lay_out(found, offsets.get());
    dam::Handed<uint8_t> data;
    DAM_TRY(dam::allocate(static_cast<size_t>(offsets.get()[found.size()]), data));
    dam::pack(found, offsets.get(), data.get());
    *out_data = data.release();
    *out_offsets = offsets.release();
    return {};
  });
}

dam_status dam_ids(dam_array* array, int64_t first, int64_t count, char** out_ids,
                   int64_t** out_offsets, int64_t* out_count) {
  return dam::with<OpenArray>(array, [&](OpenArray& open) -> Status {
    DAM_TRY(dam::require(out_ids, "out_ids"));
    DAM_TRY(dam::require(out_offsets, "out_offsets"));
    DAM_TRY(dam::require(out_count, "out_count"));
    DAM_TRY(dam::take_count(count));
    dam::PackedIds page;
    DAM_TRY(dam::collect_ids(*open.store->view(), first, count, page));
    DAM_TRY(dam::hand_out_ids(page, out_ids, out_offsets));
    *out_count = page.count();
    return {};
  });
}
