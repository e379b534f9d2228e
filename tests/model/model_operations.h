// What the runs of the model ask of a store, and which calls of it a crash can come before.
#pragma once

#include "model/model_content.h"
#include "store/write_operation.h"
#include "support/call_interposer.h"

namespace dam::test {

// Whether the call changes a file, or makes a change durable.
inline bool changes_files(const CallFacts& facts) {
  switch (facts.kind) {
    case CallKind::kOpen:
      return (facts.flags & (O_CREAT | O_TRUNC)) != 0;
    case CallKind::kPwrite:
    case CallKind::kFdatasync:
    case CallKind::kFsync:
    case CallKind::kFtruncate:
    case CallKind::kFallocate:
    case CallKind::kRename:
    case CallKind::kUnlink:
    case CallKind::kMkdir:
      return true;
    default:
      return false;
  }
}

inline WriteOperation put(const DocumentPointer& document) {
  WriteOperation operation;
  operation.document = document->bytes();
  return operation;
}

inline WriteOperation set(const DocumentPointer& document) {
  WriteOperation operation = put(document);
  operation.kind = WriteOperation::Kind::kSet;
  operation.id = document->id;
  return operation;
}

inline WriteOperation erase(const DocumentPointer& document) {
  WriteOperation operation;
  operation.kind = WriteOperation::Kind::kDelete;
  operation.id = document->id;
  return operation;
}

}  // namespace dam::test
