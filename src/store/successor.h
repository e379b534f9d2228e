// Successor: all that a store takes over when a new generation takes the place of the present one.
//
// It is made before the switch, so that nothing behind the commit point needs memory or can fail.
// What is not in force when it goes is removed.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "log/generation_writer.h"
#include "log/log_writer.h"
#include "store/array_view.h"
#include "store/store_options.h"

namespace dam {

class Successor {
 public:
  using Fill = std::function<Status(GenerationWriter&)>;

  // Of the generation that `present` shows, one more. The caller holds the writer's lock.
  static Result<std::unique_ptr<Successor>> start(const ArrayView& present,
                                                  const MapOptions& options);
  ~Successor();
  Successor(const Successor&) = delete;
  Successor& operator=(const Successor&) = delete;

  GenerationWriter& files() { return *files_; }
  // Maps what was written, and brings the id index level with it.
  Status follow();
  // The files are sealed: makes the rest.
  Status complete(bool check_payloads);
  // Removes what was derived from the generation before, as far as it can.
  void remove_former_files() const;

  const std::shared_ptr<const ArrayView::Pins>& pins() const { return shown_pins_; }
  void exchange_writer(std::unique_ptr<LogWriter>& writer) { writer_.swap(writer); }
  void exchange_view(std::shared_ptr<const ArrayView>& view) { view_.swap(view); }

 private:
  Successor(const GenerationWriter::Place& place, uint64_t generation, const MapOptions& options)
      : directory_(place.directory),
        is_temporary_(place.is_temporary),
        number_(generation),
        options_(options) {}

  void remove_derived(uint64_t generation) const;

  const std::string directory_;
  const bool is_temporary_;
  const uint64_t number_;
  const MapOptions options_;
  std::unique_ptr<GenerationWriter> files_;
  std::shared_ptr<const ArrayFiles> opened_;  // the same, as the store will have them
  ArrayView::Pins pins_;
  IdIndex::View index_;
  std::shared_ptr<const ArrayView::Pins> shown_pins_;
  std::unique_ptr<LogWriter> writer_;
  std::shared_ptr<const ArrayView> view_;
};

// Removes what may be derived from one generation of an array, as far as it can.
void remove_derived_files(const std::string& directory, uint64_t generation);

}  // namespace dam
