#include "node_batches.h"

#include <memory>
#include <utility>

#include "node_values.h"

namespace dam_node {
namespace {

// One call in a thread of the pool, and the promise of its answer. Deletes itself.
class BatchCall : public Napi::AsyncWorker {
 public:
  explicit BatchCall(Napi::Env env)
      : Napi::AsyncWorker(env), deferred_(Napi::Promise::Deferred::New(env)) {}

  Napi::Value start() {
    const Napi::Promise promise = deferred_.Promise();
    Queue();
    return promise;
  }

 protected:
  // Keeps a value from the collector until the promise is settled.
  void keep(const Napi::Value& value) {
    if (value.IsObject() || value.IsExternal())
      kept_.push_back(Napi::Reference<Napi::Value>::New(value, 1));
  }

  virtual dam_status run() = 0;
  virtual Napi::Value answer(Napi::Env env) = 0;
  virtual std::string_view report() const { return {}; }

 private:
  void Execute() override {
    status_ = run();
    if (status_ != DAM_OK) text_ = dam_last_error();
  }

  void OnOK() override {
    const Napi::HandleScope scope(Env());
    if (status_ == DAM_OK) {
      deferred_.Resolve(answer(Env()));
      return;
    }
    Napi::Error error = error_of(Env(), status_, text_);
    if (!report().empty())
      error.Set("report", Napi::String::New(Env(), report().data(), report().size()));
    deferred_.Reject(error.Value());
  }

  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

  Napi::Promise::Deferred deferred_;
  std::vector<Napi::Reference<Napi::Value>> kept_;
  dam_status status_ = DAM_OK;
  std::string text_;
};

class ExtendCall : public BatchCall {
 public:
  explicit ExtendCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        array_(native_of<dam_array>(info[0], close<dam_close>, "array")),
        data_(bytes_of(info[1], "data")),
        offsets_(offsets_of(info[2], data_.size())),
        flags_(uint32_of(info[3], "flags")) {
    for (size_t i = 0; i < 3; ++i) keep(info[i]);
  }

 private:
  dam_status run() override {
    return dam_extend(array_, data_.data(), offsets_.data(), parts_of(offsets_), flags_, &first_,
                      &revision_);
  }
  Napi::Value answer(Napi::Env env) override {
    return joined(number(env, first_), number(env, revision_));
  }

  dam_array* array_;
  std::span<uint8_t> data_;
  std::span<int64_t> offsets_;
  uint32_t flags_;
  int64_t first_ = -1;
  int64_t revision_ = 0;
};

class ReadManyCall : public BatchCall {
 public:
  explicit ReadManyCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        array_(native_of<dam_array>(info[0], close<dam_close>, "array")),
        ids_(bytes_of(info[1], "ids")),
        offsets_(offsets_of(info[2], ids_.size())) {
    for (size_t i = 0; i < 3; ++i) keep(info[i]);
  }

 private:
  dam_status run() override {
    return dam_read_many(array_, reinterpret_cast<const char*>(ids_.data()), offsets_.data(),
                         parts_of(offsets_), data_.out(), ends_.out());
  }
  Napi::Value answer(Napi::Env env) override {
    return packed(env, data_.get(), ends_.get(), parts_of(offsets_));
  }

  dam_array* array_;
  std::span<uint8_t> ids_;
  std::span<int64_t> offsets_;
  Owned<void> data_;
  Owned<int64_t> ends_;
};

class VerifyCall : public BatchCall {
 public:
  explicit VerifyCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        task_(native_of<dam_task>(info[1], close<dam_task_release>, "task")) {
    path_.take_path(info[0]);
    keep(info[1]);
  }

 private:
  dam_status run() override { return dam_verify(path_.data(), task_, report_.out(), &size_); }
  Napi::Value answer(Napi::Env env) override {
    return Napi::String::New(env, report_.get(), size_);
  }
  std::string_view report() const override {
    return report_.get() == nullptr ? std::string_view() : std::string_view(report_.get(), size_);
  }

