// Documents that no slot names any more: deleted, or replaced by a later version.
//
// Nothing marks where one ends and the next begins, but releases write the fields of a document in
// ascending order and each begins with its id, so that where a lower field follows a higher one,
// something else begins: the next document, or the rest of one that was written over.
#pragma once

#include <cstdint>
#include <vector>

#include "exchange/jina_store.h"

namespace dam {

// The documents that a gap may hold, in their order; what cannot be split any further is one.
std::vector<JinaRange> leftovers_in(const JinaStore& store, const JinaRange& gap);

}  // namespace dam
