#include "exchange/set_column.h"

#include <string>
#include <vector>

#include "document/document_json.h"
#include "document/document_view.h"
#include "document/dotted_path.h"
#include "document/json_parse.h"
#include "document/json_tree.h"

namespace dam {
namespace {

struct Replacements {
  std::vector<std::string> ids;
  std::vector<std::vector<uint8_t>> documents;
  std::vector<uint64_t> revisions;
};

Status add_replacement(const Record& record, const DocumentChange& change, Replacements& out) {
  DocumentDraft draft;
  draft.take_all({nullptr, document_root(record.document)});
  DAM_TRY(change(out.documents.size(), draft));
  DAM_ASSIGN(std::vector<uint8_t> document, draft.build());
  out.ids.emplace_back(document_id(record.document));
  out.documents.push_back(std::move(document));
  return {};
}

// Puts one value into the draft of its document.
class ValueSetter {
 public:
  explicit ValueSetter(std::string_view path) : path_(path) {}

  // Before any value: what the path leads to.
  Status resolve() {
    DAM_ASSIGN(below_, split_path(path_));
    if (below_.empty()) return refused();
    while (field_ < field::kCount && below_[0] != field_shape(field_).name) ++field_;
    below_.erase(below_.begin());
    const bool takes_values =
        field_ == field::kTags || (below_.empty() && (is_text() || is_bytes()));
    return takes_values ? Status() : refused();
  }

  Status set(std::string_view value, DocumentDraft& draft) {
    if (is_text()) return draft.set_text(field_, value);
    if (field_ == field::kTags) return value.empty() ? clear(draft) : set_tags(value, draft);
    draft.set_bytes(field_, {reinterpret_cast<const uint8_t*>(value.data()), value.size()});
    return {};
  }

  Status clear(DocumentDraft& draft) const {
    if (below_.empty()) {
      draft.clear(field_);
      return {};
    }
    if (!draft.has(field_)) return {};
    const Status cleared = draft.clear_tag(below_);
    return cleared.code() == Code::kNotFound ? Status() : cleared;
  }

 private:
  bool is_text() const {
    return field_ < field::kCount && field_ != field::kId &&
           field_shape(field_).kind == FieldKind::kText;
  }
  bool is_bytes() const { return field_ == field::kBuffer || field_ == field::kMetaInfo; }

  Status refused() const {
    return Status::error(Code::kInvalidArgument, "a column \"%.*s\" cannot be set",
                         static_cast<int>(path_.size()), path_.data());
  }

  Status set_tags(std::string_view json, DocumentDraft& draft) {
    // Why parsed alone first: within a document's text, brackets too many would change what it is.
    JsonTree tree;
    DAM_TRY(parse_.run(json, &tree));
    if (below_.empty() && !tree.is_object(tree.root()))
      return Status::error(Code::kInvalidArgument, "tags are a JSON object");
    document_ = below_.empty() ? "{\"tags\":" : "{\"tags\":{\"v\":";
    document_ += json;
    document_ += below_.empty() ? "}" : "}}";
    DAM_ASSIGN(const Bytes read, reader_.read(document_));
    const schema::Tags* tags = document_root(read)->tags();
    if (below_.empty()) {
      draft.clear(field_);
      draft.merge_tags_of({nullptr, document_root(read)});
      return {};
    }
    return draft.set_tag(below_, tag_node_of(tag_at(tags, 0)));
  }

  std::string_view path_;
  uint32_t field_ = 0;
  PathParts below_;  // of tags
  JsonParse parse_;
  JsonReader reader_;
  std::string document_;
};

Status at_row(size_t row, const Status& status) {
  if (status.ok()) return {};
  return Status::error(status.code(), "value %zu: %s", row, status.message());
}

}  // namespace

Result<CommitResult> change_every_document(Store& store, const View& view,
                                           const DocumentChange& change, Durability durability) {
  Replacements made;
  uint64_t slot = 0;
  for (uint64_t position = 0; position < view.count(); ++position) {
    DAM_TRY(view.next_slot(position == 0 ? 0 : slot + 1, slot));
    Record record;
    DAM_TRY(view.record(slot, View::Check::kAlways, record));
    DAM_TRY(view.revision_of(slot, made.revisions.emplace_back()));
    DAM_TRY(add_replacement(record, change, made));
  }
  std::vector<WriteOperation> operations(made.documents.size());
  for (size_t i = 0; i < operations.size(); ++i) {
    operations[i].kind = WriteOperation::Kind::kSet;
    operations[i].id = made.ids[i];
    operations[i].document = made.documents[i];
    operations[i].expected_revision = made.revisions[i];
  }
  return store.commit(operations, durability);
}

Result<CommitResult> set_column(Store& store, const ColumnValues& column, Durability durability) {
  const std::shared_ptr<const View> view = store.view();
  ValueSetter setter(column.path);
  DAM_TRY(setter.resolve());
  if (column.values && column.values->size() != view->count())
    return Status::error(Code::kInvalidArgument,
                         "%zu values are not one for each of %llu documents", column.values->size(),
                         static_cast<unsigned long long>(view->count()));
  const DocumentChange change = [&](size_t row, DocumentDraft& draft) {
    return at_row(row,
                  column.values ? setter.set((*column.values)[row], draft) : setter.clear(draft));
  };
  return change_every_document(store, *view, change, durability);
}

}  // namespace dam