  Text path_;
  dam_task* task_;
  Owned<char> report_;
  size_t size_ = 0;
};

class PruneCall : public BatchCall {
 public:
  explicit PruneCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        array_(native_of<dam_array>(info[0], close<dam_close>, "array")),
        options_(native_of<dam_options>(info[1], close<dam_options_free>, "options")),
        task_(native_of<dam_task>(info[2], close<dam_task_release>, "task")),
        positions_(numbers_of<int64_t>(info[3], "positions")),
        is_ordered_(!info[3].IsUndefined()) {
    for (size_t i = 0; i < 4; ++i) keep(info[i]);
  }

 private:
  dam_status run() override {
    if (!is_ordered_) return dam_prune(array_, options_, task_);
    return dam_prune_ordered(array_, positions_.data(), static_cast<int64_t>(positions_.size()),
                             options_, task_);
  }
  Napi::Value answer(Napi::Env env) override { return env.Undefined(); }

  dam_array* array_;
  dam_options* options_;
  dam_task* task_;
  std::span<int64_t> positions_;
  bool is_ordered_;
};

class BackupCall : public BatchCall {
 public:
  explicit BackupCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        array_(native_of<dam_array>(info[0], close<dam_close>, "array")),
        task_(native_of<dam_task>(info[2], close<dam_task_release>, "task")) {
    path_.take_path(info[1]);
    keep(info[0]);
    keep(info[2]);
  }

 private:
  dam_status run() override { return dam_backup(array_, path_.data(), task_); }
  Napi::Value answer(Napi::Env env) override { return env.Undefined(); }

  dam_array* array_;
  Text path_;
  dam_task* task_;
};

class SalvageCall : public BatchCall {
 public:
  explicit SalvageCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        task_(native_of<dam_task>(info[2], close<dam_task_release>, "task")) {
    path_.take_path(info[0]);
    target_path_.take_path(info[1]);
    keep(info[2]);
  }

 private:
  dam_status run() override {
    return dam_salvage(path_.data(), target_path_.data(), task_, &recovered_, &uncertain_,
                       report_.out(), &size_);
  }
  Napi::Value answer(Napi::Env env) override {
    const Napi::Value numbers = joined(number(env, recovered_), number(env, uncertain_));
    return joined(numbers, Napi::String::New(env, report_.get(), size_));
  }
  std::string_view report() const override {
    return report_.get() == nullptr ? std::string_view() : std::string_view(report_.get(), size_);
  }

  Text path_;
  Text target_path_;
  dam_task* task_;
  int64_t recovered_ = 0;
  int64_t uncertain_ = 0;
  Owned<char> report_;
  size_t size_ = 0;
};

// What takes two arrays: the one that is read, and another.
class TwoArraysCall : public BatchCall {
 public:
  explicit TwoArraysCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        array_(native_of<dam_array>(info[0], close<dam_close>, "array")),
        other_(native_of<dam_array>(info[1], close<dam_close>, "target")),
        task_(native_of<dam_task>(info[2], close<dam_task_release>, "task")) {
    for (size_t i = 0; i < 3; ++i) keep(info[i]);
  }

 protected:
  dam_array* array_;
  dam_array* other_;
  dam_task* task_;
};

class CopyCall : public TwoArraysCall {
 public:
  explicit CopyCall(const Napi::CallbackInfo& info)
      : TwoArraysCall(info), flags_(uint32_of(info[3], "flags")) {}

 private:
  dam_status run() override { return dam_copy_into(array_, other_, flags_, task_, &count_); }
  Napi::Value answer(Napi::Env env) override { return number(env, count_); }

  uint32_t flags_;
  int64_t count_ = 0;
};

class EqualCall : public TwoArraysCall {
 public:
  using TwoArraysCall::TwoArraysCall;

 private:
  dam_status run() override { return dam_equal(array_, other_, task_, &equal_); }
  Napi::Value answer(Napi::Env env) override { return Napi::Boolean::New(env, equal_ != 0); }

  int32_t equal_ = 0;
};

// What looks at the documents of a snapshot through a filter.
class FilterCall : public BatchCall {
 public:
  explicit FilterCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        snapshot_(native_of<dam_snapshot>(info[0], close<dam_snapshot_release>, "snapshot")),
        filter_(native_of<dam_filter>(info[1], close<dam_filter_free>, "filter")),
        task_(native_of<dam_task>(info[info.Length() - 1], close<dam_task_release>, "task")) {
    paths_.take(info[2], "paths");
    for (size_t i = 0; i < info.Length(); ++i) keep(info[i]);
  }

