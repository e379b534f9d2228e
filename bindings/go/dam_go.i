// Go's typemaps: how the parameters of dam.h, chosen by their names, cross into Go and back.
//
// Handles are uintptr (0: NULL), bytes and texts are slices and strings that C reads in place, and
// outputs are pointers to Go variables that C fills. Memory that libdam hands over or lends comes
// as unsafe.Pointer; the package dam copies it. A status is an error, made in the same call.
// Run with -DSWIGWORDSIZE64, for int64_t is long where C and Go share it.
%insert(cgo_comment_typedefs) %{
#cgo pkg-config: libdam
%}

// ---------------------------------------------------------------- numbers
// Why not SWIG's own: it makes int and uint of them, of 64 bits, and cuts what is too large.
%typemap(gotype) int32_t "int32"
%typemap(gotype) uint32_t "uint32"
%typemap(gotype) int32_t *, const int32_t * "*int32"
%typemap(gotype) uint32_t *, const uint32_t * "*uint32"
%typemap(gotype) int64_t *, const int64_t * "*int64"
%typemap(gotype) size_t * "*int64"

// ---------------------------------------------------------------- handles
%define %dam_handle(TYPE)
%typemap(gotype) TYPE *, const TYPE * "uintptr"
%typemap(in) TYPE *, const TYPE * %{ $1 = ($1_ltype)$input; %}
%typemap(gotype) TYPE ** "*uintptr"
%typemap(in) TYPE ** %{ $1 = ($1_ltype)$input; %}
%enddef
%dam_handle(dam_array)
%dam_handle(dam_options)
%dam_handle(dam_queries)
%dam_handle(dam_filter)
%dam_handle(dam_results)
%dam_handle(dam_columns)
%dam_handle(dam_snapshot)
%dam_handle(dam_cursor)
%dam_handle(dam_batch)
%dam_handle(dam_document)
%dam_handle(dam_builder)
%dam_handle(dam_tags)
%dam_handle(dam_task)
%dam_handle(dam_filter)
%dam_handle(dam_results)
%dam_handle(dam_traversal)
// Lent: nobody frees it.
%apply dam_document ** { const dam_document **out_lent };

// Room for many: the slice must have a place for each of the `count` before it.
%typemap(gotype) dam_document **out_documents "[]uintptr"
%typemap(in) dam_document **out_documents %{
  $1 = $input.len >= dam_count ? ($1_ltype)$input.array : NULL;
%}

// ---------------------------------------------------------------- bytes and texts
// Go's slice and string as they are, so that nothing is copied; nil is NULL and 0.
%define %dam_bytes(POINTER, SIZE)
%typemap(gotype) (POINTER, SIZE) "[]byte"
%typemap(in) (POINTER, SIZE) %{
  $1 = ($1_ltype)$input.array;
  $2 = ($2_ltype)$input.len;
%}
%typemap(freearg) (POINTER, SIZE) ""
%enddef
%dam_bytes(const void *data, size_t size)
%dam_bytes(void *buffer, size_t buffer_size)
%dam_bytes(char *buffer, size_t buffer_size)
%dam_bytes(const char *json, size_t json_size)
%dam_bytes(const char *patch, size_t patch_size)

%define %dam_text(POINTER, SIZE)
%typemap(gotype) (POINTER, SIZE) "string"
%typemap(in) (POINTER, SIZE) %{
  $1 = ($1_ltype)$input.p;
  $2 = ($2_ltype)$input.n;
%}
%typemap(freearg) (POINTER, SIZE) ""
%enddef
%dam_text(const char *id, size_t id_size)
%dam_text(const char *text, size_t text_size)
%dam_text(const char *string, size_t string_size)
%dam_text(const char *name, size_t name_size)
%dam_text(const char *key, size_t key_size)
%dam_text(const char *path, size_t path_size)

// ---------------------------------------------------------------- packed bytes and texts
// Documents or ids one behind the other, and the offsets that part them. Safety: offsets that leave
// the bytes reach libdam as NULL, which it refuses. `dam_packed_size` is a variable of the wrapper.
%typemap(gotype) const void *data, const char *ids, const char *texts "[]byte"
%typemap(in, noblock=1) const void *data, const char *ids, const char *texts {
  intgo dam_packed_size = $input.len;
  $1 = ($1_ltype)$input.array;
}
%typemap(freearg) const void *data, const char *ids, const char *texts ""

