// Node's typemaps: how the parameters of dam.h, chosen by their names, cross into JavaScript and
// back. Run with -DSWIGWORDSIZE64 and compile with C++ exceptions.
//
// Handles are externals that close what they hold when they are collected. A status is thrown as
// DamError; a wrong type is a TypeError. Outputs are what the call returns, an array when there are
// several; bytes that libdam lends are copied. The conversions themselves are in node_values.h.
%{
#include "node_batches.h"
#include "node_values.h"
%}

%init %{
  dam_node::add_to(env, exports);
%}

// ---------------------------------------------------------------- handles
%define %dam_handle(TYPE, CLOSE)
%typemap(in) TYPE *, const TYPE * %{ $1 = dam_node::native_of<TYPE>($input, CLOSE, "$1_name"); %}
%typemap(in, numinputs=0) TYPE ** (TYPE *made = nullptr) %{ $1 = &made; %}
%typemap(argout) TYPE ** %{
  $result = dam_node::joined($result, dam_node::handle(env, made$argnum, CLOSE));
%}
%enddef
%dam_handle(dam_array, dam_node::close<dam_close>)
%dam_handle(dam_snapshot, dam_node::close<dam_snapshot_release>)
%dam_handle(dam_cursor, dam_node::close<dam_cursor_close>)
%dam_handle(dam_batch, dam_node::close<dam_batch_discard>)
%dam_handle(dam_builder, dam_node::close<dam_builder_discard>)
%dam_handle(dam_tags, dam_node::close<dam_tags_close>)
%dam_handle(dam_task, dam_node::close<dam_task_release>)
%dam_handle(dam_options, dam_node::close<dam_options_free>)
%dam_handle(dam_document, dam_node::close<dam_document_free>)
%dam_handle(dam_filter, dam_node::close<dam_filter_free>)
%dam_handle(dam_results, dam_node::close<dam_results_free>)
%dam_handle(dam_columns, dam_node::close<dam_columns_free>)
%dam_handle(dam_queries, dam_node::close<dam_queries_free>)
%dam_handle(dam_traversal, dam_node::close<dam_traversal_close>)

// What a traversal lends is kept: a script may hold it longer than the next call.
%typemap(in, numinputs=0) const dam_document **out_lent (dam_document *made = nullptr)
  %{ $1 = &made; %}
%typemap(argout) const dam_document **out_lent %{
  dam_document *kept$argnum = nullptr;
  if (made$argnum != nullptr) (void)dam_document_keep(made$argnum, &kept$argnum);
  $result = dam_node::joined(
    $result, dam_node::handle(env, kept$argnum, dam_node::close<dam_document_free>));
%}

// These are plain pointers, which their external must not free again.
%exception dam_options_free { $action; dam_node::forget(info[0]); }
%exception dam_filter_free { $action; dam_node::forget(info[0]); }
%exception dam_results_free { $action; dam_node::forget(info[0]); }
%exception dam_columns_free { $action; dam_node::forget(info[0]); }
%exception dam_queries_free { $action; dam_node::forget(info[0]); }
%exception dam_document_free { $action; dam_node::forget(info[0]); }
%exception dam_filter_free { $action; dam_node::forget(info[0]); }
%exception dam_results_free { $action; dam_node::forget(info[0]); }

// Why in the check: only there the count, an input, is known.
%typemap(in, numinputs=0) dam_document **out_documents (std::vector<dam_document *> made) ""
%typemap(check) dam_document **out_documents %{
  made$argnum.resize(static_cast<size_t>(dam_count));
  $1 = made$argnum.data();
%}
%typemap(argout) dam_document **out_documents %{
  $result = dam_node::handles(env, made$argnum, dam_node::close<dam_document_free>);
%}

// ---------------------------------------------------------------- numbers
%typemap(in) int64_t %{ $1 = dam_node::int64_of($input, "$1_name"); %}
%typemap(in) int64_t start, int64_t stop, int64_t step %{
  $1 = $input.IsUndefined() ? DAM_OMITTED : dam_node::int64_of($input, "$1_name");
%}
%typemap(in) int32_t %{ $1 = dam_node::int32_of($input, "$1_name"); %}
%typemap(in) uint32_t %{ $1 = dam_node::uint32_of($input, "$1_name"); %}
%typemap(in) double %{ $1 = dam_node::double_of($input, "$1_name"); %}
%typemap(in) dam_status status %{ $1 = dam_node::int32_of($input, "$1_name"); %}
%typemap(out) int32_t %{ $result = Napi::Number::New(env, $1); %}

