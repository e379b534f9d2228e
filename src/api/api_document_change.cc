// New documents out of others: patched, merged; and how documents compare.
#include "api/arguments.h"
#include "api/boundary.h"
#include "api/document_handle.h"
#include "document/content_hash.h"
#include "document/document_edit.h"
#include "document/document_patch.h"

using dam::Status;

dam_status dam_document_patch(const dam_document* document, const char* patch, size_t patch_size,
                              dam_document** out_document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(patch, "patch"));
    DAM_TRY(dam::require(out_document, "out_document"));
    std::string_view json;
    DAM_TRY(dam::take_text(patch, patch_size, "patch", json));
    DAM_ASSIGN(const std::vector<uint8_t> bytes,
               dam::patched_document({nullptr, document->root()}, json));
    *out_document = dam::copied_document(bytes).release();
    return {};
  });
}

dam_status dam_document_merge(const dam_document* document, const dam_document* update,
                              dam_document** out_document) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(update, "update"));
    DAM_TRY(dam::require(out_document, "out_document"));
    DAM_ASSIGN(const std::vector<uint8_t> bytes,
               dam::merged_document({nullptr, document->root()}, {nullptr, update->root()}));
    *out_document = dam::copied_document(bytes).release();
    return {};
  });
}

dam_status dam_document_hash(const dam_document* document, int64_t* out_hash) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(out_hash, "out_hash"));
    *out_hash = static_cast<int64_t>(dam::content_hash(document->root()));
    return {};
  });
}

dam_status dam_document_equal(const dam_document* document, const dam_document* other,
                              int32_t* out_equal) {
  return dam::boundary([&]() -> Status {
    DAM_TRY(dam::require(document, "document"));
    DAM_TRY(dam::require(other, "other"));
    DAM_TRY(dam::require(out_equal, "out_equal"));
    *out_equal = dam::equal_documents(document->root(), other->root()) ? 1 : 0;
    return {};
  });
}
