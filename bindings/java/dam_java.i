// How arguments, results and errors cross between dam.h and Java.
//
// The Java side of it is private: static methods of org.libdam.binding.DamC, one for each function
// of dam.h. Handles are long, bytes are byte[], packed lists byte[][], numbers that a call puts out
// go to element 0 of an array. A status becomes true, false for absence, or an exception. Typemaps
// go by the names that dam.h repeats, or by type where that says enough; what none fits does not
// compile. Each argument is held by an object of jni/, whose destructor frees what it took.
%{
#include "java_arguments.h"
#include "java_failure.h"
#include "java_outputs.h"
%}

%javaconst(1);
// Why: to SWIG int64_t is a long, which Java must not read as its int.
%apply long long { long };
// Why ignored: Java arrays know their length.
%ignore DAM_NUL_TERMINATED;
%ignore DAM_OMITTED;

%pragma(java) jniclasscode=%{
  static {
    NativeLibrary.load();
  }
%}
%pragma(java) jniclassclassmodifiers="final class"
%pragma(java) moduleclassmodifiers="public final class"

// ---------------------------------------------------------------- status

%typemap(jni) dam_status "jboolean"
%typemap(jtype) dam_status "boolean"
%typemap(jstype) dam_status "boolean"
%typemap(out) dam_status "$result = $1 == DAM_OK;"
%typemap(javaout) dam_status { return $jnicall; }
// Why in ret: it runs last, so that nothing calls into Java while an exception is pending.
%typemap(ret) dam_status "if ($1 != DAM_OK) dam_java::throw_unless_absent(jenv, $1);"
%apply int32_t { dam_status status };

// ---------------------------------------------------------------- texts that libdam keeps

%typemap(jni) const char * "jbyteArray"
%typemap(jtype) const char * "byte[]"
%typemap(jstype) const char * "String"
%typemap(out) const char * "$result = dam_java::to_bytes(jenv, $1, strlen($1));"
%typemap(javaout) const char * {
    return new String($jnicall, java.nio.charset.StandardCharsets.UTF_8);
  }

// ---------------------------------------------------------------- NUL-terminated paths

%typemap(jni) const char *path "jbyteArray"
%typemap(jtype) const char *path "byte[]"
%typemap(jstype) const char *path "byte[]"
%typemap(javain) const char *path "$javainput"
%typemap(in) const char *path (dam_java::Bytes bytes)
  "if (!bytes.take_text(jenv, $input)) return $null;
   $1 = bytes.text();"
%typemap(freearg) const char *path ""
%apply const char *path { const char *target_path };

// ---------------------------------------------------------------- handles

%define %dam_handle(TYPE)
%typemap(jni) TYPE * "jlong"
%typemap(jtype) TYPE * "long"
%typemap(jstype) TYPE * "long"
%typemap(javain) TYPE * "$javainput"
%typemap(in) TYPE * "$1 = reinterpret_cast<$1_ltype>(static_cast<intptr_t>($input));"
%typemap(jni) TYPE ** "jlongArray"
%typemap(jtype) TYPE ** "long[]"
%typemap(jstype) TYPE ** "long[]"
%typemap(javain) TYPE ** "$javainput"
%typemap(in) TYPE ** (dam_java::Output<TYPE *> output)
  "if (!output.take(jenv, $input)) return $null;
   $1 = output.target();"
%typemap(argout) TYPE ** "if (result == DAM_OK) output$argnum.give(jenv, $input);"
%enddef
%dam_handle(dam_array)
%dam_handle(dam_options)
%dam_handle(dam_queries)
%dam_handle(dam_snapshot)
%dam_handle(dam_cursor)
%dam_handle(dam_batch)
%dam_handle(dam_document)
%dam_handle(dam_builder)
%dam_handle(dam_filter)
%dam_handle(dam_results)
%dam_handle(dam_columns)
%dam_handle(dam_tags)
%dam_handle(dam_task)
%dam_handle(dam_traversal)
// Lent: nobody frees it.
%typemap(jni) const dam_document **out_lent "jlongArray"
%typemap(jtype) const dam_document **out_lent "long[]"
%typemap(jstype) const dam_document **out_lent "long[]"
%typemap(javain) const dam_document **out_lent "$javainput"
%typemap(in) const dam_document **out_lent (dam_java::Output<dam_document *> output)
  "if (!output.take(jenv, $input)) return $null;
   $1 = output.target();"
%typemap(argout) const dam_document **out_lent
  "if (result == DAM_OK) output$argnum.give(jenv, $input);"
%apply dam_task * { void *memory };

// ---------------------------------------------------------------- numbers that a call puts out