%typemap(in, numinputs=0) int64_t * (int64_t made = 0), int32_t * (int32_t made = 0),
  double * (double made = 0) %{
  $1 = &made;
%}
%typemap(argout) int64_t * %{
  $result = dam_node::joined($result, dam_node::number(env, made$argnum));
%}
%typemap(argout) int32_t * %{
  $result = dam_node::joined($result, Napi::Number::New(env, made$argnum));
%}
%typemap(argout) double * %{
  $result = dam_node::joined($result, Napi::Number::New(env, made$argnum));
%}
%typemap(argout) int32_t *out_changed, int32_t *out_equal, int32_t *out_found,
  int32_t *out_same %{
  $result = dam_node::joined($result, Napi::Boolean::New(env, made$argnum != 0));
%}

// ---------------------------------------------------------------- bytes and texts
%typemap(in, noblock=1) (const void *data, size_t size) {
  const std::span<uint8_t> bytes$argnum = dam_node::bytes_of($input, "$1_name");
  $1 = bytes$argnum.data();
  $2 = bytes$argnum.size();
}

%define %dam_text(POINTER, SIZE)
%typemap(in) (POINTER, SIZE) (dam_node::Text held) %{
  held.take($input, "$1_name");
  $1 = const_cast<char *>(held.data());
  $2 = held.size();
%}
%enddef
%dam_text(const char *id, size_t id_size)
%dam_text(const char *json, size_t json_size)
%dam_text(const char *patch, size_t patch_size)
%dam_text(const char *text, size_t text_size)
%dam_text(const char *string, size_t string_size)
%dam_text(const char *name, size_t name_size)
%dam_text(const char *key, size_t key_size)
%dam_text(const char *path, size_t path_size)
%typemap(in) const char *path (dam_node::Text held) %{
  held.take_path($input);
  $1 = const_cast<char *>(held.data());
%}
%typemap(freearg) const char *path ""
%apply const char *path { const char *target_path };

// A buffer that the call fills. What it needs when it is too short is an answer, not an error.
%typemap(in, noblock=1) (void *buffer, size_t buffer_size, size_t *out_size),
  (char *buffer, size_t buffer_size, size_t *out_size) {
  dam_node::Room dam_room(dam_node::bytes_of($input, "$1_name"));
  $1 = reinterpret_cast<$1_ltype>(dam_room.data());
  $2 = dam_room.size();
  $3 = dam_room.needed();
}
%typemap(argout) (void *buffer, size_t buffer_size, size_t *out_size),
  (char *buffer, size_t buffer_size, size_t *out_size) %{
  $result = Napi::Number::New(env, static_cast<double>(*dam_room.needed()));
%}
%typemap(in, noblock=1) (void *buffer, size_t buffer_size) {
  const std::span<uint8_t> bytes$argnum = dam_node::bytes_of($input, "$1_name");
  $1 = bytes$argnum.data();
  $2 = bytes$argnum.size();
}

// ---------------------------------------------------------------- packed bytes and texts
// Documents or ids one behind the other, and a BigInt64Array of the offsets that part them. Safety:
// offsets that leave the bytes are a TypeError. `dam_packed` and `dam_count` are of the wrapper.
%typemap(in, noblock=1) const void *data, const char *ids, const char *texts {
  const std::span<uint8_t> dam_packed = dam_node::bytes_of($input, "$1_name");
  $1 = reinterpret_cast<$1_ltype>(dam_packed.data());
}
%typemap(freearg) const char *ids, const char *texts ""
%typemap(in, noblock=1) (const int64_t *offsets, int64_t count),
  (const int64_t *id_offsets, int64_t count), (const int64_t *text_offsets, int64_t count) {
  const std::span<int64_t> dam_offsets = dam_node::offsets_of($input, dam_packed.size());
  const int64_t dam_count = dam_node::parts_of(dam_offsets);
  $1 = dam_offsets.data();
  $2 = dam_count;
}
%typemap(argout) (const int64_t *offsets, int64_t count),
  (const int64_t *id_offsets, int64_t count), (const int64_t *text_offsets, int64_t count) ""
