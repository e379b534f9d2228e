// The kernels of each instruction set that the build knows; code_kernels.cc asks the processor.
#pragma once

#include "vector/code_kernels.h"

namespace dam {

extern const CodeKernels kPortableKernels;
#if defined(__x86_64__)
extern const CodeKernels kAvx2Kernels;
extern const CodeKernels kAvx512Kernels;
#endif

}  // namespace dam
