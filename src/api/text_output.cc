#include "api/text_output.h"

#include "api/arguments.h"

namespace dam {

Status check_text_output(const TextOutput& output) {
  if ((output.out_text == nullptr) == (output.out_size == nullptr)) return {};
  return Status::error(Code::kInvalidArgument,
                       "out_report and out_report_size go together, one is NULL");
}

Status hand_out_text(const std::string& text, const TextOutput& output) {
  if (output.out_text == nullptr) return {};
  Handed<char> copy;
  DAM_TRY(copy_text(text, copy));
  *output.out_text = copy.release();
  *output.out_size = text.size();
  return {};
}

}  // namespace dam
