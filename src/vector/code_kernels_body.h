// Loops that every instruction set has in the same words: the compiler makes of them what it can.
//
// Included once by each code_kernels_<set>.cc, inside a namespace of its own and with the
// instructions switched on for that part of the file only, so that nothing else is compiled for
// them.

// Why local: a template of the standard library made here would be made for these instructions,
// and the linker might choose it for everybody.
[[gnu::always_inline]] inline double greater_of(double a, double b) { return a > b ? a : b; }

// docs/match.md, "The bound", has each step.
inline void keys_of_rows(const RowBounds& rows, const QueryBounds& query, const int32_t* dots,
                         double* out) {
  constexpr double kDotSlack = 0x1p-49, kSumSlack = 1 - 0x1p-48, kLeast = 0x1p-200;
  for (uint64_t r = 0; r < kGroupRows; r++) {
    const double scale = static_cast<double>(rows.scale[r]);
    const double own = scale * scale * rows.code_norm[r];
    const double both = query.code_square + own;
    const double cross = 2 * (query.scale * scale) * (dots[r] - query.code_offset);
    const double apart = __builtin_sqrt(greater_of(0, both - cross - kDotSlack * both));
    const double coded = greater_of(0, apart - (query.error + static_cast<double>(rows.error[r])));
    const double gap =
        greater_of(0, greater_of(query.residual_low - static_cast<double>(rows.residual_high[r]),
                                 static_cast<double>(rows.residual_low[r]) - query.residual_high));
    out[r] = (coded * coded + gap * gap) * kSumSlack - kLeast;
  }
  if (rows.squared_norm == nullptr) return;
  for (uint64_t r = 0; r < kGroupRows; r++) out[r] -= static_cast<double>(rows.squared_norm[r]);
}

inline void rotate_rows(const float* const* rows, const float* panel, uint64_t length,
                        float* const* out) {
  using Wide = float __attribute__((vector_size(kPanelColumns * sizeof(float) / 2)));
  Wide total[4][2] = {};
  for (uint64_t start = 0; start < length; start += kPanelRows) {
    const uint64_t end = start + kPanelRows < length ? start + kPanelRows : length;
    Wide part[4][2] = {};
    for (uint64_t i = start; i < end; i++) {
      Wide left, right;
      __builtin_memcpy(&left, panel + i * kPanelColumns, sizeof left);
      __builtin_memcpy(&right, panel + i * kPanelColumns + kPanelColumns / 2, sizeof right);
      for (int r = 0; r < 4; r++) {
        part[r][0] += rows[r][i] * left;
        part[r][1] += rows[r][i] * right;
      }
    }
    for (int r = 0; r < 4; r++) {
      total[r][0] += part[r][0];
      total[r][1] += part[r][1];
    }
  }
  for (int r = 0; r < 4; r++) __builtin_memcpy(out[r], total[r], sizeof total[r]);
}
