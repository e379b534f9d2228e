// Fold, growth and rebuild: what the upkeep thread does while others insert and find.
//
// Durability: a new table is synced whole before it bears its name, and a header slot speaks only
// for pages synced before it. Until then the frozen overlay answers for what it holds.
#include <algorithm>
#include <utility>
#include <vector>

#include "index/id_index.h"
#include "index/id_spill.h"
#include "index/id_table_builder.h"
#include "index/id_table_editor.h"
#include "index/id_table_growth.h"

namespace dam {
namespace {

constexpr uint64_t kLeastPadding = 64;

std::vector<IdEntry> sorted_entries(const IdOverlay& overlay) {
  std::vector<IdEntry> entries = overlay.entries();
  std::sort(entries.begin(), entries.end(),
            [](const IdEntry& a, const IdEntry& b) { return a.hash < b.hash; });
  return entries;
}

Status fill_file(const std::string& path, const IdTableHeader& header, uint64_t padding,
                 const std::function<Status(IdTableBuilder&)>& fill) {
  DAM_ASSIGN(IdTableBuilder builder, IdTableBuilder::start(path, header));
  DAM_TRY(fill(builder));
  return builder.finish(padding);
}

}  // namespace

Result<std::shared_ptr<IdTable>> IdIndex::build(const Shape& shape, const Fill& fill) const {
  IdTableHeader header;
  header.stamp = of_this_array(shape.stamp);
  header.home_bits = shape.home_bits;
  const std::string temporary = path_of("new");
  const std::string path = path_of(std::to_string(shape.home_bits));
  Status made = fill_file(temporary, header, shape.padding, fill);
  if (made.ok()) made = rename_file(temporary, path);
  if (!made.ok()) {
    // The failure that counts is the first; a leftover is replaced by the next attempt.
    static_cast<void>(remove_file(temporary));
    return made;
  }
  DAM_TRY(sync_directory(identity_.directory));
  return IdTable::open(path, Access::kReadWrite);
}

void IdIndex::remove_former(const IdTable* former, const IdTable& now) const {
  if (former == nullptr || former->path() == now.path()) return;
  // One that stays is still right about what its own stamp covers.
  static_cast<void>(remove_file(former->path()));
}

Status IdIndex::grow(const Shape& shape, const HashesOf& hashes_of) {
  const auto former = state()->table;
  DAM_ASSIGN(const auto table, build(shape, [&](IdTableBuilder& builder) {
               return former == nullptr ? Status() : copy_entries(*former, hashes_of, builder);
             }));
  publish([&](State& next) { next.table = table; });
  remove_former(former.get(), *table);
  return {};
}

// False when the padding did not suffice. On a failure to write or sync, what the disk holds is no
// longer known: the file goes, and the mapping goes on to answer together with the frozen overlay.
Result<bool> IdIndex::put_all(IdTable& table, const std::vector<IdEntry>& entries) {
  IdTableEditor editor(table);
  const auto put_and_commit = [&]() -> Result<bool> {
    for (const IdEntry& entry : entries) {
      DAM_ASSIGN(const bool had_room, editor.put(entry));
      if (!had_room) return false;
    }
    DAM_TRY(editor.finish());
    DAM_TRY(table.commit(frozen_stamp_, table.header().entry_count + editor.added()));
    return true;
  };
  Result<bool> outcome = put_and_commit();
  if (!outcome.ok() && !table.is_damaged()) {
    given_up_.store(true, std::memory_order_relaxed);
    static_cast<void>(remove_file(table.path()));
  }
  return outcome;
}

Status IdIndex::fold(const HashesOf& hashes_of) {
  const auto frozen = state()->frozen;
  if (frozen == nullptr) return {};
  if (needs_rebuild())
    return Status::error(Code::kCorrupt, "the id table of %s waits to be rebuilt",
                         identity_.directory.c_str());
  const std::vector<IdEntry> entries = sorted_entries(*frozen);
  const auto is_new = [](const IdEntry& entry) { return entry.replaced == IdEntry::kNoSlot; };
  const auto new_count =
      static_cast<uint64_t>(std::count_if(entries.begin(), entries.end(), is_new));
  uint64_t padding = kLeastPadding;
  for (bool done = false; !done;) {
    auto table = state()->table;
    const uint64_t present = table == nullptr ? 0 : table->header().entry_count;
    const unsigned home_bits = home_bits_for(present + new_count);
    if (table == nullptr || home_bits > table->header().home_bits || padding > kLeastPadding) {
      const IdStamp covered = table == nullptr ? IdStamp() : table->header().stamp;
      const unsigned former_bits = table == nullptr ? 0 : table->header().home_bits;
      DAM_TRY(grow({covered, std::max(home_bits, former_bits), padding}, hashes_of));
      table = state()->table;
    }
    DAM_ASSIGN(done, put_all(*table, entries));
    padding *= 4;
  }
  publish([&](State& next) {
    next.frozen = nullptr;
    stamp_ = frozen_stamp_;
  });
  return {};
}

Status IdIndex::rebuild(uint64_t slot_count, const HashesOf& hashes_of, const IdStamp& stamp) {
  const auto former = state();
  DAM_ASSIGN(IdSpill spill, IdSpill::start(path_of("sort"), slot_count));
  std::vector<uint64_t> hashes;
  for (uint64_t slot = 0; slot < slot_count; ++slot) {
    hashes.clear();
    DAM_TRY(hashes_of(slot, hashes));
    for (const uint64_t hash : hashes) DAM_TRY(spill.add(hash, slot));
  }
  const Shape shape{stamp, home_bits_for(spill.count()), kLeastPadding};
  DAM_ASSIGN(const auto table,
             build(shape, [&](IdTableBuilder& builder) { return spill.drain(builder); }));
  publish([&](State& next) {
    next.table = table;
    // One that was frozen meanwhile is not covered.
    if (next.frozen == former->frozen) next.frozen = nullptr;
    stamp_ = of_this_array(stamp);
  });
  given_up_.store(false, std::memory_order_relaxed);
  remove_former(former->table.get(), *table);
  return {};
}

}  // namespace dam
