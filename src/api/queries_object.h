// dam_queries: the left side of a match, collected by its caller.
#pragma once

#include "dam.h"
#include "match/query_set.h"

struct dam_queries {
  dam::QuerySet set;
};
