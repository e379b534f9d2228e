#include "exchange/merge_array.h"

#include <algorithm>
#include <string>
#include <vector>

#include "document/content_hash.h"
#include "document/document_union.h"
#include "document/document_view.h"

namespace dam {
namespace {

constexpr size_t kBatchDocuments = 1024;
constexpr size_t kBatchBytes = size_t{4} << 20;

// What one batch writes; operations point into `united` and into the documents of `other`.
struct MergeBatch {
  std::vector<WriteOperation> operations;
  std::vector<std::vector<uint8_t>> united;
  MergeCounts counts;
};

// Whether another writer came between the view and the commit.
bool is_overtaken(const Status& status) {
  return status.code() == Code::kConflict || status.code() == Code::kAlreadyExists ||
         status.code() == Code::kNotFound;
}

class MergeRun {
 public:
  explicit MergeRun(const MergeRequest& request)
      : target_(request.target),
        other_(request.other),
        durability_(request.durability),
        progress_(request.progress) {}

  Status run(MergeCounts& out_counts) {
    uint64_t done = 0;
    while (true) {
      if (!progress_(done, other_.count()))
        return Status::error(Code::kCancelled, "cancelled after %llu of %llu documents",
                             static_cast<unsigned long long>(done),
                             static_cast<unsigned long long>(other_.count()));
      std::vector<Bytes> documents;
      DAM_TRY(gather(documents));
      if (documents.empty()) break;
      MergeCounts counts;
      DAM_TRY(merge(documents, counts));
      out_counts.added += counts.added;
      out_counts.changed += counts.changed;
      done += documents.size();
    }
    return durability_ == Durability::kDurable ? target_.sync() : Status();
  }

 private:
  Status gather(std::vector<Bytes>& out_documents) {
    size_t bytes = 0;
    while (out_documents.size() < kBatchDocuments && bytes < kBatchBytes) {
      uint64_t slot = 0;
      DAM_TRY(other_.next_slot(slot_, slot));
      if (slot == View::kNoSlot) break;
      Record record;
      DAM_TRY(other_.record(slot, View::Check::kFirstTouch, record));
      out_documents.push_back(record.document);
      bytes += record.document.size();
      slot_ = slot + 1;
    }
    return {};
  }

  Status merge(const std::vector<Bytes>& documents, MergeCounts& out_counts) {
    while (true) {
      const std::shared_ptr<const View> view = target_.view();
      MergeBatch batch;
      // Operations point into it.
      batch.united.reserve(documents.size());
      for (const Bytes document : documents) DAM_TRY(plan(*view, document, batch));
      out_counts = batch.counts;
      if (batch.operations.empty()) return {};
      const Status status = target_.commit(batch.operations, level()).status();
      if (!is_overtaken(status)) return status;
    }
  }

  Status plan(const View& view, Bytes document, MergeBatch& batch) const {
    WriteOperation operation;
    operation.document = document;
    const std::string_view id = document_id(document);
    Record mine;
    const Status found = view.find_record(id, View::Check::kFirstTouch, mine);
    if (found.ok()) return plan_shared({document, std::move(mine), id}, view, batch);
    if (found.code() != Code::kNotFound) return found;
    batch.operations.push_back(operation);
    ++batch.counts.added;
    return {};
  }

  struct Shared {
    Bytes theirs;
    Record mine;
    std::string_view id;
  };

  Status plan_shared(const Shared& shared, const View& view, MergeBatch& batch) const {
    const schema::Document* mine = document_root(shared.mine.document);
    DAM_ASSIGN(std::vector<uint8_t> united,
               united_document({nullptr, mine}, {nullptr, document_root(shared.theirs)}));
    if (equal_documents(document_root(united), mine)) return {};
    WriteOperation operation;
    operation.kind = WriteOperation::Kind::kSet;
    operation.id = shared.id;
    DAM_TRY(view.revision_of(shared.mine.slot, operation.expected_revision));
    operation.document = batch.united.emplace_back(std::move(united));
    batch.operations.push_back(operation);
    ++batch.counts.changed;
    return {};
  }

  // Durability: one sync at the end serves all batches.
  Durability level() const {
    return durability_ == Durability::kDurable ? Durability::kVisible : durability_;
  }

  Store& target_;
  const View& other_;
  Durability durability_;
  const MergeProgress& progress_;
  uint64_t slot_ = 0;  // of `other`, from where the next document is looked for
};

}  // namespace

Status merge_array(const MergeRequest& request, MergeCounts& out_counts) {
  return MergeRun(request).run(out_counts);
}

}  // namespace dam
