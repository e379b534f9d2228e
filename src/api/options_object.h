// dam_options: choices for dam_open, copied when it is called.
#pragma once

#include "dam.h"
#include "store/store_options.h"

struct dam_options {
  dam::StoreOptions choices;
};
