#include "unit/store/store_model.h"

#include "document/document_view.h"

namespace dam::test {

Document::Document(Bytes bytes) : size_(bytes.size()) {
  auto words = std::make_shared<std::vector<uint64_t>>(bytes.size() / 8 + 1);
  std::memcpy(words->data(), bytes.data(), bytes.size());
  words_ = std::move(words);
}

Bytes Document::bytes() const { return {reinterpret_cast<const uint8_t*>(words_->data()), size_}; }

std::string_view Document::id() const { return document_id(bytes()); }

size_t ArrayModel::index_of_id(std::string_view id) const {
  for (size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].id() == id) return i;
  return kNone;
}

size_t ArrayModel::index_of_slot(uint64_t slot) const {
  for (size_t i = 0; i < rows_.size(); ++i)
    if (rows_[i].slot == slot) return i;
  return kNone;
}

Code ArrayModel::replace(size_t index, const WriteOperation& operation) {
  if (index == kNone) return Code::kNotFound;
  const Document document(operation.document);
  if (operation.kind == WriteOperation::Kind::kSet && document.id() != operation.id)
    return Code::kInvalidArgument;
  const size_t bearer = index_of_id(document.id());
  if (bearer != kNone && bearer != index) return Code::kAlreadyExists;
  rows_[index].document = document;
  return Code::kOk;
}

Code ArrayModel::apply(const WriteOperation& operation) {
  using Kind = WriteOperation::Kind;
  switch (operation.kind) {
    case Kind::kAppend: {
      const Document document(operation.document);
      const size_t index = index_of_id(document.id());
      if (index != kNone)
        return operation.upsert ? replace(index, operation) : Code::kAlreadyExists;
      rows_.push_back({slots_++, document});
      return Code::kOk;
    }
    case Kind::kSet:
      return replace(index_of_id(operation.id), operation);
    case Kind::kSetAt:
      return replace(index_of_slot(operation.slot), operation);
    case Kind::kDelete:
    case Kind::kDeleteAt: {
      const size_t index = operation.kind == Kind::kDelete ? index_of_id(operation.id)
                                                           : index_of_slot(operation.slot);
      if (index == kNone) return Code::kNotFound;
      rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(index));
      return Code::kOk;
    }
    case Kind::kDeleteSlice:
      break;  // tests of slices name the slots themselves
  }
  return Code::kInternal;
}

Code ArrayModel::apply_all(const std::vector<WriteOperation>& operations) {
  ArrayModel after = *this;
  for (const WriteOperation& operation : operations)
    if (const Code code = after.apply(operation); code != Code::kOk) return code;
  *this = std::move(after);
  return Code::kOk;
}

}  // namespace dam::test
