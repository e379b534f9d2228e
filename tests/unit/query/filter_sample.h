// Documents and filters for the tests of filters: which of the documents pass, as a text of their
// numbers.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "query/find.h"
#include "unit/query/listed_view.h"

namespace dam::test {

inline Filter filter_of(std::string_view json) {
  Result<Filter> filter = parse_filter(json);
  if (!filter.ok()) fail_msg("%s", filter.status().message());
  return filter.value();
}

// "0 2 5": the positions that pass.
inline std::string found_in(const std::shared_ptr<const View>& view, Filter filter) {
  FindQuery query;
  query.filter = std::move(filter);
  FoundRows found;
  const Status status = find_rows(view, query, found);
  if (!status.ok()) fail_msg("%s", status.message());
  std::string positions;
  for (const FoundRow& row : found.rows) {
    if (!positions.empty()) positions += ' ';
    positions += std::to_string(row.position);
  }
  return positions;
}

inline std::shared_ptr<const ListedView> listed(std::initializer_list<std::string_view> texts) {
  return std::make_shared<const ListedView>(texts);
}

// The same of documents that have only tags.
inline std::shared_ptr<const ListedView> tagged(std::initializer_list<std::string_view> tags) {
  auto view = std::make_shared<ListedView>(std::initializer_list<std::string_view>{});
  for (const std::string_view one : tags) view->add("{\"tags\":" + std::string(one) + "}");
  return view;
}

inline void assert_found(const std::shared_ptr<const View>& view, std::string_view json,
                         const char* wanted) {
  assert_string_equal(found_in(view, filter_of(json)).c_str(), wanted);
}

}  // namespace dam::test
