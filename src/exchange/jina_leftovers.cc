#include "exchange/jina_leftovers.h"

#include "exchange/wire_fields.h"

namespace dam {

std::vector<JinaRange> leftovers_in(const JinaStore& store, const JinaRange& gap) {
  const Bytes bytes = store.body(gap);
  std::vector<JinaRange> found;
  uint64_t begin = gap.begin;
  uint64_t at = gap.begin;
  uint32_t field = 0;
  try {
    protozero::pbf_reader message(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    while (message.next()) {
      if (message.tag() < field || (message.tag() == wire::document::kId && at > begin)) {
        found.push_back({begin, at});
        begin = at;
      }
      field = message.tag();
      message.skip();
      at = gap.begin + (bytes.size() - message.length());
    }
  } catch (const protozero::exception&) {
    // From here on nothing can be told apart.
    found.push_back({begin, gap.end});
    return found;
  }
  if (at > begin) found.push_back({begin, at});
  return found;
}

}  // namespace dam
