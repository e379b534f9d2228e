// The codes of many vectors in the order that the kernels read them, and those of a query.
//
// Filled by any number of threads, each its own groups of 16 rows; then immutable.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vector/code_basis.h"
#include "vector/code_kernels.h"
#include "vector/row_code.h"

namespace dam {

// A query as the kernels compare it with rows.
struct CodedQuery {
  std::vector<int8_t> codes;
  QueryBounds bounds;
  double length = 0;        // of the centered vector; beyond kGreatestLength it is not coded
  bool less_norms = false;  // keys are less the squared norms of the rows, for inner products
};

class CodeTable {
 public:
  CodeTable(CodeBasis basis, uint64_t rows);

  // Sets rows first .. first + values.size() / dim - 1 of one group from their vectors, one behind
  // the other. False for a row that is too long to be coded. Under a StrictFloat.
  bool set_group(uint64_t group, std::span<const double> values);
  CodedQuery code_query(std::span<const double> values) const;

  // The keys of `groups` groups from `first` on: for each row a number that is not greater than
  // unit^2 * (squared distance to the query), less unit^2 * (squared norm of the row) if with
  // norms. Rows behind the last have keys beyond all others. `out`: room for 16 numbers a group.
  void keys(const CodedQuery& query, uint64_t first, uint64_t groups, double* out) const;

  const CodeBasis& basis() const { return basis_; }
  uint64_t rows() const { return rows_; }
  uint64_t groups() const { return groups_; }
  uint64_t memory_bytes() const;
  // How many groups are best asked for at once.
  static constexpr uint64_t kBlockGroups = 4;

 private:
  void set_row(uint64_t row, const RowCode& code, const int8_t* codes);
  RowBounds bounds_of(uint64_t row, bool less_norms) const;

  CodeBasis basis_;
  uint64_t rows_;
  uint64_t groups_;
  uint64_t stored_components_;  // a multiple of 4
  std::vector<uint8_t> codes_;
  std::vector<float> scales_, errors_, residual_lows_, residual_highs_, squared_norms_;
  std::vector<int32_t> code_norms_;
};

}  // namespace dam
