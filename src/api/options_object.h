// dam_options: choices for dam_open and for long work, copied when it is called.
#pragma once

#include "dam.h"
#include "exchange/jina_import.h"
#include "store/store_options.h"

struct dam_options {
  dam::StoreOptions choices;
  uint32_t garbage_percent = 0;  // of a prune
  dam::JinaImportOptions import;
};
