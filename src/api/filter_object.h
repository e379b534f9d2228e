// dam_filter: a tree of conditions, shared with the filters that were joined of it.
#pragma once

#include <memory>

#include "dam.h"
#include "query/filter.h"

struct dam_filter {
  dam::Filter tree;
};

namespace dam {

// An optional filter; nullptr for every document.
inline Filter filter_or_all(const dam_filter* filter) { return filter ? filter->tree : nullptr; }

}  // namespace dam