%typemap(gotype) (const int64_t *offsets, int64_t count),
  (const int64_t *id_offsets, int64_t count),
  (const int64_t *text_offsets, int64_t count) "[]int64"
%typemap(in, noblock=1) (const int64_t *offsets, int64_t count),
  (const int64_t *id_offsets, int64_t count), (const int64_t *text_offsets, int64_t count) {
  intgo dam_count = $input.len > 0 ? $input.len - 1 : 0;
  $1 = dam_go_offsets($input, dam_packed_size);
  $2 = dam_count;
  (void)dam_count;
}

// Numbers one behind the other, such as positions or the values of a tensor.
%define %dam_numbers(POINTER, COUNT, SLICE)
%typemap(gotype) (POINTER, COUNT) SLICE
%typemap(in) (POINTER, COUNT) %{
  $1 = ($1_ltype)$input.array;
  $2 = $input.len;
%}
%enddef
%dam_numbers(const int64_t *positions, int64_t count, "[]int64")
%dam_numbers(const uint32_t *shape, int64_t shape_count, "[]uint32")
%dam_numbers(const uint32_t *indices, int64_t indices_count, "[]uint32")
%dam_numbers(float *buffer, int64_t capacity, "[]float32")
%dam_numbers(double *buffer, int64_t capacity, "[]float64")

// Numbers of one kind into as many of another: the slice that is filled must have room for them.
%typemap(gotype) (const int8_t *quantized, int64_t count) "[]int8"
%typemap(gotype) (const float *values, int64_t count) "[]float32"
%typemap(in, noblock=1) (const int8_t *quantized, int64_t count),
  (const float *values, int64_t count) {
  intgo dam_count = $input.len;
  $1 = ($1_ltype)$input.array;
  $2 = dam_count;
  (void)dam_count;
}
%typemap(gotype) float *out_values "[]float32"
%typemap(gotype) int8_t *out_quantized "[]int8"
%typemap(in) float *out_values, int8_t *out_quantized %{
  $1 = $input.len >= dam_count ? ($1_ltype)$input.array : NULL;
%}

// Room for `capacity` offsets and the one behind the last.
%typemap(gotype) (int64_t *out_offsets, int64_t capacity) "[]int64"
%typemap(in) (int64_t *out_offsets, int64_t capacity) %{
  $1 = ($1_ltype)$input.array;
  $2 = $input.len - 1;
%}

%fragment("dam_go_offsets", "header") %{
/* The offsets, or NULL when they do not ascend within the bytes they part. */
static int64_t *dam_go_offsets(_goslice_ slice, intgo packed_size) {
  int64_t *offsets = (int64_t *)slice.array;
  int64_t former = 0;
  for (intgo i = 0; i < slice.len; ++i) {
    if (offsets[i] < former || offsets[i] > packed_size) return NULL;
    former = offsets[i];
  }
  return offsets;
}
%}
%fragment("dam_go_offsets");

// ---------------------------------------------------------------- memory of libdam
%typemap(gotype) void *memory "unsafe.Pointer"
%typemap(gotype) void **out_data, const void **out_data, char **out_text, char **out_report,
  char **out_ids, const char **out_id, const char **out_string, const char **out_key,
  int64_t **out_offsets, const uint32_t **out_shape, const uint32_t **out_indices "*unsafe.Pointer"

// ---------------------------------------------------------------- status
// Why a text: SWIG crosses once, and the thread's text must be read before Go may switch threads.
%typemap(gotype) dam_status "error"
%typemap(imtype) dam_status "string"
%typemap(out, fragment="dam_go_status") dam_status %{ $result = dam_go_status($1); %}
%typemap(goout) dam_status %{ $result = statusError($1) %}
%typemap(gotype) dam_status status "int32"
%typemap(imtype) dam_status status "int32"

%fragment("dam_go_status", "header") %{
/* "code:text" in memory of malloc's, nothing for DAM_OK; statusError in status.go takes it apart.
   Without memory for it: a literal of one byte. */
static _gostring_ dam_go_status(dam_status status) {
  _gostring_ packed = {NULL, 0};
  if (status == DAM_OK) return packed;
  const char *text = dam_last_error();
  size_t room = strlen(text) + sizeof "-2147483648:";
  packed.p = (char *)malloc(room);
  if (packed.p == NULL) return (_gostring_){(char *)"!", 1};
  packed.n = snprintf(packed.p, room, "%d:%s", (int)status, text);
  return packed;
}
%}
