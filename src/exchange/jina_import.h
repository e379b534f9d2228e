// The way of a DocumentArrayMemmap into an array: era, documents, damage.
//
//   evidence of all records --> era --> each record read --> batches into the store
//
// The source is only read. Everything that is intact comes over, everything else has a line.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "exchange/import_report.h"
#include "exchange/jina_store.h"
#include "exchange/wire_document.h"
#include "store/store.h"

namespace dam {

// Told how much is done of how much, in records, each of which is looked at twice; false: stop.
using ImportProgress = std::function<bool(uint64_t done, uint64_t total)>;

struct JinaImportOptions {
  uint32_t key_length = 0;  // characters of an id in the header; 0: guessed
  bool integers = false;    // whole numbers in tags become integers
  bool header_ids = false;  // ids are those of the header, cut as they are
  bool list_deleted = false;
  bool strict = false;  // one damaged record, and nothing is stored
  bool upsert = false;
  ImportProgress progress = [](uint64_t, uint64_t) { return true; };
};

struct ImportOutcome {
  uint64_t recovered = 0;  // documents that are now in the array
  uint64_t damaged = 0;    // lines about something lost or in doubt
  std::string report;
};

// kNotFound when the directory holds no such store; kCorrupt under `strict`, with the first damage,
// and nothing is stored. Damage is no failure otherwise: the outcome tells. The outcome has its
// report whenever the store could be opened and the import was not cancelled before its end.
Status import_jina(const std::string& path, const JinaImportOptions& options, Store& into,
                   ImportOutcome& out);

}  // namespace dam
