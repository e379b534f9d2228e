// The inner loops of embedding codes, for each instruction set, and the choice among them.
//
// Whatever these loops answer only decides which rows get the reference distance, within bounds
// that hold for each of them (docs/match.md): dots are exact, the others may round differently.
#pragma once

#include <cstdint>
#include <span>

namespace dam {

// Codes lie in groups of 16 rows; in a group, four neighbouring components of each row follow one
// another: row r's component j is byte (j / 4) * 64 + r * 4 + j % 4. Each is the code plus 128.
inline constexpr uint64_t kGroupRows = 16;
inline constexpr uint64_t kGroupComponents = 4;
inline constexpr uint64_t kPanelColumns = 32;
inline constexpr uint64_t kPanelRows = 32;  // of one partial sum

// What all rows have beside their codes; arrays of one number a row.
struct RowBounds {
  const float* scale;
  const float* error;
  const float* residual_low;
  const float* residual_high;
  const float* squared_norm;  // nullptr where it does not count
  const int32_t* code_norm;
};

// The query's side of the same.
struct QueryBounds {
  double scale = 0;
  double error = 0;
  double residual_low = 0;
  double residual_high = 0;
  double code_square = 0;   // scale^2 * (sum of squared codes)
  int32_t code_offset = 0;  // 128 * (sum of codes)
};

// Some whole groups of codes, each row of `components` (a multiple of 4).
struct CodeGroups {
  const uint8_t* codes;
  uint64_t components;
  uint64_t count;
};

struct CodeKernels {
  const char* name;
  // out[r] = sum of (code + 128) * query over the components of row r of all groups.
  void (*dots)(const CodeGroups& groups, const int8_t* query, int32_t* out);
  // The key of each of 16 rows: no more than the squared distance, less the squared norm if any.
  void (*keys)(const RowBounds& rows, const QueryBounds& query, const int32_t* dots, double* out);
  // out[r][0..32) = row r (of 4) times a panel of `length` x 32 floats, summed in parts of
  // kPanelRows.
  void (*rotate)(const float* const* rows, const float* panel, uint64_t length, float* const* out);
};

// The best one this processor has. DAM_SIMD=portable, avx2 or avx512 in the environment chooses
// one for tests, if the processor has it; read once.
const CodeKernels& code_kernels();
// All that this processor has, and for tests: the one in use from now on.
std::span<const CodeKernels* const> available_kernels();
void force_kernels(const CodeKernels& kernels);

}  // namespace dam
