// States and files of the id index: publishing, freezing, opening and giving up. How a fold and a
// rebuild go is in id_index_fold.cc.
#include "index/id_index.h"

#include <utility>

namespace dam {

void IdIndex::View::prefetch(uint64_t hash) const {
  state_->active->prefetch(hash);
  if (state_->frozen != nullptr) state_->frozen->prefetch(hash);
  if (state_->table != nullptr) state_->table->prefetch(hash);
}

std::string IdIndex::path_of(const std::string& suffix) const {
  return identity_.directory + "/ids." + std::to_string(identity_.generation) + "." + suffix;
}

// Why looked for first: of all the names a table may have, at most one or two are there.
void IdIndex::remove_files(const std::string& directory, uint64_t generation) {
  Identity former;
  former.directory = directory;
  former.generation = generation;
  const IdIndex index(former);
  const auto remove = [&](const std::string& suffix) {
    const std::string path = index.path_of(suffix);
    if (exists(path).ok()) static_cast<void>(remove_file(path));
  };
  remove("new");
  remove("sort");
  for (unsigned bits = IdTable::kLeastHomeBits; bits <= IdTable::kMostHomeBits; ++bits)
    remove(std::to_string(bits));
}

std::shared_ptr<const IdIndex::State> IdIndex::state() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return state_;
}

IdStamp IdIndex::of_this_array(IdStamp stamp) const {
  stamp.uuid = identity_.uuid;
  stamp.generation = identity_.generation;
  return stamp;
}

void IdIndex::publish(const std::function<void(State&)>& change) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto next = state_ == nullptr ? std::make_shared<State>() : std::make_shared<State>(*state_);
  change(*next);
  ++next->version;
  state_ = std::move(next);
  version_.store(state_->version, std::memory_order_release);
}

std::shared_ptr<IdTable> IdIndex::open_table() const {
  const bool writable = identity_.access == Access::kReadWrite;
  std::shared_ptr<IdTable> best;
  if (identity_.directory.empty()) return best;
  for (unsigned bits = IdTable::kMostHomeBits; bits >= IdTable::kLeastHomeBits; --bits) {
    auto opened =
        IdTable::open(path_of(std::to_string(bits)), identity_.access, identity_.reads_safely);
    if (!opened.ok() && opened.status().code() != Code::kCorrupt) continue;
    const bool fits =
        opened.ok() && opened.value()->header().home_bits == bits &&
        of_this_array(opened.value()->header().stamp) == opened.value()->header().stamp;
    if (fits && best == nullptr) {
      best = std::move(opened.value());
      if (!writable) break;
    } else if (writable) {
      // What cannot be removed is only in the way again at the next open.
      static_cast<void>(remove_file(path_of(std::to_string(bits))));
    }
  }
  return best;
}

Result<std::unique_ptr<IdIndex>> IdIndex::open(const Identity& identity) {
  std::unique_ptr<IdIndex> index(new IdIndex(identity));
  DAM_ASSIGN(index->active_, IdOverlay::create());
  const std::shared_ptr<IdTable> table = index->open_table();
  index->stamp_ = table != nullptr ? table->header().stamp : index->of_this_array({});
  index->publish([&](State& next) {
    next.table = table;
    next.active = index->active_;
  });
  return index;
}

IdStamp IdIndex::stamp() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stamp_;
}

IdIndex::View IdIndex::view() const {
  View view;
  view.state_ = state();
  return view;
}

void IdIndex::refresh(View& view) const {
  const uint64_t version = version_.load(std::memory_order_acquire);
  if (view.state_ == nullptr || view.state_->version != version) view.state_ = state();
}

bool IdIndex::is_frozen() const { return state()->frozen != nullptr; }

Result<bool> IdIndex::freeze(const IdStamp& stamp) {
  if (is_frozen()) return false;
  DAM_ASSIGN(auto fresh, IdOverlay::create());
  publish([&](State& next) {
    next.frozen = std::move(next.active);
    next.active = fresh;
    frozen_stamp_ = of_this_array(stamp);
  });
  active_ = std::move(fresh);
  return true;
}

bool IdIndex::needs_rebuild() const {
  if (given_up_.load(std::memory_order_relaxed)) return true;
  const auto now = state();
  return now->table != nullptr && now->table->is_damaged();
}

Status IdIndex::discard() {
  DAM_ASSIGN(auto fresh, IdOverlay::create());
  const auto former = state();
  publish([&](State& next) {
    next = State{nullptr, nullptr, fresh, next.version};
    stamp_ = of_this_array({});
  });
  active_ = std::move(fresh);
  given_up_.store(false, std::memory_order_relaxed);
  if (former->table == nullptr || identity_.access == Access::kRead) return {};
  return remove_file(former->table->path());
}

Status IdIndex::reset_overlay() {
  DAM_ASSIGN(auto fresh, IdOverlay::create());
  publish([&](State& next) { next.active = fresh; });
  active_ = std::move(fresh);
  return {};
}

Result<bool> IdIndex::reopen_if_newer() {
  const auto now = state();
  const IdStamp known = stamp();
  IdStamp newest = of_this_array({});
  std::shared_ptr<IdTable> table = now->table;
  if (table != nullptr) {
    DAM_ASSIGN(const FileIdentity mapped, identify(table->file()));
    auto named = identify(table->path());
    if (!named.ok() && named.status().code() != Code::kNotFound) return std::move(named).status();
    if (!named.ok() || named.value() != mapped) table = nullptr;
  }
  if (table == nullptr) table = open_table();
  if (table != nullptr) {
    DAM_ASSIGN(const IdTableHeader header, table->read_header());
    newest = header.stamp;
  }
  if (table == now->table && newest == known) return false;
  publish([&](State& next) {
    next.table = table;
    stamp_ = newest;
  });
  return true;
}

std::string IdIndex::table_path() const {
  const std::shared_ptr<const State> now = state();
  return now->table == nullptr ? "" : now->table->path();
}

uint64_t IdIndex::table_bytes() const {
  const std::shared_ptr<const State> now = state();
  return now->table == nullptr ? 0 : now->table->size_bytes();
}

uint64_t IdIndex::overlay_bytes() const {
  const std::shared_ptr<const State> now = state();
  return now->active->memory_bytes() + (now->frozen == nullptr ? 0 : now->frozen->memory_bytes());
}

}  // namespace dam