%define %dam_number(TYPE, JNI, JAVA)
%typemap(jni) TYPE * #JNI "Array"
%typemap(jtype) TYPE * #JAVA "[]"
%typemap(jstype) TYPE * #JAVA "[]"
%typemap(javain) TYPE * "$javainput"
%typemap(in) TYPE * (dam_java::Output<TYPE> output)
  "if (!output.take(jenv, $input)) return $null;
   $1 = output.target();"
// Why whatever the status: TOO_BIG tells the size that would do, a copy how far it came.
%typemap(argout) TYPE * "output$argnum.give(jenv, $input);"
%enddef
%dam_number(int64_t, jlong, long)
%dam_number(size_t, jlong, long)
%dam_number(int32_t, jint, int)
%dam_number(double, jdouble, double)
%dam_number(float, jfloat, float)

%typemap(jni) uint32_t flags "jint"
%typemap(jtype) uint32_t flags "int"
%typemap(jstype) uint32_t flags "int"
%typemap(in) uint32_t flags "$1 = static_cast<uint32_t>($input);"

// ---------------------------------------------------------------- bytes in

%define %dam_refuse(TYPE)
%typemap(in) TYPE "#error dam_java.i maps no parameter of this name ($1_name)"
%typemap(argout) TYPE ""
%enddef
%dam_refuse(const char *)
%dam_refuse(const void *)
%dam_refuse(const int64_t *)
%dam_refuse(const uint32_t *)
%dam_refuse(const float *)
%dam_refuse(const double *)

%define %dam_bytes_in(DATA, SIZE)
%typemap(jni) (DATA, SIZE) "jbyteArray"
%typemap(jtype) (DATA, SIZE) "byte[]"
%typemap(jstype) (DATA, SIZE) "byte[]"
%typemap(javain) (DATA, SIZE) "$javainput"
%typemap(in) (DATA, SIZE) (dam_java::Bytes bytes)
  "if (!bytes.take(jenv, $input)) return $null;
   $1 = bytes.text();
   $2 = bytes.size();"
%typemap(freearg) (DATA, SIZE) ""
%enddef
%dam_bytes_in(const void *data, size_t size)
%dam_bytes_in(const char *id, size_t id_size)
%dam_bytes_in(const char *string, size_t string_size)
%dam_bytes_in(const char *json, size_t json_size)
%dam_bytes_in(const char *patch, size_t patch_size)
%dam_bytes_in(const char *text, size_t text_size)
%dam_bytes_in(const char *key, size_t key_size)
%dam_bytes_in(const char *name, size_t name_size)
%dam_bytes_in(const char *path, size_t path_size)

// ---------------------------------------------------------------- lists in

%define %dam_packed_in(DATA, OFFSETS, ALIGNMENT)
%typemap(jni) (DATA, OFFSETS, int64_t count) "jobjectArray"
%typemap(jtype) (DATA, OFFSETS, int64_t count) "byte[][]"
%typemap(jstype) (DATA, OFFSETS, int64_t count) "byte[][]"
%typemap(javain) (DATA, OFFSETS, int64_t count) "$javainput"
%typemap(in) (DATA, OFFSETS, int64_t count) (dam_java::PackedBytes packed)
  "if (!packed.take(jenv, $input, ALIGNMENT)) return $null;
   $1 = packed.data();
   $2 = packed.offsets();
   $3 = packed.count();"
%typemap(freearg) (DATA, OFFSETS, int64_t count) ""
%enddef
%dam_packed_in(const char *ids, const int64_t *id_offsets, 1)
%dam_packed_in(const char *texts, const int64_t *text_offsets, 1)
%dam_packed_in(const void *data, const int64_t *offsets, 8)

%define %dam_numbers_in(TYPE, JAVA, DATA, COUNT)
%typemap(jni) (DATA, COUNT) "j" #JAVA "Array"
%typemap(jtype) (DATA, COUNT) #JAVA "[]"
%typemap(jstype) (DATA, COUNT) #JAVA "[]"
%typemap(javain) (DATA, COUNT) "$javainput"
%typemap(in) (DATA, COUNT) (dam_java::Numbers<TYPE> numbers)
  "if (!numbers.take(jenv, $input)) return $null;
   $1 = numbers.data();
   $2 = numbers.count();"
%enddef
%dam_numbers_in(int64_t, long, const int64_t *positions, int64_t count)
%dam_numbers_in(uint32_t, int, const uint32_t *shape, int64_t shape_count)
%dam_numbers_in(uint32_t, int, const uint32_t *indices, int64_t indices_count)
%dam_numbers_in(float, float, const float *values, int64_t count)
%dam_numbers_in(int8_t, byte, const int8_t *quantized, int64_t count)

