// Tensors as JSON writes them.
#pragma once

#include <string>

#include "document/document_view.h"

namespace dam {

// As base64, or as lists of numbers: bare nested ones for a dense tensor of f32, which is what
// bare lists mean when they are read, else one flat list within the object.
void append_tensor(const TensorView& tensor, bool plain_lists, std::string* out);

}  // namespace dam
