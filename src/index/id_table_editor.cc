#include "index/id_table_editor.h"

namespace dam {

Status IdTableEditor::write_pages_below(uint64_t page_number) {
  while (!pages_.empty() && pages_.front().number < page_number) {
    const Page& page = pages_.front();
    if (page.changed) DAM_TRY(table_.write_page(page.number, page.buckets.data()));
    pages_.pop_front();
  }
  return {};
}

// Loads pages up to the one wanted. Each bucket is checked here, once, so that a damaged one is
// never sealed again as if it were sound.
Result<IdTableEditor::Page*> IdTableEditor::page_of(uint64_t bucket_number) {
  const uint64_t wanted = bucket_number / IdTable::kBucketsPerPage;
  while (pages_.empty() || pages_.back().number < wanted) {
    const uint64_t number = pages_.empty() ? wanted : pages_.back().number + 1;
    Page& page = pages_.emplace_back();
    page.number = number;
    for (uint64_t i = 0; i < IdTable::kBucketsPerPage; ++i)
      if (!table_.read(number * IdTable::kBucketsPerPage + i, page.buckets[i]))
        return Status::error(Code::kCorrupt, "bucket %llu of %s differs from its checksum",
                             static_cast<unsigned long long>(number * IdTable::kBucketsPerPage + i),
                             table_.path().c_str());
  }
  return &pages_[wanted - pages_.front().number];
}

// Leads to the entry itself (true), else to the one it replaces or the free place at the end of its
// run (false). A place without a page: no room.
Result<bool> IdTableEditor::find_place(const IdEntry& entry, Place& place) {
  const uint64_t wanted = IdBucket::entry_of(entry.hash, entry.slot);
  const uint64_t replaced = IdBucket::entry_of(entry.hash, entry.replaced);
  bool found_replaced = false;
  for (uint64_t number = table_.header().home_of(entry.hash);; ++number) {
    if (number >= table_.header().bucket_count) return false;
    DAM_ASSIGN(Page * page, page_of(number));
    const Place here{page, number, 0};
    const IdBucket& bucket = bucket_of(here);
    for (uint32_t i = 0; i < bucket.count(); ++i) {
      if (bucket.entries[i] == wanted) return true;
      if (entry.replaced == IdEntry::kNoSlot || bucket.entries[i] != replaced) continue;
      if (!found_replaced) place = {page, number, i};
      found_replaced = true;
    }
    if (bucket.is_full()) continue;
    if (!found_replaced) place = {page, number, bucket.count()};
    return false;
  }
}

Result<bool> IdTableEditor::put(const IdEntry& entry) {
  const uint64_t home = table_.header().home_of(entry.hash);
  DAM_TRY(write_pages_below(home / IdTable::kBucketsPerPage));
  Place place;
  DAM_ASSIGN(const bool present, find_place(entry, place));
  if (present) return true;
  if (place.page == nullptr) return false;
  IdBucket& bucket = bucket_of(place);
  const bool adds = place.index == bucket.count();
  const bool is_last = place.number + 1 == table_.header().bucket_count;
  if (adds && is_last && bucket.count() + 1 == IdBucket::kEntries) return false;
  bucket.entries[place.index] = IdBucket::entry_of(entry.hash, entry.slot);
  if (adds) ++bucket.mark_count;
  if (adds) ++added_;
  bucket.crc = bucket.checksum(seed_, place.number);
  place.page->changed = true;
  return true;
}

}  // namespace dam
