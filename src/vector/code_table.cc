#include "vector/code_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/bytes.h"

namespace dam {
namespace {

constexpr uint64_t kAtOnce = 4;  // rows of one call of the kernel that rotates
constexpr uint8_t kZeroCode = 128;
// Of rows that are none: its square is beyond every distance, and no overflow.
constexpr float kFarAway = 0x1p120F;

// Some vectors centered and rotated; memory for one thread.
class Rotation {
 public:
  explicit Rotation(const CodeBasis& basis)
      : basis_(basis),
        centered_(kAtOnce * basis.dim()),
        rotated_(basis.is_plain() ? 0 : kAtOnce * basis.padded_components()) {}

  void run(std::span<const double> values, uint64_t count) {
    for (uint64_t r = 0; r < count; r++)
      basis_.center(values.subspan(r * basis_.dim(), basis_.dim()), &centered_[r * basis_.dim()]);
    if (basis_.is_plain()) return;
    const float* from[kAtOnce];
    float* to[kAtOnce];
    for (uint64_t r = 0; r < kAtOnce; r++) {
      from[r] = &centered_[(r < count ? r : 0) * basis_.dim()];
      to[r] = &rotated_[r * basis_.padded_components()];
    }
    basis_.rotate(from, to);
  }

  RowCode encode(uint64_t r, int8_t* codes) const {
    const std::span<const float> centered(&centered_[r * basis_.dim()], basis_.dim());
    if (basis_.is_plain()) return encode_row(basis_, centered, centered, codes);
    const float* const rotated = &rotated_[r * basis_.padded_components()];
    return encode_row(basis_, centered, {rotated, basis_.components()}, codes);
  }

 private:
  const CodeBasis& basis_;
  std::vector<float> centered_, rotated_;
};

// No less than unit^2 * the squared norm, as a float.
float squared_norm_above(std::span<const double> values, double unit) {
  double sum = 0;
  for (const double value : values) sum += (value * unit) * (value * unit);
  const double above = sum * (1 + 0x1p-20) + 0x1p-120;
  return std::nextafter(static_cast<float>(above), std::numeric_limits<float>::infinity());
}

}  // namespace

CodeTable::CodeTable(CodeBasis basis, uint64_t rows)
    : basis_(std::move(basis)),
      rows_(rows),
      groups_((rows + kGroupRows - 1) / kGroupRows),
      stored_components_(round_up(basis_.components(), kGroupComponents)),
      codes_(groups_ * kGroupRows * stored_components_, kZeroCode),
      scales_(groups_ * kGroupRows),
      errors_(scales_.size()),
      residual_lows_(scales_.size(), kFarAway),
      residual_highs_(scales_.size(), kFarAway),
      squared_norms_(scales_.size()),
      code_norms_(scales_.size()) {}

bool CodeTable::set_group(uint64_t group, std::span<const double> values) {
  const uint64_t dim = basis_.dim();
  const uint64_t first = group * kGroupRows, count = std::min(kGroupRows, rows_ - first);
  Rotation rotation(basis_);
  std::vector<int8_t> codes(basis_.components());
  for (uint64_t start = 0; start < count; start += kAtOnce) {
    const uint64_t some = std::min(kAtOnce, count - start);
    rotation.run(values.subspan(start * dim, some * dim), some);
    for (uint64_t r = 0; r < some; r++) {
      const uint64_t row = first + start + r;
      const RowCode code = rotation.encode(r, codes.data());
      if (!(code.length <= kGreatestLength)) return false;
      set_row(row, code, codes.data());
      squared_norms_[row] =
          squared_norm_above(values.subspan((start + r) * dim, dim), basis_.unit());
    }
  }
  return true;
}

void CodeTable::set_row(uint64_t row, const RowCode& code, const int8_t* codes) {
  scales_[row] = code.scale;
  errors_[row] = code.error;
  residual_lows_[row] = code.residual_low;
  residual_highs_[row] = code.residual_high;
  code_norms_[row] = code.code_norm;
  uint8_t* const group = &codes_[row / kGroupRows * kGroupRows * stored_components_];
  for (uint64_t k = 0; k < basis_.components(); k++)
    group[k / kGroupComponents * (kGroupRows * kGroupComponents) +
          row % kGroupRows * kGroupComponents + k % kGroupComponents] =
        static_cast<uint8_t>(codes[k] + kZeroCode);
}

CodedQuery CodeTable::code_query(std::span<const double> values) const {
  CodedQuery query;
  query.codes.resize(stored_components_);
  Rotation rotation(basis_);
  rotation.run(values, 1);
  const RowCode code = rotation.encode(0, query.codes.data());
  query.length = code.length;
  QueryBounds& bounds = query.bounds;
  bounds.scale = static_cast<double>(code.scale);
  bounds.error = static_cast<double>(code.error);
  bounds.residual_low = static_cast<double>(code.residual_low);
  bounds.residual_high = static_cast<double>(code.residual_high);
  bounds.code_square = bounds.scale * bounds.scale * code.code_norm;
  bounds.code_offset = kZeroCode * code.code_sum;
  return query;
}

RowBounds CodeTable::bounds_of(uint64_t row, bool less_norms) const {
  return {&scales_[row],
          &errors_[row],
          &residual_lows_[row],
          &residual_highs_[row],
          less_norms ? &squared_norms_[row] : nullptr,
          &code_norms_[row]};
}

void CodeTable::keys(const CodedQuery& query, uint64_t first, uint64_t groups, double* out) const {
  const CodeKernels& kernels = code_kernels();
  int32_t dots[kBlockGroups * kGroupRows];
  for (uint64_t start = 0; start < groups; start += kBlockGroups) {
    const uint64_t some = std::min(kBlockGroups, groups - start);
    const uint64_t group = first + start;
    const uint8_t* const codes = &codes_[group * kGroupRows * stored_components_];
    kernels.dots({codes, stored_components_, some}, query.codes.data(), dots);
    for (uint64_t i = 0; i < some; i++)
      kernels.keys(bounds_of((group + i) * kGroupRows, query.less_norms), query.bounds,
                   dots + i * kGroupRows, out + (start + i) * kGroupRows);
  }
}

uint64_t CodeTable::memory_bytes() const {
  return codes_.size() + scales_.size() * (4 * sizeof(float) + sizeof(int32_t)) +
         squared_norms_.size() * sizeof(float);
}

}  // namespace dam
