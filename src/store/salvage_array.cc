#include "store/salvage_array.h"

#include <algorithm>

#include "document/document_view.h"
#include "log/array_files.h"
#include "platform/clock.h"
#include "store/admission.h"
#include "store/fresh_array.h"
#include "store/salvage_plan.h"
#include "store/salvage_source.h"

namespace dam {
namespace {

unsigned long long print(uint64_t value) { return value; }

// The embedding column as the documents show it, where the frame that founded it may be lost. Only
// one that all embeddings fit: an array without a column may hold any.
class LostColumn {
 public:
  void add(Bytes document) {
    const std::optional<ArrayFacts> column = column_of(document);
    if (!column) return;
    fits_all_ = fits_all_ && (!column_ || *column_ == *column);
    column_ = column;
  }
  ArrayFacts facts(ArrayFacts known) const {
    if (!column_ || !fits_all_) return known;
    known.embedding_dim = column_->embedding_dim;
    known.embedding_dtype = column_->embedding_dtype;
    return known;
  }

 private:
  std::optional<ArrayFacts> column_;
  bool fits_all_ = true;
};

class Salvage {
 public:
  Salvage(SalvageSource& source, const SalvageProgress& progress, SalvageReport& report)
      : source_(source), reader_(source.body, source.seed), progress_(progress), report_(report) {}

  Status run(const std::string& path, const std::string& out_path, SalvageOutcome& out) {
    DAM_ASSIGN(SalvageHeader header, SalvageHeader::open(path, source_.seed, report_));
    SalvageScan::Setting setting = {source_.name, header.body_length(), {}};
    DAM_TRY(random_bytes(setting.id_key));
    SalvageScan scan(reader_, setting, report_);
    DAM_TRY(scan.run(progress_, 2 * source_.body.size()));
    header.check_entries(report_);
    SalvagePlan plan(scan, header);
    plan.make();
    plan.tell(report_);
    out.uncertain = plan.uncertain();
    out.recovered = plan.chosen().size();
    DAM_TRY(copy(plan, scan, out_path));
    return {};
  }

 private:
  Status copy(const SalvagePlan& plan, const SalvageScan& scan, const std::string& out_path) {
    DAM_ASSIGN(const std::unique_ptr<FreshArray> array,
               FreshArray::start(out_path, {source_.generation, plan.size_estimate()}));
    const uint64_t last = revision_of(scan.greatest_seq());
    facts_ = scan.facts();
    array->set_facts(facts_, last);
    const bool may_lack_column = facts_.embedding_dim == 0 && scan.gaps_end() != 0;
    for (const FoundVersion& version : plan.chosen()) {
      FrameHead head;
      Bytes document;
      // Why checked once more: what is stored must be what was checked, whoever writes to the file.
      if (!reader_.read_head(version.offset, head) ||
          reader_.read_document(version.offset, head, document) != nullptr)
        return Status::error(Code::kCorrupt, "%s changed while it was read (offset %llu)",
                             source_.body.path().c_str(), print(version.offset));
      DAM_TRY(array->put(document, revision_of(head.commit_seq)));
      if (may_lack_column) column_.add(document);
      DAM_TRY(advance(head.size()));
    }
    if (const auto found = column_.facts(facts_); may_lack_column && found != facts_) {
      array->set_facts(found, last);
      report_.remark("the embedding column was lost; it is that of all embeddings, %u dimensions",
                     found.embedding_dim);
    }
    return array->finish(last);
  }

  // Revisions go on growing behind the greatest one: a file that claims the last there is must not
  // leave none.
  static uint64_t revision_of(uint64_t seq) { return std::min(seq, uint64_t{1} << 62); }

  Status advance(uint64_t bytes) {
    constexpr uint64_t kStep = 1 << 20;
    copied_ += bytes;
    if (copied_ - told_ < kStep || !progress_) return {};
    told_ = copied_;
    const uint64_t size = source_.body.size();
    if (progress_(size + std::min(copied_, size), 2 * size)) return {};
    return Status::error(Code::kCancelled, "the salvage was cancelled after %llu bytes",
                         print(copied_));
  }

  SalvageSource& source_;
  SalvageReader reader_;
  const SalvageProgress& progress_;
  SalvageReport& report_;
  ArrayFacts facts_;
  LostColumn column_;
  uint64_t copied_ = 0;
  uint64_t told_ = 0;
};

// Before anything is made: nothing may be written into the source, under whatever name it goes.
Status require_apart(const std::string& path, const std::string& out_path) {
  const Result<FileIdentity> to = identify(out_path);
  if (!to.ok()) return {};  // not there yet, or no path: making it will tell
  const Result<FileIdentity> from = identify(path);
  if (!from.ok() || from.value() != to.value()) return {};
  return Status::error(Code::kInvalidArgument, "%s is the damaged array itself", out_path.c_str());
}

}  // namespace

Status salvage_array(const std::string& path, const std::string& out_path,
                     const SalvageProgress& progress, SalvageOutcome& out) {
  out = {};
  DAM_TRY(require_apart(path, out_path));
  DAM_ASSIGN(const bool is_in_use, LockFile::is_announced_at(lock_path(path)));
  if (is_in_use)
    return Status::error(Code::kBusy, "%s is open for writing: it is in use, not lost",
                         path.c_str());
  SalvageReport report;
  Result<SalvageSource> source = SalvageSource::find(path, report);
  Status done = source.status();
  if (source.ok()) done = Salvage(source.value(), progress, report).run(path, out_path, out);
  out.report = report.take_text();
  return done;
}

}  // namespace dam
