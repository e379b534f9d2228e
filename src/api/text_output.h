// A report that an entry hands out as text and its size: both or neither are asked for.
#pragma once

#include <cstddef>
#include <string>

#include "base/status.h"

namespace dam {

struct TextOutput {
  char** out_text;
  size_t* out_size;
};

Status check_text_output(const TextOutput& output);
Status hand_out_text(const std::string& text, const TextOutput& output);

}  // namespace dam
