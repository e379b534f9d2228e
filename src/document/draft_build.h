// One building of a draft: the parts of every field, then the table.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "document/document_draft.h"
#include "document/document_levels.h"
#include "document/document_table.h"
#include "document/table_copy.h"

namespace dam {

class DraftBuild {
 public:
  explicit DraftBuild(const DocumentDraft& draft)
      : draft_(draft), copy_(&builder_), tags_(&builder_) {}

  Result<std::vector<uint8_t>> run();

 private:
  using uoffset_t = flatbuffers::uoffset_t;
  using Documents = flatbuffers::Vector<flatbuffers::Offset<schema::Document>>;

  Status add(uint32_t field);
  Status add_taken(uint32_t field, const schema::Document* source);
  Result<uoffset_t> build_part(uint32_t field);
  Result<uoffset_t> build_text(std::string_view text);
  Result<uoffset_t> build_bytes(const std::vector<uint8_t>& bytes);
  Result<uoffset_t> build_floats(const std::vector<float>& numbers);
  Result<uoffset_t> build_children(uint32_t field, const ChildrenDraft& children);
  Result<uoffset_t> build_documents(const std::vector<uoffset_t>& tables);

  // A document with other levels, and so all that is below it. A parent_id that is nullptr is left
  // as it is.
  Result<uoffset_t> copy_document(const schema::Document* document, const DocumentLevels& levels,
                                  const std::string_view* parent_id);
  Result<uoffset_t> copy_below(const schema::Document* document, uint32_t field,
                               const DocumentLevels& levels);

  uint32_t bits_of(uint32_t field) const;
  std::string_view id() const;

  const DocumentDraft& draft_;
  DocumentBuffer builder_;
  TableCopy copy_;
  TagTableBuilder tags_;
  DocumentTable table_;
};

}  // namespace dam
