// dam_options: choices for dam_open and for long work, copied when it is called.
#pragma once

#include <cstdint>

#include "dam.h"
#include "exchange/jina_import.h"
#include "match/match.h"
#include "store/store_options.h"

namespace dam {

struct MatchOptions {
  MatchChoices choices;
  bool approximate = false;
};

}  // namespace dam

struct dam_options {
  dam::StoreOptions choices;
  uint32_t garbage_percent = 0;  // of a prune
  uint64_t find_offset = 0;
  uint64_t find_limit = INT64_MAX;
  dam::MatchOptions match;
  dam::JinaImportOptions import;
};