// ---------------------------------------------------------------- what the caller's buffer gets

%define %dam_buffer(BUFFER, SIZE)
%typemap(jni) (BUFFER, SIZE) "jobject"
%typemap(jtype) (BUFFER, SIZE) "java.nio.ByteBuffer"
%typemap(jstype) (BUFFER, SIZE) "java.nio.ByteBuffer"
%typemap(javain) (BUFFER, SIZE) "$javainput"
%typemap(in) (BUFFER, SIZE) (dam_java::DirectBuffer buffer)
  "if (!buffer.take(jenv, $input)) return $null;
   $1 = buffer.text();
   $2 = buffer.size();"
%typemap(freearg) (BUFFER, SIZE) ""
%enddef
%dam_buffer(void *buffer, size_t buffer_size)
%dam_buffer(char *buffer, size_t buffer_size)

%define %dam_room(TYPE, JAVA, DATA, CAPACITY, MORE)
%typemap(jni) (DATA, CAPACITY) "j" #JAVA "Array"
%typemap(jtype) (DATA, CAPACITY) #JAVA "[]"
%typemap(jstype) (DATA, CAPACITY) #JAVA "[]"
%typemap(javain) (DATA, CAPACITY) "$javainput"
%typemap(in) (DATA, CAPACITY) (dam_java::Numbers<TYPE> room)
  "if (!room.take_room(jenv, $input)) return $null;
   $1 = room.data();
   $2 = room.count() - MORE;"
%typemap(argout) (DATA, CAPACITY)
  "if (result == DAM_OK || result == DAM_TOO_BIG) room$argnum.give(jenv, $input);"
%enddef
// Offsets are one more than the documents between them.
%dam_room(int64_t, long, int64_t *out_offsets, int64_t capacity, 1)
%dam_room(float, float, float *buffer, int64_t capacity, 0)
%dam_room(double, double, double *buffer, int64_t capacity, 0)

// Room for as many as another argument counts, which `check` sees together with it.
%define %dam_room_by_count(TYPE, JAVA, DATA)
%typemap(jni) DATA "j" #JAVA "Array"
%typemap(jtype) DATA #JAVA "[]"
%typemap(jstype) DATA #JAVA "[]"
%typemap(javain) DATA "$javainput"
%typemap(in) DATA (dam_java::Numbers<TYPE> room)
  "if (!room.take_room(jenv, $input)) return $null;
   $1 = reinterpret_cast<$1_ltype>(room.data());"
%typemap(argout) DATA "if (result == DAM_OK) room$argnum.give(jenv, $input);"
%typemap(freearg) DATA ""
%enddef
%dam_room_by_count(int64_t, long, dam_document **out_documents)
%dam_room_by_count(int8_t, byte, int8_t *out_quantized)
%dam_room_by_count(float, float, float *out_values)
%typemap(check) (const char *ids, const int64_t *id_offsets, int64_t count,
                 dam_document **out_documents)
  "if (!dam_java::Numbers<int64_t>::fit(jenv, $4, $3)) return $null;"
%typemap(check) (const float *values, int64_t count, int8_t *out_quantized)
  "if (!dam_java::Numbers<int8_t>::fit(jenv, $3, $2)) return $null;"
%typemap(check) (const int8_t *quantized, int64_t count, double scale, int32_t zero_point,
                 float *out_values)
  "if (!dam_java::Numbers<float>::fit(jenv, $5, $2)) return $null;"

// ---------------------------------------------------------------- bytes that libdam lends

%define %dam_lent(DATA, SIZE)
%typemap(jni) (DATA, SIZE) "jobjectArray"
%typemap(jtype) (DATA, SIZE) "java.nio.ByteBuffer[]"
%typemap(jstype) (DATA, SIZE) "java.nio.ByteBuffer[]"
%typemap(javain) (DATA, SIZE) "$javainput"
%typemap(in) (DATA, SIZE) (dam_java::Lent lent)
  "if (!lent.take(jenv, $input)) return $null;
   $1 = lent.data<$*1_ltype>();
   $2 = lent.size();"
%typemap(argout) (DATA, SIZE) "if (result == DAM_OK) lent$argnum.give(jenv, $input);"
%typemap(freearg) (DATA, SIZE) ""
%enddef
%dam_lent(const void **out_data, size_t *out_size)
%dam_lent(const char **out_id, size_t *out_id_size)
%dam_lent(const char **out_text, size_t *out_text_size)
%dam_lent(const char **out_string, size_t *out_string_size)
%dam_lent(const char **out_key, size_t *out_key_size)

