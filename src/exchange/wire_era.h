// Which releases wrote a store, told from the bytes: no release says so anywhere.
//
// Evidence is gathered from all documents, then settled once, because single documents are often
// undecidable: four small integers are the bytes of one float.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace dam {

// How many documents, chunks and matches included, showed what.
struct WireEvidence {
  uint64_t named_arrays = 0;       // from 2.4
  uint64_t unnamed_arrays = 0;     // up to 2.3
  uint64_t quantized_arrays = 0;   // up to 2.3
  uint64_t float_offsets = 0;      // from 2.4
  uint64_t integer_offsets = 0;    // up to 2.3
  uint64_t content_hashes = 0;     // up to 2.0.12
  uint64_t grouped_scores = 0;     // 2.0.0
  uint64_t single_scores = 0;      // later
  uint64_t integer_locations = 0;  // no floats: their length is no multiple of 4
  uint64_t float_locations = 0;    // no integers: the last byte announces another
  uint64_t open_locations = 0;     // could be either
  uint64_t likely_floats = 0;      // of those, where all floats have the size of places

  // Adds what a serialized document shows. One that does not parse shows what it did so far.
  void gather(Bytes wire);
};

struct WireEra {
  bool float_locations = true;
  std::string text;  // the decision and why, one line
};

WireEra settle_era(const WireEvidence& evidence);

// Scores of 2.0.0 are one message that holds the entries, later ones an entry each.
bool are_grouped_scores(std::string_view wire);

}  // namespace dam
