// Options by number, so that new ones need no new function in any language.
#include <memory>

#include "api/arguments.h"
#include "api/boundary.h"
#include "api/match_options.h"
#include "api/options_object.h"
#include "document/verify_document.h"

namespace dam {
namespace {

constexpr int64_t kLeastWindow = int64_t{1} << 20;
constexpr int64_t kMostWindow = int64_t{1} << 46;  // half of what a process can address

bool* find_import_switch(JinaImportOptions& choices, int32_t option) {
  switch (option) {
    case DAM_OPTION_IMPORT_INTEGERS:
      return &choices.integers;
    case DAM_OPTION_IMPORT_HEADER_IDS:
      return &choices.header_ids;
    case DAM_OPTION_IMPORT_LIST_DELETED:
      return &choices.list_deleted;
    case DAM_OPTION_IMPORT_STRICT:
      return &choices.strict;
    case DAM_OPTION_IMPORT_UPSERT:
      return &choices.upsert;
    default:
      return nullptr;
  }
}

bool* find_switch(dam_options& options, int32_t option) {
  StoreOptions& choices = options.choices;
  switch (option) {
    case DAM_OPTION_READ_ONLY:
      return &choices.read_only;
    case DAM_OPTION_CREATE:
      return &choices.create;
    case DAM_OPTION_UPKEEP_THREAD:
      return &choices.upkeep_thread;
    case DAM_OPTION_CHECK_PAYLOADS:
      return &choices.check_payloads;
    case DAM_OPTION_ALLOW_NETWORK:
      return &choices.allow_network;
    case DAM_OPTION_ACCEPT_LOSS:
      return &choices.accept_loss;
    case DAM_OPTION_ANY_EMBEDDING:
      return &choices.any_embedding;
    case DAM_OPTION_RANDOM_READS:
      return &choices.random_reads;
    case DAM_OPTION_SHARED_WRITER:
      return &choices.shared_writer;
    case DAM_OPTION_SAFE_READS:
      return &choices.safe_reads;
    case DAM_OPTION_TEMPORARY:
      return &choices.temporary;
    default:
      return find_import_switch(options.import, option);
  }
}

Status set_durability(StoreOptions& choices, int64_t value) {
  if (value != DAM_BUFFERED && value != DAM_VISIBLE && value != DAM_DURABLE)
    return Status::error(Code::kInvalidArgument, "option %d is to be a durability, not %lld",
                         DAM_OPTION_DURABILITY, static_cast<long long>(value));
  return take_flags(static_cast<uint32_t>(value), 0, choices.durability);
}

Status set_option(dam_options& options, int32_t option, int64_t value) {
  StoreOptions& choices = options.choices;
  if (bool* choice = find_switch(options, option)) {
    DAM_TRY(check_option(option, value, 0, 1));
    *choice = value == 1;
    return {};
  }
  switch (option) {
    case DAM_OPTION_DURABILITY:
      return set_durability(choices, value);
    case DAM_OPTION_LOCK_TIMEOUT_MS:
      choices.lock_timeout_ms = value;
      return {};
    case DAM_OPTION_WINDOW_BYTES:
      DAM_TRY(check_option(option, value, kLeastWindow, kMostWindow));
      choices.window_bytes = static_cast<uint64_t>(value);
      return {};
    case DAM_OPTION_EMBEDDING_DIM:
      DAM_TRY(check_option(option, value, 0, INT32_MAX));
      choices.embedding_dim = static_cast<uint32_t>(value);
      return {};
    case DAM_OPTION_KEY_LENGTH:
      DAM_TRY(check_option(option, value, 0, kMaxIdBytes));
      choices.key_length = static_cast<uint32_t>(value);
      return {};
    case DAM_OPTION_GARBAGE_PERCENT:
      DAM_TRY(check_option(option, value, 0, 100));
      options.garbage_percent = static_cast<uint32_t>(value);
      return {};
    case DAM_OPTION_FIND_OFFSET:
    case DAM_OPTION_FIND_LIMIT:
      DAM_TRY(check_option(option, value, 0, INT64_MAX));
      (option == DAM_OPTION_FIND_LIMIT ? options.find_limit : options.find_offset) =
          static_cast<uint64_t>(value);
      return {};
    case DAM_OPTION_IMPORT_KEY_LENGTH:
      DAM_TRY(check_option(option, value, 0, JinaHeader::kMostKeyLength));
      options.import.key_length = static_cast<uint32_t>(value);
      return {};
    default:
      return set_match_option(options.match, option, value);
  }
}

}  // namespace
}  // namespace dam

dam_status dam_options_create(dam_options** out_options) {
  return dam::boundary([&]() -> dam::Status {
    DAM_TRY(dam::require(out_options, "out_options"));
    *out_options = new dam_options;
    return {};
  });
}

dam_status dam_options_set(dam_options* options, int32_t option, int64_t value) {
  return dam::boundary([&]() -> dam::Status {
    DAM_TRY(dam::require(options, "options"));
    return dam::set_option(*options, option, value);
  });
}

dam_status dam_options_set_number(dam_options* options, int32_t option, double number) {
  return dam::boundary([&]() -> dam::Status {
    DAM_TRY(dam::require(options, "options"));
    return dam::set_match_number(options->match, option, number);
  });
}

void dam_options_free(dam_options* options) { delete options; }
