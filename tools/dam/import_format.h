// The formats of `dam import` and the options that belong to one of them alone.
#pragma once

#include "command_arguments.h"
#include "outcome.h"

namespace dam::tool {

enum class ImportFormat { kJsonLines, kJina };

// kWrongUsage, told, for a format that is none and for an option of another format.
ExitStatus read_import_format(const Arguments& arguments, ImportFormat& out_format);

// `--format jina`: a DocumentArrayMemmap directory, by dam_import.
ExitStatus import_jina(const Arguments& arguments);

}  // namespace dam::tool