%typemap(in, noblock=1) (int64_t *out_offsets, int64_t capacity) {
  const std::span<int64_t> int64s$argnum = dam_node::numbers_of<int64_t>($input, "$1_name");
  $1 = int64s$argnum.data();
  $2 = dam_node::parts_of(int64s$argnum);
}
%typemap(argout) (int64_t *out_offsets, int64_t capacity) ""

// ---------------------------------------------------------------- numbers in typed arrays
// What is filled, `out_values` and `out_quantized`, is an array of the caller's with room enough.
%define %dam_numbers(POINTER, COUNT, TYPE)
%typemap(in, noblock=1) (POINTER, COUNT) {
  const std::span<TYPE> numbers$argnum = dam_node::numbers_of<TYPE>($input, "$1_name");
  $1 = numbers$argnum.data();
  $2 = static_cast<int64_t>(numbers$argnum.size());
}
%typemap(argout) (POINTER, COUNT) ""
%enddef
%dam_numbers(const int64_t *positions, int64_t count, int64_t)
%dam_numbers(const uint32_t *shape, int64_t shape_count, uint32_t)
%dam_numbers(const uint32_t *indices, int64_t indices_count, uint32_t)

%typemap(in, noblock=1) (const float *values, int64_t count) {
  const std::span<float> dam_numbers = dam_node::numbers_of<float>($input, "$1_name");
  $1 = dam_numbers.data();
  $2 = static_cast<int64_t>(dam_numbers.size());
}
%typemap(in, noblock=1) (const int8_t *quantized, int64_t count) {
  const std::span<int8_t> dam_numbers = dam_node::numbers_of<int8_t>($input, "$1_name");
  $1 = dam_numbers.data();
  $2 = static_cast<int64_t>(dam_numbers.size());
}
%typemap(in) float *out_values %{
  $1 = dam_node::room_of<float>($input, dam_numbers.size(), "$1_name");
%}
%typemap(in) int8_t *out_quantized %{
  $1 = dam_node::room_of<int8_t>($input, dam_numbers.size(), "$1_name");
%}
%typemap(argout) float *out_values, int8_t *out_quantized ""

// An array that the call fills; how many numbers there are is the answer, room for them or not.
%define %dam_number_room(TYPE)
%typemap(in, noblock=1) (TYPE *buffer, int64_t capacity, int64_t *out_count) {
  const std::span<TYPE> dam_numbers = dam_node::numbers_of<TYPE>($input, "$1_name");
  int64_t dam_needed = 0;
  $1 = dam_numbers.data();
  $2 = static_cast<int64_t>(dam_numbers.size());
  $3 = &dam_needed;
}
%typemap(argout) (TYPE *buffer, int64_t capacity, int64_t *out_count) %{
  $result = dam_node::number(env, dam_needed);
%}
%enddef
%dam_number_room(float)
%dam_number_room(double)

%define %dam_lent_numbers(POINTER, COUNT)
%typemap(in, numinputs=0) (POINTER, COUNT) (uint32_t *lent = nullptr, int64_t count = 0) %{
  $1 = &lent;
  $2 = &count;
%}
%typemap(argout) (POINTER, COUNT) %{
  $result = dam_node::joined($result, dam_node::uint32s(env, lent$argnum, count$argnum));
%}
%enddef
%dam_lent_numbers(const uint32_t **out_shape, int64_t *out_shape_count)
%dam_lent_numbers(const uint32_t **out_indices, int64_t *out_indices_count)

// ---------------------------------------------------------------- memory of libdam
%typemap(in, numinputs=0) (const void **out_data, size_t *out_size) (void *lent = nullptr,
  size_t size = 0) %{
  $1 = &lent;
  $2 = &size;
%}
%typemap(argout) (const void **out_data, size_t *out_size) %{
  $result = dam_node::joined($result, dam_node::copied(env, lent$argnum, size$argnum));
%}
%define %dam_lent_text(POINTER, SIZE)
%typemap(in, numinputs=0) (POINTER, SIZE) (char *lent = nullptr, size_t size = 0) %{
  $1 = &lent;
  $2 = &size;
%}
%typemap(argout) (POINTER, SIZE) %{
  $result = dam_node::joined($result, dam_node::text(env, lent$argnum, size$argnum));
%}
%enddef
%dam_lent_text(const char **out_id, size_t *out_id_size)
%dam_lent_text(const char **out_string, size_t *out_string_size)
%dam_lent_text(const char **out_key, size_t *out_key_size)

