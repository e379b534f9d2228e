// Which basis makes a search cheapest, measured on a sample of the rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "vector/code_basis.h"

namespace dam {

// Codes of more components could overflow the sums of the kernels.
inline constexpr uint64_t kMostCodedComponents = 65536;

// `sample`: rows of `dim` numbers, one behind the other; `rows`: how many there are in all. None
// where codes cannot be made: no or too many dimensions, or numbers of extreme size.
std::optional<CodeBasis> choose_basis(std::span<const double> sample, uint64_t dim, uint64_t rows);

}  // namespace dam