 protected:
  dam_snapshot* snapshot_;
  dam_filter* filter_;
  Text paths_;
  dam_task* task_;
};

class FindCall : public FilterCall {
 public:
  explicit FindCall(const Napi::CallbackInfo& info)
      : FilterCall(info),
        options_(native_of<dam_options>(info[3], close<dam_options_free>, "options")) {}

 private:
  dam_status run() override {
    return dam_find(snapshot_, filter_, paths_.data(), paths_.size(), options_, task_, &results_);
  }
  Napi::Value answer(Napi::Env env) override {
    return handle(env, results_, close<dam_results_free>);
  }

  dam_options* options_;
  dam_results* results_ = nullptr;
};

class CountWhereCall : public FilterCall {
 public:
  using FilterCall::FilterCall;

 private:
  dam_status run() override {
    return dam_count_where(snapshot_, filter_, paths_.data(), paths_.size(), task_, &count_);
  }
  Napi::Value answer(Napi::Env env) override { return number(env, count_); }

  int64_t count_ = 0;
};

class ExplainCall : public FilterCall {
 public:
  using FilterCall::FilterCall;

 private:
  dam_status run() override {
    return dam_explain(snapshot_, filter_, paths_.data(), paths_.size(), task_, text_.out(),
                       &size_);
  }
  Napi::Value answer(Napi::Env env) override { return Napi::String::New(env, text_.get(), size_); }

  Owned<char> text_;
  size_t size_ = 0;
};

class DeleteWhereCall : public BatchCall {
 public:
  explicit DeleteWhereCall(const Napi::CallbackInfo& info)
      : BatchCall(info.Env()),
        array_(native_of<dam_array>(info[0], close<dam_close>, "array")),
        filter_(native_of<dam_filter>(info[1], close<dam_filter_free>, "filter")),
        flags_(uint32_of(info[2], "flags")),
        task_(native_of<dam_task>(info[3], close<dam_task_release>, "task")) {
    for (size_t i = 0; i < 4; ++i) keep(info[i]);
  }

 private:
  dam_status run() override {
    return dam_delete_where(array_, filter_, flags_, task_, &count_, nullptr);
  }
  Napi::Value answer(Napi::Env env) override { return number(env, count_); }

  dam_array* array_;
  dam_filter* filter_;
  uint32_t flags_;
  dam_task* task_;
  int64_t count_ = 0;
};

template <class Call>
Napi::Value start(const Napi::CallbackInfo& info) {
  // Owned until it runs: a refused argument is thrown out of the constructor.
  auto call = std::make_unique<Call>(info);
  return call.release()->start();
}

}  // namespace

void add_to(Napi::Env env, Napi::Object exports) {
  exports.Set("dam_extend_async", Napi::Function::New(env, start<ExtendCall>));
  exports.Set("dam_read_many_async", Napi::Function::New(env, start<ReadManyCall>));
  exports.Set("dam_prune_async", Napi::Function::New(env, start<PruneCall>));
  exports.Set("dam_verify_async", Napi::Function::New(env, start<VerifyCall>));
  exports.Set("dam_backup_async", Napi::Function::New(env, start<BackupCall>));
  exports.Set("dam_salvage_async", Napi::Function::New(env, start<SalvageCall>));
  exports.Set("dam_copy_into_async", Napi::Function::New(env, start<CopyCall>));
  exports.Set("dam_find_async", Napi::Function::New(env, start<FindCall>));
  exports.Set("dam_count_where_async", Napi::Function::New(env, start<CountWhereCall>));
  exports.Set("dam_explain_async", Napi::Function::New(env, start<ExplainCall>));
  exports.Set("dam_delete_where_async", Napi::Function::New(env, start<DeleteWhereCall>));
  exports.Set("dam_equal_async", Napi::Function::New(env, start<EqualCall>));
  exports.Set("close_arrays", Napi::Function::New(env, close_arrays));
  exports.Set("set_error_class", Napi::Function::New(env, set_error_class));
}

}  // namespace dam_node