%define %dam_lent_words(DATA, COUNT)
%typemap(jni) (DATA, COUNT) "jobjectArray"
%typemap(jtype) (DATA, COUNT) "java.nio.ByteBuffer[]"
%typemap(jstype) (DATA, COUNT) "java.nio.ByteBuffer[]"
%typemap(javain) (DATA, COUNT) "$javainput"
%typemap(in) (DATA, COUNT) (dam_java::LentWords lent)
  "if (!lent.take(jenv, $input)) return $null;
   $1 = lent.words();
   $2 = lent.count();"
%typemap(argout) (DATA, COUNT) "if (result == DAM_OK) lent$argnum.give(jenv, $input);"
%enddef
%dam_lent_words(const uint32_t **out_shape, int64_t *out_shape_count)
%dam_lent_words(const uint32_t **out_indices, int64_t *out_indices_count)

// ---------------------------------------------------------------- bytes that libdam hands over

%define %dam_handed(TEXT, SIZE)
%typemap(jni) (TEXT, SIZE) "jobjectArray"
%typemap(jtype) (TEXT, SIZE) "byte[][]"
%typemap(jstype) (TEXT, SIZE) "byte[][]"
%typemap(javain) (TEXT, SIZE) "$javainput"
%typemap(in) (TEXT, SIZE) (dam_java::HandedText handed)
  "if (!handed.take(jenv, $input)) return $null;
   $1 = handed.text();
   $2 = handed.size();"
// Why whatever the status: a report comes with CORRUPT too.
%typemap(argout) (TEXT, SIZE) "handed$argnum.give(jenv, $input);"
%typemap(freearg) (TEXT, SIZE) ""
%enddef
%dam_handed(char **out_text, size_t *out_text_size)
%dam_handed(char **out_report, size_t *out_report_size)

// As many as ids were asked for: an argument further to the left, which `check` sees together.
%typemap(jni) (void **out_data, int64_t **out_offsets) "jobjectArray"
%typemap(jtype) (void **out_data, int64_t **out_offsets) "byte[][][]"
%typemap(jstype) (void **out_data, int64_t **out_offsets) "byte[][][]"
%typemap(javain) (void **out_data, int64_t **out_offsets) "$javainput"
%typemap(in) (void **out_data, int64_t **out_offsets) (dam_java::HandedList list)
  "if (!list.take(jenv, $input)) return $null;
   $1 = list.data<void *>();
   $2 = list.offsets();"
%typemap(argout) (void **out_data, int64_t **out_offsets)
  "if (result == DAM_OK) list$argnum.give(jenv, $input);"
%typemap(check) (const char *ids, const int64_t *id_offsets, int64_t count, void **out_data,
                 int64_t **out_offsets)
  "dam_java::HandedList::expect($5, $3);"

// As many as the results have rows.
%typemap(jni) (char **out_ids, int64_t **out_offsets) "jobjectArray"
%typemap(jtype) (char **out_ids, int64_t **out_offsets) "byte[][][]"
%typemap(jstype) (char **out_ids, int64_t **out_offsets) "byte[][][]"
%typemap(javain) (char **out_ids, int64_t **out_offsets) "$javainput"
%typemap(in) (char **out_ids, int64_t **out_offsets) (dam_java::HandedList list)
  "if (!list.take(jenv, $input)) return $null;
   $1 = list.data<char *>();
   $2 = list.offsets();"
%typemap(argout) (char **out_ids, int64_t **out_offsets)
  "if (result == DAM_OK) list$argnum.give(jenv, $input);"
%typemap(check) (const dam_results *results, char **out_ids, int64_t **out_offsets)
  "int64_t dam_rows = 0;
   if (dam_results_count($1, &dam_rows) == DAM_OK) dam_java::HandedList::expect($3, dam_rows);"

%typemap(jni) (char **out_ids, int64_t **out_offsets, int64_t *out_count) "jobjectArray"
%typemap(jtype) (char **out_ids, int64_t **out_offsets, int64_t *out_count) "byte[][][]"
%typemap(jstype) (char **out_ids, int64_t **out_offsets, int64_t *out_count) "byte[][][]"
%typemap(javain) (char **out_ids, int64_t **out_offsets, int64_t *out_count) "$javainput"
%typemap(in) (char **out_ids, int64_t **out_offsets, int64_t *out_count)
    (dam_java::HandedList list)
  "if (!list.take(jenv, $input)) return $null;
   $1 = list.data<char *>();
   $2 = list.offsets();
   $3 = list.count();"
%typemap(argout) (char **out_ids, int64_t **out_offsets, int64_t *out_count)
  "if (result == DAM_OK) list$argnum.give(jenv, $input);"
