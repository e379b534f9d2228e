#include "store/successor.h"

#include "base/seeded_mistake.h"

namespace dam {

void remove_derived_files(const std::string& directory, uint64_t generation) {
  IdIndex::remove_files(directory, generation);
  PositionCache::remove_files(directory, generation);
}

Result<std::unique_ptr<Successor>> Successor::start(const ArrayView& present,
                                                    const MapOptions& options) {
  const Generation& former = *present.pins().generation;
  Superblock superblock = former.superblock;
  ++superblock.generation;
  const ArrayFiles& files = present.pins().maps->files();
  GenerationWriter::Place place = {former.directory};
  place.is_temporary = files.are_temporary();
  DAM_ASSIGN(place.permissions, files.header().permissions());
  std::unique_ptr<Successor> next(new Successor(place, superblock.generation, options));
  // Durability: the names that the last switch gave, before its names are used again.
  if (!place.is_temporary && !seeded(Mistake::kPruneSkipsFirstNamesSync))
    DAM_TRY(sync_directory(former.directory));
  DAM_ASSIGN(next->files_, GenerationWriter::start(place, superblock));
  return next;
}

Successor::~Successor() {
  if (files_ != nullptr && !files_->is_in_force()) remove_derived(number_);
}

Status Successor::follow() {
  const CommitPoint& point = files_->point();
  std::shared_ptr<const ArrayMaps>& maps = pins_.maps;
  if (maps == nullptr || !maps->cover(entry_offset(point.slots), point.body_length)) {
    if (opened_ == nullptr) {
      DAM_ASSIGN(opened_, files_->open());
    }
    DAM_ASSIGN(maps, ArrayMaps::map(opened_, options_));
  }
  LogView log;
  log.maps = maps.get();
  log.limit = point.body_length;
  if (pins_.generation == nullptr) {
    pins_.generation = make_generation(directory_, *maps, Access::kReadWrite);
    DAM_TRY(pins_.generation->ids->build(log, point));
  }
  return pins_.generation->ids->view_for(log, point, index_);
}

Status Successor::complete(bool check_payloads) {
  DAM_TRY(follow());
  pins_.check_payloads = check_payloads;
  writer_ = std::make_unique<LogWriter>(pins_.maps, files_->point(), 0, false);
  shown_pins_ = std::make_shared<const ArrayView::Pins>(pins_);
  view_ = std::make_shared<const ArrayView>(shown_pins_, files_->point(), &index_);
  return {};
}

void Successor::remove_former_files() const { remove_derived(number_ - 1); }

void Successor::remove_derived(uint64_t generation) const {
  if (!is_temporary_) remove_derived_files(directory_, generation);
}

}  // namespace dam