%typemap(in, numinputs=0) (char **out_text, size_t *out_text_size)
  (dam_node::Owned<char> owned, size_t size = 0) %{
  $1 = owned.out();
  $2 = &size;
%}
%typemap(argout) (char **out_text, size_t *out_text_size) %{
  $result = dam_node::joined($result, Napi::String::New(env, owned$argnum.get(), size$argnum));
%}

// A report comes with CORRUPT too: the error carries it.
%typemap(in, numinputs=0, noblock=1) (char **out_report, size_t *out_report_size) {
  dam_node::Owned<char> dam_report;
  size_t dam_report_size = 0;
  $1 = dam_report.out();
  $2 = &dam_report_size;
}
%typemap(argout) (char **out_report, size_t *out_report_size) %{
  $result = dam_node::joined($result, Napi::String::New(env, dam_report.get(), dam_report_size));
%}

%typemap(in, numinputs=0) (void **out_data, int64_t **out_offsets)
  (dam_node::Owned<void> owned, dam_node::Owned<int64_t> ends) %{
  $1 = owned.out();
  $2 = ends.out();
%}
%typemap(argout) (void **out_data, int64_t **out_offsets) %{
  $result = dam_node::packed(env, owned$argnum.get(), ends$argnum.get(), dam_count);
%}
%typemap(in, numinputs=0) (char **out_ids, int64_t **out_offsets, int64_t *out_count)
  (dam_node::Owned<char> owned, dam_node::Owned<int64_t> ends, int64_t made = 0) %{
  $1 = owned.out();
  $2 = ends.out();
  $3 = &made;
%}
%typemap(argout) (char **out_ids, int64_t **out_offsets, int64_t *out_count) %{
  $result = dam_node::texts(env, owned$argnum.get(), ends$argnum.get(), made$argnum);
%}

// As many as the results, the first argument, have rows.
%typemap(in, numinputs=0) (char **out_ids, int64_t **out_offsets)
  (dam_node::Owned<char> owned, dam_node::Owned<int64_t> ends) %{
  $1 = owned.out();
  $2 = ends.out();
%}
%typemap(argout) (char **out_ids, int64_t **out_offsets) %{
  int64_t dam_rows = 0;
  dam_node::check(env, dam_results_count(arg1, &dam_rows));
  $result = dam_node::texts(env, owned$argnum.get(), ends$argnum.get(), dam_rows);
%}

// What JavaScript never has in its hands, libdam's memory, it cannot free: only NULL.
%typemap(in) void *memory %{ $1 = dam_node::null_of($input, "$1_name"); %}

// ---------------------------------------------------------------- status
%typemap(out) dam_status %{
  dam_node::check(env, $1);
  $result = env.Undefined();
%}
%typemap(out) dam_status dam_read, dam_status dam_read_at %{
  if (dam_node::is_absence($1)) return env.Undefined();
  if (!dam_room.was_short_for($1)) dam_node::check(env, $1);
%}
%typemap(out) dam_status dam_id_at, dam_status dam_snapshot_id_at %{
  if (!dam_room.was_short_for($1)) dam_node::check(env, $1);
%}
// An absent field is undefined, and so is the end of a walk through tags.
%typemap(out) dam_status dam_document_floats, dam_status dam_document_doubles %{
  if ($1 == DAM_NOT_FOUND) return env.Undefined();
  if ($1 != DAM_TOO_BIG) dam_node::check(env, $1);
%}
%typemap(out) dam_status dam_document_string, dam_status dam_document_buffer,
  dam_status dam_document_integer, dam_status dam_document_number, dam_status dam_document_count,
  dam_status dam_document_tensor, dam_status dam_document_sparse,
  dam_status dam_document_quantization, dam_status dam_document_score_string,
  dam_status dam_tags_next %{
  if ($1 == DAM_NOT_FOUND) return env.Undefined();
  dam_node::check(env, $1);
  $result = env.Undefined();
%}
%typemap(out) dam_status dam_snapshot_get, dam_status dam_snapshot_get_at %{
  if (dam_node::is_absence($1)) return env.Undefined();
  dam_node::check(env, $1);
  $result = env.Undefined();
%}
%typemap(out) dam_status dam_verify, dam_status dam_salvage, dam_status dam_import %{
  dam_node::check(env, $1, {dam_report.get(), dam_report_size});
  $result = env.Undefined();
%}
