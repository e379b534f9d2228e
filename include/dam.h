/*
 * dam.h - libdam, an embedded array of documents on disk.
 *
 * An array is one directory. It holds documents (FlatBuffers, schema document.fbs) in an order,
 * each under an id that is unique in the array. One process writes, any number read, nothing blocks
 * a reader, and what was committed survives a crash of the process; what was synced, a power loss.
 *
 *     dam_array *array;
 *     if (dam_open("birds", NULL, &array) != DAM_OK) puts(dam_last_error());
 *     dam_document *bird;
 *     dam_document_from_json("{\"id\":\"robin\",\"text\":\"sings\"}", DAM_NUL_TERMINATED, 0,
 * &bird);
 *     ...
 *     dam_close(array);
 *
 * Conventions, said once:
 *  - A call that can fail returns a dam_status: DAM_OK (0) or one of the negative codes below, and
 *    dam_last_error() has the text. Absence (DAM_NOT_FOUND of a getter) leaves no text.
 *  - Outputs come last, are named out_*, and are untouched on failure unless said otherwise. An
 *    output that a text calls optional may be NULL.
 *  - Texts are UTF-8, pointer and length in bytes; the length DAM_NUL_TERMINATED means strlen. An
 * id that is empty or no UTF-8 is DAM_INVALID_ARGUMENT, one of more than 65,535 bytes DAM_TOO_BIG.
 *  - Counts, positions, offsets and revisions are int64_t, sizes of memory size_t.
 *  - Positions count the live documents from 0; negative ones count from the end (-1 is the last).
 *  - A slice is start, stop, step with exactly Python's rules; DAM_OMITTED stands for a bound left
 * out.
 *  - NULL, a closed handle or a foreign one answers DAM_INVALID_ARGUMENT or DAM_CLOSED, never a
 * crash. (A dam_document, dam_options, dam_filter, dam_queries, dam_results or dam_columns is a
 * plain pointer: it is freed once.)
 *  - What libdam allocated and hands over is freed by dam_free. Freeing NULL is allowed everywhere.
 *  - Threads: arrays, snapshots and tasks may be used by any thread at any time; a cursor, a
 * walk, a batch, a builder or an options object by one thread at a time; a document by any number
 * of readers.
 *  - Lifetimes: dam_get* hands out a document that owns what it shows; dam_snapshot_get*,
 *    dam_cursor_next and dam_traversal_next lend until the snapshot (cursor, traversal) is released
 *    or goes on; dam_read* copies. No fourth.
 *
 * License: Apache-2.0.
 */
#ifndef DAM_H
#define DAM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef SWIG
#if defined(__GNUC__)
#define DAM_API __attribute__((visibility("default")))
#else
#define DAM_API
#endif
#else
#define DAM_API
#endif

/* ============================================================ version */

#define DAM_VERSION_MAJOR 0
#define DAM_VERSION_MINOR 1
#define DAM_VERSION_PATCH 0
/* Grows with every change of this header that an older caller could not survive. */
#define DAM_ABI_VERSION 1

/*
 * Text of the version that runs, such as "0.1.0".
 * Valid until: the library is unloaded (never). Cost: none.
 */
DAM_API const char* dam_version(void);

/* DAM_ABI_VERSION of the library that runs. */
DAM_API int32_t dam_abi_version(void);

/* ============================================================ errors */

typedef int32_t dam_status;

/* Done. */
#define DAM_OK 0
/* No such document, file or directory. */
#define DAM_NOT_FOUND -1
/* The id is live already, or the file is there already. */
#define DAM_ALREADY_EXISTS -2
/* The document has another revision than the one expected. Read it again and retry. */
#define DAM_CONFLICT -3
/* An argument is NULL, malformed or contradicts another. */
#define DAM_INVALID_ARGUMENT -4
/* The bytes are no valid Document; nothing was stored. */
#define DAM_INVALID_DOCUMENT -5
/* A position outside -count .. count-1. */
#define DAM_OUT_OF_RANGE -6
/* The array or its medium cannot be written. */
#define DAM_READ_ONLY -7
/* Another writer has the array. */
#define DAM_BUSY -8
/* The disk, quota or file size limit is full. Nothing changed; retry when there is room. */
#define DAM_NO_SPACE -9
/* The operating system failed a read or a write. */
#define DAM_IO -10
/* Bytes on disk contradict their checksums or each other. The text names file and offset. */
#define DAM_CORRUPT -11
/* A newer format, an unknown ABI, or a file system that cannot lock. */
#define DAM_UNSUPPORTED -12
/* A sync failed: this handle writes no more (reads go on). Close, open again, look what is there.
 */
#define DAM_POISONED -13
/* The handle was closed. */
#define DAM_CLOSED -14
/* A writable handle in the child of a fork. Open the array again in the child. */
#define DAM_FORKED -15
/* Longer than a limit, or than the buffer given. */
#define DAM_TOO_BIG -16
/* Memory could not be had. Nothing changed. */
#define DAM_NO_MEMORY -17
/* Its task was cancelled. */
#define DAM_CANCELLED -18
/* A defect of libdam. Please report the text. */
#define DAM_INTERNAL -19

/*
 * Name of a code, such as "NOT_FOUND"; "UNKNOWN" for a number that is none.
 * Valid until: for ever.
 */
DAM_API const char* dam_status_name(dam_status status);

/*
 * Text of the latest failure in this thread: one line, the fact and then its values. Empty when the
 * latest call succeeded or answered absence. Calls that answer no status (the frees, names and
 * versions) leave it as it is.
 * Valid until: this thread's next call that answers a status. Never NULL.
 */
DAM_API const char* dam_last_error(void);

/* ============================================================ handles and constants */

/* One open array. */
typedef struct dam_array dam_array;
/* Choices for dam_open and for long work. */
typedef struct dam_options dam_options;
/* An unchanging view of one commit. */
typedef struct dam_snapshot dam_snapshot;
/* A walk through a slice of a snapshot. */
typedef struct dam_cursor dam_cursor;
/* Writes that become visible and durable together. */
typedef struct dam_batch dam_batch;
/* One document, with the memory it shows. */
typedef struct dam_document dam_document;
/* A walk through the tags of a document. */
typedef struct dam_tags dam_tags;
/* A document that is being made. */
typedef struct dam_builder dam_builder;
/* Progress and cancellation of long work. */
typedef struct dam_task dam_task;
/* The rows a query answered. */
typedef struct dam_results dam_results;
/* What a match looks for: embeddings, most of them of documents. */
typedef struct dam_queries dam_queries;
/* What a document must have to be found. */
typedef struct dam_filter dam_filter;
/* Values of documents by column. */
typedef struct dam_columns dam_columns;
/* A walk to chunks and matches. */
typedef struct dam_traversal dam_traversal;

/* As a length: the text ends at its first NUL. */
#define DAM_NUL_TERMINATED SIZE_MAX
/* As a bound of a slice: left out, as in a[::2]. */
#define DAM_OMITTED INT64_MIN
/* As an expected revision: any. */
#define DAM_ANY_REVISION 0

/* Flags of writing calls. The durability flags override the array's own level for that call. */
#define DAM_UPSERT 1
#define DAM_BUFFERED 2
#define DAM_VISIBLE 4
#define DAM_DURABLE 8

/* ============================================================ options */

/*
 * Values below are int64. An id that this version does not know is refused by its number. Options
 * are for dam_open unless they name another call; each call passes over those of the others.
 */

/* 1: never write, not even to recover. Default 0. */
#define DAM_OPTION_READ_ONLY 1
/* 0: an absent array is NOT_FOUND. Default 1: it is made, with absent parent directories. */
#define DAM_OPTION_CREATE 2
/* Durability of a commit: DAM_BUFFERED, DAM_VISIBLE (default) or DAM_DURABLE. See
 * docs/durability.md. */
#define DAM_OPTION_DURABILITY 3
/* How long dam_open waits for another writer, in milliseconds; negative: for ever. Default 0. With
 * DAM_OPTION_SHARED_WRITER also how long each call waits for its turn, and the default is 10,000.
 */
#define DAM_OPTION_LOCK_TIMEOUT_MS 4
/* 0: no helper thread; checkpoints run inside commits and dam_close. Default 1. */
#define DAM_OPTION_UPKEEP_THREAD 5
/* 0: copies and scans do not check payload checksums. Default 1. */
#define DAM_OPTION_CHECK_PAYLOADS 6
/* Address space to reserve for each of the two files, in bytes. Default 64 GiB; it bounds nothing.
 */
#define DAM_OPTION_WINDOW_BYTES 7
/* 1: write even on NFS, SMB, 9p and FUSE, at the caller's risk. Default 0. */
#define DAM_OPTION_ALLOW_NETWORK 8
/* 1: an open that meets damage behind the last checkpoint keeps what precedes it and drops the
 * rest. */
#define DAM_OPTION_ACCEPT_LOSS 9
/* Dimension of the embedding column, fixed at creation. Default 0: set by the first embedding
 * stored. */
#define DAM_OPTION_EMBEDDING_DIM 10
/* 1: also store documents whose embedding does not fit the column; components that are not finite
 * are refused all the same. Default 0: INVALID_DOCUMENT. */
#define DAM_OPTION_ANY_EMBEDDING 11
/* For dam_prune: do nothing while DAM_STAT_GARBAGE_PERCENT is below this, 0 to 100. Default 0. */
#define DAM_OPTION_GARBAGE_PERCENT 12
/* Most code points (characters of Unicode) that an id of the array may have, fixed at creation: a
 * longer one is TOO_BIG. 0 to 65,535. Default 0: any. A document without an id needs 36. An array
 * that is there and has another one answers INVALID_ARGUMENT when it is opened for writing. */
#define DAM_OPTION_KEY_LENGTH 13
/* 1: a temporary array, always a new one. Its files have no names: they go when the handle and all
 * that was taken from it are closed, or with the process, however it ends. `path` is the directory
 * whose disk they use; NULL or empty: $TMPDIR, else /tmp. Every call works on it that needs no
 * path; dam_path is empty; a sync costs nothing and promises nothing; nobody else can open it.
 * INVALID_ARGUMENT together with DAM_OPTION_READ_ONLY 1, DAM_OPTION_SHARED_WRITER 1 or
 * DAM_OPTION_CREATE 0. Default 0. */
#define DAM_OPTION_TEMPORARY 14
/* 1: a file that something else cut off, or a disk that cannot deliver, answers IO and raises no
 * SIGBUS. dam_get*, dam_read*, look-ups and dam_cursor_read read by system calls (about 2 us each)
 * and own copies; what a snapshot or a cursor lends is a copy that it keeps until its end. Long
 * work (prune, backup, copy) brings each document into memory before it touches it: there a file
 * that is cut off in that very moment still raises the signal. Default 0: all is read from maps. */
#define DAM_OPTION_SAFE_READS 15
/* 1: documents are read in no order from files larger than memory, so the system is to read no
 * neighbours ahead. Walks and prunes of what is not in memory are slower then. Default 0. */
#define DAM_OPTION_RANDOM_READS 16
/* 1: several handles, in any processes, write the array by turns, a commit each: servers that fork,
 * the command line beside them. All of them open it with this option; a writer without it and those
 * with it are BUSY to each other. Default 0. A read-only open passes over it.
 * - Each writing call, dam_sync and a checkpoint wait for their turn as DAM_OPTION_LOCK_TIMEOUT_MS
 *   says; BUSY means that nothing was done. In its turn a call first adopts what others committed,
 *   so ids, revisions and positions are checked against the latest commit of all. Between its turns
 *   a handle shows what it last saw: dam_reload and dam_wait look for more. Snapshots stay.
 * - DAM_BUFFERED commits are written at once, as DAM_VISIBLE ones, since nothing can be held back
 *   across turns; an array opened as BUFFERED is closed without a sync. A DAM_DURABLE commit is
 *   synced within its turn: processes do not share one flush.
 * - A process that dies in the middle of a commit delays the next writer by a recovery; nothing
 *   that was visible is lost. A handle that is POISONED stays so, the others recover and go on.
 * - dam_prune and dam_clear are one handle's at a time (BUSY); the others go on and follow.
 * - A checkpoint is made inside the turn of whoever finds it due: the others wait for its syncs.
 * - After a fork the child opens the array anew, as always.
 * Cost: about 10 microseconds a commit on top, and after commits of others what they added. */
#define DAM_OPTION_SHARED_WRITER 17
/* For dam_find: how many of the found documents to pass over. Default 0. */
#define DAM_OPTION_FIND_OFFSET 31
/* For dam_find: how many to give out at most; 0 is none. Default INT64_MAX. */
#define DAM_OPTION_FIND_LIMIT 32
/* For dam_match: the distance, one of DAM_METRIC_*. Default DAM_METRIC_COSINE. */
#define DAM_OPTION_METRIC 41
/* For dam_match: the most rows of one query, from 1 on; DAM_NO_LIMIT for all. Default 20. */
#define DAM_OPTION_LIMIT 42
/* For dam_match: 1 leaves out of a query's rows the document that has the query's id. Default 0. */
#define DAM_OPTION_EXCLUDE_SELF 43
/* For dam_match: how many threads work on it, 0 to 1024; 0 for all processors. Default 0. */
#define DAM_OPTION_THREADS 44
/* For dam_match: 1 asks for an approximate index, which this version does not have (UNSUPPORTED).
 * Default 0: the answer is exact. */
#define DAM_OPTION_APPROXIMATE 45
/* For dam_match, set by dam_options_set_number: instead of distances, what the least distance of a
 * query is mapped to, and the greatest, with those between in proportion. The greatest is that of
 * all rows that were compared, not only of those in the answer; where all are the same, each
 * becomes the first number. Setting one turns the mapping on; the other is then 0 or 1. */
#define DAM_OPTION_RANGE_FROM 46
#define DAM_OPTION_RANGE_TO 47
/* For dam_import: characters of an id in header.bin, 1 to 4096. Default 0: guessed. */
#define DAM_OPTION_IMPORT_KEY_LENGTH 51
/* For dam_import. 1: whole numbers in tags become integers. Default 0: doubles, as they are there.
 */
#define DAM_OPTION_IMPORT_INTEGERS 52
/* For dam_import. 1: ids as header.bin has them, cut. Default 0: whole ids, from the documents. */
#define DAM_OPTION_IMPORT_HEADER_IDS 53
/* For dam_import. 1: the report lists what is readable of deleted and replaced documents. Default
 * 0.
 */
#define DAM_OPTION_IMPORT_LIST_DELETED 54
/* For dam_import. 1: nothing is imported when anything is damaged. Default 0. */
#define DAM_OPTION_IMPORT_STRICT 55
/* For dam_import. 1: live documents of the same ids are replaced. Default 0: they stay. */
#define DAM_OPTION_IMPORT_UPSERT 56

/*
 * Makes an options object with every default.
 * Ownership: dam_options_free.
 */
DAM_API dam_status dam_options_create(dam_options** out_options);

/*
 * Sets one option. A value outside its range, or an unknown option, is INVALID_ARGUMENT naming it.
 */
DAM_API dam_status dam_options_set(dam_options* options, int32_t option, int64_t value);

/* Sets an option that is a double. As dam_options_set; what is not finite is INVALID_ARGUMENT. */
DAM_API dam_status dam_options_set_number(dam_options* options, int32_t option, double number);

/* Frees options; arrays opened with them are not affected. */
DAM_API void dam_options_free(dam_options* options);

/* ============================================================ open and close */

/*
 * Opens the array in directory `path`, and makes it when it is absent.
 * An array that a crash left behind is recovered first; a read-only open recovers in memory only.
 * path: NUL-terminated; NULL only with DAM_OPTION_TEMPORARY. options: NULL for every default.
 * Returns: READ_ONLY (a sealed array, or a medium that cannot be written, is to be opened for
 * writing), BUSY (another writer), NOT_FOUND (absent and not to be made), UNSUPPORTED (a newer
 * format), CORRUPT (no array, or damage: the text names file and offset; nothing is changed).
 * Ownership: dam_close. Cost: independent of the number of documents after a clean close; after a
 * crash, a scan of what the last checkpoint does not cover: 64 MiB as a rule, at most about 1 GiB,
 * or the last batch.
 */
DAM_API dam_status dam_open(const char* path, const dam_options* options, dam_array** out_array);

/*
 * Closes the handle: commits are flushed, checkpointed (but for BUFFERED arrays) and the writer's
 * lock is given up, whatever the answer. Calls of other threads that run in it end first.
 * Snapshots, cursors and documents taken from it stay valid. Returns: CLOSED when it was closed
 * before; what the last write-back answered otherwise.
 */
DAM_API dam_status dam_close(dam_array* array);

/*
 * Adopts what other processes or handles committed since; a writable handle is always up to date.
 * out_changed: optional; 1 when anything new was seen, else 0.
 * Cost: about a microsecond when nothing changed.
 */
DAM_API dam_status dam_reload(dam_array* array, int32_t* out_changed);

/*
 * Waits until the array has a commit after `revision`, whoever made it, and adopts it as dam_reload
 * does. revision: 0 or more, such as dam_snapshot_revision tells. timeout_ms: 0 looks once, a
 * negative one waits without end. out_revision: optional; that of the newest commit.
 * Returns: BUSY when none came in time; CLOSED when the handle is closed meanwhile. Threads: the
 * others, a closing one too, go on. Cost: looks once a millisecond, about a microsecond each time.
 */
DAM_API dam_status dam_wait(dam_array* array, int64_t revision, int64_t timeout_ms,
                            int64_t* out_revision);

/* Makes buffered commits visible to other processes. Cost: one write of what is buffered. */
DAM_API dam_status dam_flush(dam_array* array);

/*
 * Makes every commit so far survive power loss. Callers at the same time share one flush.
 * Returns: POISONED when the disk failed; nothing more is written through this handle then.
 */
DAM_API dam_status dam_sync(dam_array* array);

/* The directory, as given to dam_open, with a NUL behind; empty for a temporary array. Ownership:
 * dam_free(*out_text). */
DAM_API dam_status dam_path(dam_array* array, char** out_text, size_t* out_text_size);

/* ============================================================ append */

/*
 * Adds one document at the end: one commit.
 * data: a finished FlatBuffer of document.fbs; it is verified and copied. Without an id it gets a
 * fresh UUIDv7 (dam_id_at reads it). flags: DAM_UPSERT replaces a live document of that id, which
 * keeps its position; a durability. out_position: optional; the position in the latest commit when
 * the call returns, -1 when another thread deleted it by then. out_revision: optional. Returns:
 * ALREADY_EXISTS (id live, no DAM_UPSERT), INVALID_DOCUMENT, TOO_BIG, NO_SPACE, POISONED.
 * Durability: as the flags or the array say. Cost: proportional to the document.
 */
DAM_API dam_status dam_append(dam_array* array, const void* data, size_t size, uint32_t flags,
                              int64_t* out_position, int64_t* out_revision);

/*
 * Adds documents in one batch: all or none, across a crash too. None is a no-op.
 * data, offsets: document i is data[offsets[i]] up to data[offsets[i + 1]]; count + 1 offsets, each
 * a multiple of 8 (padding behind a document is allowed). Two equal ids are ALREADY_EXISTS; with
 * DAM_UPSERT the last wins.
 * data, offsets: may be NULL when count is 0. out_first: optional; position of the first, as
 * dam_append tells it; -1 when DAM_UPSERT replaced any, and for none. out_revision: optional. Cost:
 * about a microsecond a document of 1 KB.
 */
DAM_API dam_status dam_extend(dam_array* array, const void* data, const int64_t* offsets,
                              int64_t count, uint32_t flags, int64_t* out_first,
                              int64_t* out_revision);

/* ============================================================ get */

/* Number of live documents. */
DAM_API dam_status dam_count(dam_array* array, int64_t* out_count);

/* out_found: 1 when a document of that id is live, else 0. */
DAM_API dam_status dam_contains(dam_array* array, const char* id, size_t id_size,
                                int32_t* out_found);

/*
 * The document of an id.
 * Returns: NOT_FOUND (without a text), CORRUPT.
 * Ownership: dam_document_free; it stays valid across append, delete, prune and close.
 * Cost: no copy; the payload checksum is checked at first touch.
 */
DAM_API dam_status dam_get(dam_array* array, const char* id, size_t id_size,
                           dam_document** out_document);

/* The document at a position. As dam_get; a position that is none is OUT_OF_RANGE. */
DAM_API dam_status dam_get_at(dam_array* array, int64_t position, dam_document** out_document);

/*
 * The documents of many ids, in the order asked, repeats kept; the fetches overlap in memory.
 * ids, id_offsets: as dam_read_many. out_documents: room for count handles; NULL for an absent id.
 * Ownership: dam_document_free on each. All or none are handed out.
 */
DAM_API dam_status dam_get_many(dam_array* array, const char* ids, const int64_t* id_offsets,
                                int64_t count, dam_document** out_documents);

/*
 * Copies documents of many ids, in the order asked, repeats kept; the fetches overlap in memory.
 * ids, id_offsets: id i is ids[id_offsets[i]] up to ids[id_offsets[i + 1]]; count + 1 offsets.
 * out_data, out_offsets: the documents packed, document i at (*out_data)[(*out_offsets)[i]] up to
 * (*out_offsets)[i + 1], each start a multiple of 8 (padding included); empty for an id that is
 * absent. Ownership: dam_free on both.
 */
DAM_API dam_status dam_read_many(dam_array* array, const char* ids, const int64_t* id_offsets,
                                 int64_t count, void** out_data, int64_t** out_offsets);

/*
 * Copies the bytes of one document into the caller's buffer.
 * buffer: may be NULL when buffer_size is 0. out_size: the size of the document, also on TOO_BIG.
 * Returns: TOO_BIG when the buffer is too small (nothing is copied), NOT_FOUND, CORRUPT.
 */
DAM_API dam_status dam_read(dam_array* array, const char* id, size_t id_size, void* buffer,
                            size_t buffer_size, size_t* out_size);

/* As dam_read, by position. */
DAM_API dam_status dam_read_at(dam_array* array, int64_t position, void* buffer, size_t buffer_size,
                               size_t* out_size);

/* Position of the document of an id; NOT_FOUND when there is none. Reads no document. */
DAM_API dam_status dam_position(dam_array* array, const char* id, size_t id_size,
                                int64_t* out_position);

/* Copies the id at a position, without a NUL. Buffer and outputs as dam_read. */
DAM_API dam_status dam_id_at(dam_array* array, int64_t position, char* buffer, size_t buffer_size,
                             size_t* out_size);

/*
 * The ids of positions first .. first + count - 1, packed; fewer at the end, none from there on. A
 * negative first counts from the end; before position 0 it is OUT_OF_RANGE.
 * out_offsets: out_count + 1 entries into *out_ids. Ownership: dam_free on both.
 */
DAM_API dam_status dam_ids(dam_array* array, int64_t first, int64_t count, char** out_ids,
                           int64_t** out_offsets, int64_t* out_count);

/*
 * Revision of the document of an id: the number of the commit that wrote it, never used twice in an
 * array. Pass it to dam_set or dam_delete to write only when nobody else did.
 */
DAM_API dam_status dam_revision(dam_array* array, const char* id, size_t id_size,
                                int64_t* out_revision);

/* ============================================================ change */

/*
 * Replaces the document of an id; the document must bear the same id. It keeps its position.
 * flags, of this and the next four calls: a durability.
 * expected_revision: DAM_ANY_REVISION, or CONFLICT unless it is the document's. out_revision:
 * optional. Returns: NOT_FOUND, CONFLICT, INVALID_ARGUMENT (another id inside), and as dam_append.
 */
DAM_API dam_status dam_set(dam_array* array, const char* id, size_t id_size, const void* data,
                           size_t size, int64_t expected_revision, uint32_t flags,
                           int64_t* out_revision);

/*
 * Replaces the document at a position. Its id may change to one that is not live elsewhere; without
 * an id the document gets a fresh one.
 */
DAM_API dam_status dam_set_at(dam_array* array, int64_t position, const void* data, size_t size,
                              int64_t expected_revision, uint32_t flags, int64_t* out_revision);

/*
 * Deletes the document of an id; later positions move down by one. Its space is dead until a prune.
 * Returns: NOT_FOUND, CONFLICT. Cost: logarithmic.
 */
DAM_API dam_status dam_delete(dam_array* array, const char* id, size_t id_size,
                              int64_t expected_revision, uint32_t flags, int64_t* out_revision);

/* Deletes the document at a position. */
DAM_API dam_status dam_delete_at(dam_array* array, int64_t position, int64_t expected_revision,
                                 uint32_t flags, int64_t* out_revision);

/*
 * Deletes a slice in one batch. A step of 0 is INVALID_ARGUMENT; an empty slice deletes nothing.
 * out_deleted: optional, how many.
 */
DAM_API dam_status dam_delete_range(dam_array* array, int64_t start, int64_t stop, int64_t step,
                                    uint32_t flags, int64_t* out_deleted);

/*
 * Removes all documents at once, buffered ones included; the array stays in use.
 * Options fixed at creation and the embedding column stay. Views taken before keep what they show;
 * other handles see it with their next reload. Waits for a prune that runs.
 * flags: a durability, each met by what this call does anyway. out_revision: optional; of this
 * commit. Returns: READ_ONLY, NO_SPACE (nothing changed), POISONED.
 * Durability: durable. Cost: a few syncs, independent of the number of documents.
 */
DAM_API dam_status dam_clear(dam_array* array, uint32_t flags, int64_t* out_revision);

/*
 * Applies a JSON merge patch, as dam_document_patch, to the stored document of an id: one commit,
 * in which no change of another writer is lost. expected_revision: DAM_ANY_REVISION, or CONFLICT if
 * the document has another one. flags: a durability. out_revision: optional. Returns: NOT_FOUND,
 * CONFLICT, INVALID_ARGUMENT (malformed, or a patch that changes the id), INVALID_DOCUMENT.
 * Threads: a patch to which another writer comes first is applied again to what that one wrote.
 */
DAM_API dam_status dam_patch(dam_array* array, const char* id, size_t id_size, const char* patch,
                             size_t patch_size, int64_t expected_revision, uint32_t flags,
                             int64_t* out_revision);

/* ============================================================ snapshots */

/*
 * Takes a view of the latest commit this handle sees. It answers the same for ever, blocks nobody,
 * and outlives the array's handle. It keeps the disk space of what it shows. Ownership:
 * dam_snapshot_release.
 */
DAM_API dam_status dam_snapshot_open(dam_array* array, dam_snapshot** out_snapshot);

/* Ends the view: bytes it lent are invalid from now on (open cursors keep theirs). */
DAM_API dam_status dam_snapshot_release(dam_snapshot* snapshot);

/* Number of documents in the view. */
DAM_API dam_status dam_snapshot_count(dam_snapshot* snapshot, int64_t* out_count);

/* Revision of the commit the view shows. */
DAM_API dam_status dam_snapshot_revision(dam_snapshot* snapshot, int64_t* out_revision);

/*
 * Lends the bytes of the document of an id, without copying.
 * Valid until: dam_snapshot_release. Returns: NOT_FOUND, CORRUPT.
 * Safety: they lie in a map of the file; if something other than libdam truncates the file,
 * touching them raises SIGBUS.
 */
DAM_API dam_status dam_snapshot_get(dam_snapshot* snapshot, const char* id, size_t id_size,
                                    const void** out_data, size_t* out_size);

/* As dam_snapshot_get, by position. */
DAM_API dam_status dam_snapshot_get_at(dam_snapshot* snapshot, int64_t position,
                                       const void** out_data, size_t* out_size);

/* Position of an id in the view. */
DAM_API dam_status dam_snapshot_position(dam_snapshot* snapshot, const char* id, size_t id_size,
                                         int64_t* out_position);

/* Copies the id at a position of the view, as dam_id_at. */
DAM_API dam_status dam_snapshot_id_at(dam_snapshot* snapshot, int64_t position, char* buffer,
                                      size_t buffer_size, size_t* out_size);

/* ============================================================ iterate */

/*
 * Begins a walk through the slice start:stop:step of a snapshot, which it keeps alive by itself.
 * Ownership: dam_cursor_close. Threads: one at a time.
 */
DAM_API dam_status dam_cursor_open(dam_snapshot* snapshot, int64_t start, int64_t stop,
                                   int64_t step, dam_cursor** out_cursor);

/*
 * Lends the next document. At the end it answers NOT_FOUND, again and again. A damaged document is
 * CORRUPT once; the next call goes on behind it.
 * out_position: optional. Valid until: dam_cursor_close.
 */
DAM_API dam_status dam_cursor_next(dam_cursor* cursor, const void** out_data, size_t* out_size,
                                   int64_t* out_position);

/*
 * Copies the next documents into the caller's buffer, packed for one crossing into another
 * language. out_offsets: room for capacity + 1 entries; document i lies at buffer[out_offsets[i]],
 * each start a multiple of 8, up to out_offsets[i + 1] (padding included). capacity: at least 1.
 * out_count: how many came; 0 at the end. Returns: TOO_BIG when not even the next one fits;
 * out_offsets[0] is then the size it needs, and nothing is passed over. CORRUPT as dam_cursor_next,
 * once what precedes the damaged document was given out.
 */
DAM_API dam_status dam_cursor_read(dam_cursor* cursor, void* buffer, size_t buffer_size,
                                   int64_t* out_offsets, int64_t capacity, int64_t* out_count);

/* Ends the walk. */
DAM_API dam_status dam_cursor_close(dam_cursor* cursor);

/* ============================================================ batches */

/*
 * Begins a batch: writes that readers see together or never. Nothing is written before the commit,
 * and reads of the array do not see it. Several may be open. Ownership: dam_batch_commit or
 * dam_batch_discard ends it. Threads: one at a time.
 */
DAM_API dam_status dam_batch_begin(dam_array* array, dam_batch** out_batch);

/* Adds a document, as dam_append; ids are checked when the batch is committed. flags: DAM_UPSERT.
 */
DAM_API dam_status dam_batch_append(dam_batch* batch, const void* data, size_t size,
                                    uint32_t flags);

/* Replaces the document of an id, as dam_set. */
DAM_API dam_status dam_batch_set(dam_batch* batch, const char* id, size_t id_size, const void* data,
                                 size_t size, int64_t expected_revision);

/*
 * Replaces the document at a position of the array as committed now; CONFLICT at the commit when
 * another commit changed that document in between.
 */
DAM_API dam_status dam_batch_set_at(dam_batch* batch, int64_t position, const void* data,
                                    size_t size, int64_t expected_revision);

/* Deletes the document of an id, as dam_delete. */
DAM_API dam_status dam_batch_delete(dam_batch* batch, const char* id, size_t id_size,
                                    int64_t expected_revision);

/* Deletes the document at a position of the array as committed now, as dam_batch_set_at. */
DAM_API dam_status dam_batch_delete_at(dam_batch* batch, int64_t position,
                                       int64_t expected_revision);

/*
 * Commits and ends the batch. On failure, whichever, nothing of it is stored and the handle is
 * ended too; CLOSED when the array was closed before.
 * flags: a durability. out_revision: optional.
 */
DAM_API dam_status dam_batch_commit(dam_batch* batch, uint32_t flags, int64_t* out_revision);

/* Drops the batch. */
DAM_API dam_status dam_batch_discard(dam_batch* batch);

/* ============================================================ prune */

/*
 * Rewrites the live documents into new files and gives the space of all others back.
 * Order, documents and revisions stay; the array's own revision grows. Writers and readers go on
 * meanwhile; commits wait at the end only, for about 16 MiB at most, and when they outrun the copy.
 * What was written meanwhile is in the new files. Views, documents and cursors taken before stay
 * valid and keep the old files' disk space (DAM_STAT_PINNED_BYTES); other handles move with their
 * next reload. A crash at any moment leaves the array as it was, or pruned. Several calls take
 * turns.
 * options: NULL, or DAM_OPTION_GARBAGE_PERCENT. task: optional progress, in bytes.
 * Returns: NO_SPACE (the disk cannot hold both generations), CANCELLED, CORRUPT (a document is
 * damaged), READ_ONLY: nothing changed. POISONED: a failure while names changed; the next open has
 * all commits.
 * Threads: any. Durability: durable, and so is every commit before it. Cost: reads, checks and
 * writes each live document once; the disk holds both generations until the end.
 */
DAM_API dam_status dam_prune(dam_array* array, const dam_options* options, dam_task* task);

/*
 * As dam_prune, and gives the documents a new order, whatever the garbage.
 * positions: what stands at each place afterwards, all of the array's positions as they are when
 * the call begins, each once: NULL only when count is 0. Documents appended while it runs come
 * behind, as ever.
 * Returns: INVALID_ARGUMENT (not each position once), OUT_OF_RANGE.
 */
DAM_API dam_status dam_prune_ordered(dam_array* array, const int64_t* positions, int64_t count,
                                     const dam_options* options, dam_task* task);

/* ============================================================ whole arrays */

/*
 * Appends every document of an array, as it is now, to another one; the two are independent
 * afterwards. An id that the target has already is ALREADY_EXISTS, one that is longer
 * than its key length TOO_BIG, before anything is copied; with
 * DAM_UPSERT it is replaced there.
 * Copies are committed in batches of about 4 MiB, so memory is bounded; a failure on the way (a
 * full disk, another writer of the target, a cancelled task) leaves the batches before it.
 * flags: DAM_UPSERT, a durability (one sync serves all batches). task: optional; counts documents.
 * out_count: optional; how many were copied, set on failure too.
 */
DAM_API dam_status dam_copy_into(dam_array* array, dam_array* target, uint32_t flags,
                                 dam_task* task, int64_t* out_count);

/* As dam_copy_into, a slice of a snapshot in its order. */
DAM_API dam_status dam_snapshot_copy_into(dam_snapshot* snapshot, int64_t start, int64_t stop,
                                          int64_t step, dam_array* target, uint32_t flags);

/*
 * Merges `other`, as it is now, into the array. Documents that the array lacks are added at its
 * end; those of an id that both have become one: values of the array win, what it lacks is taken
 * from `other` (a content is one field), maps of tags are merged, and so are chunks and matches by
 * their ids, all the way down. Call it for each of several arrays, the one that is to win first;
 * merging one twice changes nothing. It commits in batches of about 4 MiB; a failure leaves those
 * before it. flags: a durability. task: optional; counts documents. Both outputs are optional, and
 * set on failure too. out_added: documents that are new. out_changed: documents that got something.
 * Returns: TOO_BIG (two documents that are too large as one), CANCELLED. Threads: a change that
 * another writer makes meanwhile is kept and merged with.
 */
DAM_API dam_status dam_merge(dam_array* array, dam_array* other, uint32_t flags, dam_task* task,
                             int64_t* out_added, int64_t* out_changed);

/* out_same: 1 when both handles are of one directory, whatever path it was opened by, else 0. */
DAM_API dam_status dam_same(dam_array* array, dam_array* other, int32_t* out_same);

/*
 * out_equal: 1 when both arrays, as their handles see them now, have equal documents (see
 * dam_document_equal) in the same order, else 0. task: optional; counts documents. Returns:
 * CANCELLED. Cost: reads both until the first difference.
 */
DAM_API dam_status dam_equal(dam_array* array, dam_array* other, dam_task* task,
                             int32_t* out_equal);

/* ============================================================ check */

/* Numbers that dam_stat knows; bytes unless said otherwise. */
#define DAM_STAT_DOCUMENTS 1         /* live documents */
#define DAM_STAT_SLOTS 2             /* documents ever added to this generation */
#define DAM_STAT_LIVE_BYTES 3        /* frames of live documents in the body */
#define DAM_STAT_DEAD_BYTES 4        /* frames that a prune would drop */
#define DAM_STAT_GENERATION 5        /* lives of the two files, from 1 */
#define DAM_STAT_REVISION 6          /* the latest commit */
#define DAM_STAT_BODY_BYTES 7        /* size of body.bin */
#define DAM_STAT_HEADER_BYTES 8      /* size of header.bin */
#define DAM_STAT_INDEX_BYTES 9       /* size of the id index on disk */
#define DAM_STAT_INDEX_MEMORY 10     /* private memory of the id index */
#define DAM_STAT_DURABLE_REVISION 11 /* the latest commit known to survive power loss */
#define DAM_STAT_EMBEDDING_DIM 12    /* dimension of the embedding column, 0: none yet */
#define DAM_STAT_PINNED_BYTES 13     /* files of pruned generations that this handle's views keep */
#define DAM_STAT_GARBAGE_PERCENT 14  /* dead bytes of 100 in the body, 0 to 100 */
#define DAM_STAT_KEY_LENGTH 15       /* code points that an id may have at most, 0: any number */
#define DAM_STAT_SEALED 16           /* 1: sealed, nothing is written any more; else 0 */

/* One number about the array, by its id; an unknown id is INVALID_ARGUMENT. */
DAM_API dam_status dam_stat(dam_array* array, int32_t stat, int64_t* out_value);

/*
 * Reads every byte of the array in directory `path` and compares all that must agree: superblocks,
 * slots, every frame, every document, the header against the body, derived files. Nothing is
 * written, a writer may go on meanwhile. The files of a sealed array are compared with its seal
 * before anything is mapped. task: optional progress. out_report: optional; one line
 * for each damaged place, empty when there is none; set on DAM_OK and on CORRUPT; NULL only
 * together with out_report_size. Ownership: dam_free(*out_report). Returns: CORRUPT when anything
 * is damaged, NOT_FOUND, CANCELLED.
 */
DAM_API dam_status dam_verify(const char* path, dam_task* task, char** out_report,
                              size_t* out_report_size);

/*
 * Marks an array as finished. Every commit is made durable, the files are listed with their sizes
 * and checksums, and the list becomes the file `seal` beside them. From then on this handle, and
 * every open for writing, answers READ_ONLY; read-only opens go on. dam_verify compares the files
 * with the list before it looks into them, wherever they were copied to with it. Deleting `seal`
 * ends the seal. An array that is sealed already answers its list, to a read-only handle too.
 * task: optional progress, in bytes. out_text: optional; the list, JSON of the exact form that
 * docs/format.md shows; NULL only together with out_text_size. Ownership: dam_free(*out_text).
 * Returns: READ_ONLY (a read-only handle), INVALID_ARGUMENT (a temporary array), NO_SPACE,
 * CANCELLED: the array is not sealed. Writes meanwhile answer READ_ONLY. Durability: durable when
 * it returns. Cost: reads the files once.
 */
DAM_API dam_status dam_seal(dam_array* array, dam_task* task, char** out_text,
                            size_t* out_text_size);
/* ============================================================ import */

/*
 * Appends the documents of a DocumentArrayMemmap, the on-disk array of Jina 2.0 to 2.6, in their
 * order. Nothing in `path` is written, and nobody is to write there meanwhile.
 * Which releases wrote the store is told from its bytes, once for all of it. Of several slots with
 * one id the first gives the position and the last the document; deleted ones are passed over.
 * Damage is no failure: every document that is whole comes over, and each record that is short,
 * overlaps another, does not parse or holds another document than its slot names has a line in the
 * report; so has a document that the array refuses (its id is live, its embedding does not fit).
 * path: directory with header.bin and body.bin, NUL-terminated. options: NULL, or
 * DAM_OPTION_IMPORT_*. task: optional progress, in records, each counted twice. out_damaged:
 * optional; how many lines tell of something lost or in doubt. out_report: optional; what was
 * decided (length of ids, releases) and why, then those lines (slot, id, offset, why; of the first
 * thousand), then the number of documents imported; set on DAM_OK and on CORRUPT; NULL only
 * together with out_report_size. State on failure: documents of commits that were done stay; with
 * DAM_OPTION_IMPORT_STRICT and damage, none were. Ownership: dam_free(*out_report).
 * Returns: NOT_FOUND (a file is missing), CORRUPT (damage, under DAM_OPTION_IMPORT_STRICT),
 * READ_ONLY, NO_SPACE, CANCELLED. Durability: commits of up to 4096 documents at the array's own
 * level. Cost: reads the source twice; about 100 bytes of memory a document.
 */
DAM_API dam_status dam_import(dam_array* array, const char* path, const dam_options* options,
                              dam_task* task, int64_t* out_damaged, char** out_report,
                              size_t* out_report_size);

/* ============================================================ backup */

/*
 * Copies the array, as this handle shows it when the call begins, to an array of its own in
 * directory `path`. Buffered commits come along; writers, prunes and a close go on meanwhile.
 * Documents, their order and revisions stay; what was deleted or replaced is left behind. The copy
 * is no twin: it has an identity of its own, and the files of one are refused beside the other's.
 * A directory that is absent is made with its parents; one that is there may hold anything but an
 * array. A failure or a cancel removes what was begun, but for the directory and its lock file; a
 * crash leaves no array there, or a whole one.
 * path: NUL-terminated. task: optional progress, in bytes.
 * Returns: ALREADY_EXISTS (an array, or half of one, is there), BUSY (someone else makes one
 * there), NO_SPACE, CORRUPT (a document of this array is damaged), CANCELLED. Threads: any;
 * read-only handles too. Durability: durable when it returns. Cost: reads and checks each live
 * document and writes it once.
 */
DAM_API dam_status dam_backup(dam_array* array, const char* path, dam_task* task);

/*
 * Reads the damaged array in directory `path` and writes what is whole to a new one in
 * `target_path`. For arrays that dam_open refuses: damaged bytes anywhere, files cut off,
 * superblocks or header.bin lost. Nothing is written into `path`. Every frame that is whole is
 * used, each document is verified anew, and of each document the last version that is whole comes
 * along. Where the frame of a deletion or a replacement is lost, the document, or its former
 * version, comes back: it is counted as uncertain, and so are documents of which nobody can tell
 * whether their batch was committed. out_recovered: optional; documents in the new array.
 * out_uncertain: optional; how many of those are uncertain. out_report: optional; one line for each
 * damaged place (offset, file, size, why) and each doubt, empty when the array was whole; set on
 * DAM_OK and on CORRUPT; NULL only together with out_report_size. task: optional progress, in
 * bytes. Ownership: dam_free(*out_report). Returns: NOT_FOUND (no array there), CORRUPT (no frame
 * is whole, or body.bin is missing: nothing was written), BUSY (a writer has it open),
 * ALREADY_EXISTS (target_path holds an array), INVALID_ARGUMENT (both are one directory),
 * UNSUPPORTED (a newer format), NO_SPACE, CANCELLED. Durability: durable when it returns. Cost:
 * reads the body twice; memory for about 56 bytes a version, and for the largest document.
 */
DAM_API dam_status dam_salvage(const char* path, const char* target_path, dam_task* task,
                               int64_t* out_recovered, int64_t* out_uncertain, char** out_report,
                               size_t* out_report_size);

/* ============================================================ tasks */

/* Makes a token that long work reports its progress to. Ownership: dam_task_release. */
DAM_API dam_status dam_task_create(dam_task** out_task);

/* Asks the work to stop at its next step; it answers CANCELLED. */
DAM_API dam_status dam_task_cancel(dam_task* task);

/* How much is done of how much, in units of the work (bytes for dam_verify and dam_prune). Total 0:
 * not known yet. */
DAM_API dam_status dam_task_progress(dam_task* task, int64_t* out_done, int64_t* out_total);

/* Ends the token; work that still uses it goes on. */
DAM_API dam_status dam_task_release(dam_task* task);

/* ============================================================ documents */

/* dam_document_from_json: members the schema does not have become tags instead of errors. */
#define DAM_JSON_UNKNOWN_TO_TAGS 1
/* dam_document_to_json: tensors as plain nested lists of numbers instead of base64. */
#define DAM_JSON_ARRAYS 2

/*
 * Makes a document from a finished FlatBuffer, verified and copied.
 * Returns: INVALID_DOCUMENT, TOO_BIG. Ownership: dam_document_free.
 */
DAM_API dam_status dam_document_from_bytes(const void* data, size_t size,
                                           dam_document** out_document);

/*
 * Makes a document from JSON (docs/document.md has the mapping).
 * Returns: INVALID_ARGUMENT with line and column for malformed JSON, a repeated or an unknown
 * member; INVALID_DOCUMENT for values that do not fit; TOO_BIG. Ownership: dam_document_free.
 */
DAM_API dam_status dam_document_from_json(const char* json, size_t json_size, uint32_t flags,
                                          dam_document** out_document);

/* The canonical JSON of a document, on one line. Ownership: dam_free(*out_text). */
DAM_API dam_status dam_document_to_json(const dam_document* document, uint32_t flags,
                                        char** out_text, size_t* out_text_size);

/* The FlatBuffer of a document. Valid until: dam_document_free. */
DAM_API dam_status dam_document_bytes(const dam_document* document, const void** out_data,
                                      size_t* out_size);

/* The id of a document; size 0 when it has none. Valid until: dam_document_free. */
DAM_API dam_status dam_document_id(const dam_document* document, const char** out_id,
                                   size_t* out_id_size);

/*
 * The same document again, to be freed on its own: keeps what dam_traversal_next lent.
 * Ownership: dam_document_free. Cost: no copy.
 */
DAM_API dam_status dam_document_keep(const dam_document* document, dam_document** out_document);

/* Frees a document and gives up what it pinned; its children stay valid. */
DAM_API void dam_document_free(dam_document* document);

/*
 * The document with a JSON merge patch (RFC 7396) applied to its JSON: null removes a member, an
 * object is merged member by member, any other value replaces. A content that is set takes the
 * place of another one. {"$bytes": ...} and {"$double": ...} in tags are values, not objects.
 * Returns: INVALID_ARGUMENT for malformed JSON, and for what dam_document_from_json refuses;
 * INVALID_DOCUMENT for values that do not fit. Ownership: dam_document_free. Cost: fields that the
 * patch does not name are copied.
 */
DAM_API dam_status dam_document_patch(const dam_document* document, const char* patch,
                                      size_t patch_size, dam_document** out_document);

/*
 * The document with every field that `update` has in place of its own; tags are merged, maps within
 * maps. A content takes the place of another one. Ownership: dam_document_free.
 */
DAM_API dam_status dam_document_merge(const dam_document* document, const dam_document* update,
                                      dam_document** out_document);

/*
 * 64 bits that stand for the content: all fields but id, parent_id, granularity and adjacency, here
 * and below. The same for equal contents, whoever encoded them, in every version of libdam
 * (docs/document.md has the bytes that are hashed, by XXH3). Cost: proportional to the document.
 */
DAM_API dam_status dam_document_hash(const dam_document* document, int64_t* out_hash);

/* out_equal: 1 when all fields are equal, whoever encoded them, else 0. NaN equals NaN. */
DAM_API dam_status dam_document_equal(const dam_document* document, const dam_document* other,
                                      int32_t* out_equal);

/* ============================================================ fields of documents */

/* Every call below that takes a field answers NOT_FOUND, without a text, when it is absent, and
 * INVALID_ARGUMENT when it holds something else. docs/document.md tells the fields. */
#define DAM_FIELD_ID 1           /* string */
#define DAM_FIELD_TEXT 2         /* string; content */
#define DAM_FIELD_TAGS 3         /* tags */
#define DAM_FIELD_EMBEDDING 4    /* tensor */
#define DAM_FIELD_URI 5          /* string */
#define DAM_FIELD_MIME_TYPE 6    /* string */
#define DAM_FIELD_BUFFER 7       /* bytes; content */
#define DAM_FIELD_BLOB 8         /* tensor; content */
#define DAM_FIELD_PARENT_ID 9    /* string */
#define DAM_FIELD_GRANULARITY 10 /* integer */
#define DAM_FIELD_ADJACENCY 11   /* integer */
#define DAM_FIELD_WEIGHT 12      /* number */
#define DAM_FIELD_CHUNKS 13      /* documents */
#define DAM_FIELD_MATCHES 14     /* documents */
#define DAM_FIELD_SCORES 15      /* scores */
#define DAM_FIELD_EVALUATIONS 16 /* scores */
#define DAM_FIELD_MODALITY 17    /* string */
#define DAM_FIELD_LOCATION 18    /* list of f32 */
#define DAM_FIELD_OFFSET 19      /* integer */
#define DAM_FIELD_LEVEL_NAME 20  /* string */
#define DAM_FIELD_SIBLINGS 21    /* integer */
#define DAM_FIELD_META_INFO 22   /* bytes */

/* out_found: 1 when the document has the field, else 0. */
DAM_API dam_status dam_document_has(const dam_document* document, int32_t field,
                                    int32_t* out_found);

/* out_field: DAM_FIELD_TEXT, DAM_FIELD_BUFFER or DAM_FIELD_BLOB; 0 for a document without content.
 */
DAM_API dam_status dam_document_content_type(const dam_document* document, int32_t* out_field);

/* A string, not NUL-terminated. Valid until: dam_document_free. */
DAM_API dam_status dam_document_string(const dam_document* document, int32_t field,
                                       const char** out_string, size_t* out_string_size);

/* The bytes of DAM_FIELD_BUFFER or DAM_FIELD_META_INFO. Valid until: dam_document_free. */
DAM_API dam_status dam_document_buffer(const dam_document* document, int32_t field,
                                       const void** out_data, size_t* out_size);

/* An integer, 0 to 4,294,967,295. */
DAM_API dam_status dam_document_integer(const dam_document* document, int32_t field,
                                        int64_t* out_integer);

/* The weight, or any integer, as a double. */
DAM_API dam_status dam_document_number(const dam_document* document, int32_t field,
                                       double* out_number);

/* How many chunks, matches, scores, evaluations, tags or numbers of the location there are. */
DAM_API dam_status dam_document_count(const dam_document* document, int32_t field,
                                      int64_t* out_count);

/*
 * The chunk or match at a position, negative ones from the end, as a document.
 * Returns: OUT_OF_RANGE. Ownership: dam_document_free; it keeps the memory of its parent, which may
 * be freed before it. Cost: no copy; the first dam_document_bytes of it makes one.
 */
DAM_API dam_status dam_document_child(const dam_document* document, int32_t field, int64_t position,
                                      dam_document** out_document);

/* ------------------------------------------------------------ tensors */

#define DAM_DTYPE_F32 0
#define DAM_DTYPE_F64 1
#define DAM_DTYPE_F16 2
#define DAM_DTYPE_BF16 3
#define DAM_DTYPE_I8 4
#define DAM_DTYPE_U8 5
#define DAM_DTYPE_I16 6
#define DAM_DTYPE_U16 7
#define DAM_DTYPE_I32 8
#define DAM_DTYPE_U32 9
#define DAM_DTYPE_I64 10
#define DAM_DTYPE_U64 11
#define DAM_DTYPE_BOOL 12 /* a byte, 0 or 1 */

/* How the owner of a tensor works with it. Every sparse one is stored as coordinates. */
#define DAM_FORMAT_DENSE 0
#define DAM_FORMAT_COO 1
#define DAM_FORMAT_CSR 2
#define DAM_FORMAT_CSC 3
#define DAM_FORMAT_BSR 4

/*
 * The embedding or the blob as it lies in the document.
 * out_dtype: DAM_DTYPE_*. out_shape, out_shape_count: the dimensions, outermost first; none for a
 * single value. out_data: the values, little-endian, row by row; those of a sparse tensor in the
 * order of its coordinates. At a multiple of 8 if libdam built the document, anywhere if not.
 * Valid until: dam_document_free. Cost: no copy.
 */
DAM_API dam_status dam_document_tensor(const dam_document* document, int32_t field,
                                       int32_t* out_dtype, const uint32_t** out_shape,
                                       int64_t* out_shape_count, const void** out_data,
                                       size_t* out_size);

/*
 * What else a sparse tensor has; NOT_FOUND for a dense one.
 * out_format: DAM_FORMAT_*. out_indices: for each value as many numbers as the shape has, one value
 * after the other, ascending. Valid until: dam_document_free.
 */
DAM_API dam_status dam_document_sparse(const dam_document* document, int32_t field,
                                       int32_t* out_format, const uint32_t** out_indices,
                                       int64_t* out_indices_count);

/* Scale and zero point of a quantized tensor: its numbers are (value - zero point) * scale.
 * NOT_FOUND for any other. */
DAM_API dam_status dam_document_quantization(const dam_document* document, int32_t field,
                                             double* out_scale, int32_t* out_zero_point);

/*
 * Copies the numbers of a tensor of any dtype, or of DAM_FIELD_LOCATION, as floats: quantized ones
 * multiplied out, of a sparse one its values.
 * buffer: may be NULL when capacity is 0. out_count: how many there are, also on TOO_BIG (nothing
 * is copied then). Numbers that a float does not have are rounded to the nearest; beyond its range
 * they are infinite.
 */
DAM_API dam_status dam_document_floats(const dam_document* document, int32_t field, float* buffer,
                                       int64_t capacity, int64_t* out_count);

/* As dam_document_floats, as doubles. */
DAM_API dam_status dam_document_doubles(const dam_document* document, int32_t field, double* buffer,
                                        int64_t capacity, int64_t* out_count);

/* ------------------------------------------------------------ tags */

/* Kinds of tags. */
#define DAM_TAG_NULL 0
#define DAM_TAG_FALSE 1
#define DAM_TAG_TRUE 2
#define DAM_TAG_INTEGER 3 /* int64 */
#define DAM_TAG_NUMBER 4  /* double */
#define DAM_TAG_STRING 5
#define DAM_TAG_BYTES 6
#define DAM_TAG_LIST 7
#define DAM_TAG_MAP 8

/*
 * The tag at a dotted path: `a.b` is the key b in the map a, `a.0` the first element of the list a;
 * a dot or a backslash within a key has a backslash before it. The empty path is the map of all.
 * Returns: NOT_FOUND where the path leads nowhere, INVALID_ARGUMENT for one that is malformed.
 * Outputs, each optional: out_kind: DAM_TAG_*. out_integer: of DAM_TAG_INTEGER; 1 for DAM_TAG_TRUE;
 * the number of elements of a list or map; else 0. out_number: of DAM_TAG_NUMBER; of
 * DAM_TAG_INTEGER the nearest double; else 0. out_data, out_size: of DAM_TAG_STRING and
 * DAM_TAG_BYTES; else size 0. Valid until: dam_document_free.
 */
DAM_API dam_status dam_document_tag(const dam_document* document, const char* path,
                                    size_t path_size, int32_t* out_kind, int64_t* out_integer,
                                    double* out_number, const void** out_data, size_t* out_size);

/*
 * Begins a walk through all that lies below the tag at a path: each list and map before its
 * elements, keys ascending by their bytes. A tag that has no elements is walked to itself.
 * Ownership: dam_tags_close; it keeps the memory of the document. Threads: one at a time.
 */
DAM_API dam_status dam_tags_open(const dam_document* document, const char* path, size_t path_size,
                                 dam_tags** out_tags);

/* Steps to the next tag. Outputs as dam_document_tag, valid until dam_tags_close. Returns:
 * NOT_FOUND behind the last. */
DAM_API dam_status dam_tags_next(dam_tags* tags, int32_t* out_kind, int64_t* out_integer,
                                 double* out_number, const void** out_data, size_t* out_size);

/*
 * Where the walk stands. out_depth: 0 for elements of the tag it began at, 1 for theirs, and so on.
 * out_key: of an element of a map; NULL and size 0 for others. Valid until: dam_tags_close.
 * Returns: NOT_FOUND before the first tag and behind the last.
 */
DAM_API dam_status dam_tags_key(dam_tags* tags, int32_t* out_depth, const char** out_key,
                                size_t* out_key_size);

/* Ends the walk. */
DAM_API dam_status dam_tags_close(dam_tags* tags);

/* ------------------------------------------------------------ scores */

/* Strings of a score. */
#define DAM_SCORE_OP_NAME 1
#define DAM_SCORE_DESCRIPTION 2
#define DAM_SCORE_REF_ID 3

/*
 * The value of a score. field: DAM_FIELD_SCORES or DAM_FIELD_EVALUATIONS. path: its name, a dot or
 * backslash in it with a backslash before; `name.0` is its first operand, `name.0.2` the third
 * operand of that. out_count: optional; the number of its operands.
 */
DAM_API dam_status dam_document_score(const dam_document* document, int32_t field, const char* path,
                                      size_t path_size, double* out_number, int64_t* out_count);

/* A string of a score, by DAM_SCORE_*. Valid until: dam_document_free. */
DAM_API dam_status dam_document_score_string(const dam_document* document, int32_t field,
                                             const char* path, size_t path_size, int32_t part,
                                             const char** out_string, size_t* out_string_size);

/* The name of the score at a position; they ascend by their bytes. Valid until: dam_document_free.
 */
DAM_API dam_status dam_document_score_name(const dam_document* document, int32_t field,
                                           int64_t position, const char** out_string,
                                           size_t* out_string_size);

/* ============================================================ builders */

/*
 * Begins a document: that of `document`, to be changed, or an empty one if it is NULL.
 * What a call below sets replaces what the field had; setting one of text, buffer and blob clears
 * the other two. A call that fails changes nothing. Ownership: dam_builder_discard. Threads: one at
 * a time. Cost: no copy; the builder keeps the memory of `document`.
 */
DAM_API dam_status dam_builder_create(const dam_document* document, dam_builder** out_builder);

/*
 * Makes the document. The builder stays as it is: it may be changed and finished again.
 * Returns: INVALID_DOCUMENT (a tensor whose data does not fill its shape, nesting beyond 128
 * levels), TOO_BIG. Ownership: dam_document_free. Cost: proportional to the document.
 */
DAM_API dam_status dam_builder_finish(dam_builder* builder, dam_document** out_document);

/* Ends the builder; documents that it made stay valid. */
DAM_API dam_status dam_builder_discard(dam_builder* builder);

/* Makes a field absent. */
DAM_API dam_status dam_builder_clear(dam_builder* builder, int32_t field);

/* Sets a string. Returns: INVALID_ARGUMENT for what is not UTF-8, or can be no id. */
DAM_API dam_status dam_builder_set_string(dam_builder* builder, int32_t field, const char* string,
                                          size_t string_size);

/* Sets DAM_FIELD_BUFFER or DAM_FIELD_META_INFO. data: may be NULL when size is 0; it is copied. */
DAM_API dam_status dam_builder_set_buffer(dam_builder* builder, int32_t field, const void* data,
                                          size_t size);

/* Sets an integer, 0 to 4,294,967,295. */
DAM_API dam_status dam_builder_set_integer(dam_builder* builder, int32_t field, int64_t integer);

/* Sets the weight, rounded to f32, or an integer from a double that is one. */
DAM_API dam_status dam_builder_set_number(dam_builder* builder, int32_t field, double number);

/*
 * Appends a document to the chunks or the matches. It takes its place from the document that is
 * finished: a chunk has parent_id (its id), granularity (its own + 1) and adjacency (its own); a
 * match has granularity (its own) and adjacency (+ 1); what is below either follows. document:
 * may be freed at once; its memory is kept.
 */
DAM_API dam_status dam_builder_add_child(dam_builder* builder, int32_t field,
                                         const dam_document* document);

/* Removes the chunk or match at a position, negative ones from the end; the others stay as they
 * are. Returns: NOT_FOUND when the field is absent, OUT_OF_RANGE. */
DAM_API dam_status dam_builder_remove_child(dam_builder* builder, int32_t field, int64_t position);

/* ------------------------------------------------------------ tensors */

/*
 * Sets the embedding or the blob. dtype: DAM_DTYPE_*. shape: the dimensions, outermost first, may
 * be NULL when shape_count is 0 (one value). data: the values, little-endian, row by row, copied.
 * Whether they fill the shape is checked by dam_builder_finish.
 */
DAM_API dam_status dam_builder_set_tensor(dam_builder* builder, int32_t field, int32_t dtype,
                                          const uint32_t* shape, int64_t shape_count,
                                          const void* data, size_t size);

/* Sets the embedding or the blob to a vector of f32, or the location. */
DAM_API dam_status dam_builder_set_floats(dam_builder* builder, int32_t field, const float* values,
                                          int64_t count);

/* Sets the embedding or the blob to a vector of int8, as dam_quantize makes it. */
DAM_API dam_status dam_builder_set_quantized(dam_builder* builder, int32_t field,
                                             const float* values, int64_t count);

/*
 * Makes the tensor that is there sparse: its data are the values at these coordinates. format:
 * DAM_FORMAT_COO to DAM_FORMAT_BSR. indices: for each value as many numbers as the shape has, in
 * any order, none twice. Returns: NOT_FOUND without a tensor.
 */
DAM_API dam_status dam_builder_set_sparse(dam_builder* builder, int32_t field, int32_t format,
                                          const uint32_t* indices, int64_t indices_count);

/* Says what the int8 of the tensor that is there stand for: (value - zero_point) * scale. Returns:
 * NOT_FOUND without a tensor. */
DAM_API dam_status dam_builder_set_quantization(dam_builder* builder, int32_t field, double scale,
                                                int32_t zero_point);

/*
 * Floats as int8: the 256 steps reach from the smallest to the greatest, each float becomes the
 * nearest one, so that none is off by more than half a scale. Floats that are all the same are kept
 * exactly. out_quantized: room for count. Returns: INVALID_ARGUMENT for a float that is not finite.
 */
DAM_API dam_status dam_quantize(const float* values, int64_t count, int8_t* out_quantized,
                                double* out_scale, int32_t* out_zero_point);

/* Multiplies int8 out: (value - zero_point) * scale. out_values: room for count. */
DAM_API dam_status dam_dequantize(const int8_t* quantized, int64_t count, double scale,
                                  int32_t zero_point, float* out_values);

/* ------------------------------------------------------------ tags and scores */

/*
 * Sets the tag at a dotted path (see dam_document_tag). Maps on the way are made where nothing is;
 * an element of a list is replaced, or appended when the index is their number. kind: DAM_TAG_NULL,
 * DAM_TAG_FALSE, DAM_TAG_TRUE, or DAM_TAG_LIST or DAM_TAG_MAP, empty. Returns: INVALID_ARGUMENT
 * where the path is empty, malformed or leads through a value without elements; OUT_OF_RANGE for
 * an index beyond the end of a list.
 */
DAM_API dam_status dam_builder_set_tag(dam_builder* builder, const char* path, size_t path_size,
                                       int32_t kind);

/* As dam_builder_set_tag, an integer. */
DAM_API dam_status dam_builder_set_tag_integer(dam_builder* builder, const char* path,
                                               size_t path_size, int64_t integer);

/* As dam_builder_set_tag, a double. */
DAM_API dam_status dam_builder_set_tag_number(dam_builder* builder, const char* path,
                                              size_t path_size, double number);

/* As dam_builder_set_tag, a string. */
DAM_API dam_status dam_builder_set_tag_string(dam_builder* builder, const char* path,
                                              size_t path_size, const char* string,
                                              size_t string_size);

/* As dam_builder_set_tag, bytes. */
DAM_API dam_status dam_builder_set_tag_buffer(dam_builder* builder, const char* path,
                                              size_t path_size, const void* data, size_t size);

/* Removes a tag; later elements of its list move up. Returns: NOT_FOUND. */
DAM_API dam_status dam_builder_clear_tag(dam_builder* builder, const char* path, size_t path_size);

/*
 * Sets the value of a score at a path (see dam_document_score); a name that is not there is added,
 * and so is an operand whose index is their number. Returns: as dam_builder_set_tag.
 */
DAM_API dam_status dam_builder_set_score(dam_builder* builder, int32_t field, const char* path,
                                         size_t path_size, double number);

/* Sets a string of a score, by DAM_SCORE_*. */
DAM_API dam_status dam_builder_set_score_string(dam_builder* builder, int32_t field,
                                                const char* path, size_t path_size, int32_t part,
                                                const char* string, size_t string_size);

/* ============================================================ results of queries */

/*
 * A query answers rows, each of some columns; which, its own text says. A results object keeps the
 * view that was asked, never changes, and may be read by any number of threads.
 */

/* int64: position of the document, or of the outermost one it lies in, at the snapshot asked. */
#define DAM_RESULTS_POSITION 1
/* int64: which query the row answers, from 0. */
#define DAM_RESULTS_QUERY 2
/* int64: rank of the row within its query, from 0. */
#define DAM_RESULTS_RANK 3
/* int64: number of the group that the row belongs to, from 0. */
#define DAM_RESULTS_GROUP 4
/* double: distance from the query. */
#define DAM_RESULTS_DISTANCE 5
/* double: what dam_evaluate measured. */
#define DAM_RESULTS_VALUE 6

/* Of dam_embeddings: the components of one embedding after the other, all of them of one dtype. */
#define DAM_RESULTS_EMBEDDING 16

/* Number of rows. */
DAM_API dam_status dam_results_count(const dam_results* results, int64_t* out_count);

/*
 * Lends one column whole: 8 bytes a row, int64 or double in the byte order of the machine (the
 * embeddings of dam_embeddings aside).
 * column: one of DAM_RESULTS_*. Returns: INVALID_ARGUMENT for a column that this answer does not
 * have, by its name. Valid until: dam_results_free. Cost: none.
 */
DAM_API dam_status dam_results_read(const dam_results* results, int32_t column,
                                    const void** out_data, size_t* out_size);

/*
 * The ids of all rows: those of the documents found, so of a chunk its own; empty where it has
 * none. Row i's lies at out_ids[out_offsets[i]] up to out_offsets[i + 1]. Ownership:
 * dam_free(*out_ids), dam_free(*out_offsets). Cost: as dam_ids.
 */
DAM_API dam_status dam_results_ids(const dam_results* results, char** out_ids,
                                   int64_t** out_offsets);

/*
 * The document that a row found, whole or a part of another one.
 * row: from 0. Returns: OUT_OF_RANGE. Ownership: dam_document_free; it stays valid as one of
 * dam_get. Cost: as dam_get_at.
 */
DAM_API dam_status dam_results_document(const dam_results* results, int64_t row,
                                        dam_document** out_document);

/* Frees results; documents taken from them stay valid. */
DAM_API void dam_results_free(dam_results* results);

/* ============================================================ filters */

/*
 * A filter says what a document must have to be found. Values are named by dotted paths, as in
 * `text`, `tags.size.grams`, `chunks.0.id`, `scores.cosine.value`; docs/find.md has the whole
 * language. A filter never changes, and may be used by any number of threads.
 */

/* Comparisons. A missing value, and one of another type, is unequal and neither less nor greater;
 * integers and doubles are one type and compare exactly. */
#define DAM_FILTER_EQ 1
#define DAM_FILTER_NE 2
#define DAM_FILTER_LT 3
#define DAM_FILTER_LTE 4
#define DAM_FILTER_GT 5
#define DAM_FILTER_GTE 6
/* Of dam_filter_integer: whether there is a value (1) or not (0); a boolean, 1 or 0; how many
 * elements the value has. */
#define DAM_FILTER_EXISTS 7
#define DAM_FILTER_BOOLEAN 8
#define DAM_FILTER_SIZE 9
/* Of dam_filter_string: a regular expression that matches anywhere in the text, or from its start
 * on. */
#define DAM_FILTER_REGEX 10
#define DAM_FILTER_MATCH 11
/* Of dam_filter_join. */
#define DAM_FILTER_AND 12
#define DAM_FILTER_OR 13
#define DAM_FILTER_NOT 14
/* Added to a comparison of dam_filter_string: the string is the path of another value of the same
 * document. */
#define DAM_FILTER_FIELD 64

/*
 * Makes a filter from JSON, such as {"tags.price": {"$lt": 3}, "text": {"$regex": "bird"}}.
 * Returns: INVALID_ARGUMENT with line and column; UNSUPPORTED for a regular expression where libdam
 * was built without them. Ownership: dam_filter_free.
 */
DAM_API dam_status dam_filter_parse(const char* json, size_t json_size, dam_filter** out_filter);

/*
 * Makes a filter that compares the value at a path with an integer.
 * operation: a comparison, DAM_FILTER_EXISTS, DAM_FILTER_BOOLEAN or DAM_FILTER_SIZE. Returns:
 * INVALID_ARGUMENT for another one, for a path that no document can have, and for an integer the
 * operation does not take. Ownership: dam_filter_free.
 */
DAM_API dam_status dam_filter_integer(const char* path, size_t path_size, int32_t operation,
                                      int64_t integer, dam_filter** out_filter);

/* As dam_filter_integer, with a double. operation: a comparison. */
DAM_API dam_status dam_filter_number(const char* path, size_t path_size, int32_t operation,
                                     double number, dam_filter** out_filter);

/*
 * As dam_filter_integer, with a text: compared byte by byte, a regular expression, or the path of
 * another value. operation: a comparison, one with DAM_FILTER_FIELD, DAM_FILTER_REGEX or
 * DAM_FILTER_MATCH. Returns: UNSUPPORTED as dam_filter_parse.
 */
DAM_API dam_status dam_filter_string(const char* path, size_t path_size, int32_t operation,
                                     const char* string, size_t string_size,
                                     dam_filter** out_filter);

/*
 * Joins filters: both, any of both, not the first. The parts stay the caller's to free.
 * operation: DAM_FILTER_AND, DAM_FILTER_OR, DAM_FILTER_NOT. second: NULL with DAM_FILTER_NOT, and
 * only then. Ownership: dam_filter_free.
 */
DAM_API dam_status dam_filter_join(int32_t operation, const dam_filter* first,
                                   const dam_filter* second, dam_filter** out_filter);

/*
 * Makes a filter that counts how many tags match a regular expression each, from their start on,
 * and compares that number.
 * json: an object of tags and expressions, such as {"color": "red|blue", "size": "X?L"}; keys are
 * names of tags at the top, not paths. operation: a comparison. Ownership: dam_filter_free.
 */
DAM_API dam_status dam_filter_tags(const char* json, size_t json_size, int32_t operation,
                                   int64_t integer, dam_filter** out_filter);

/* Frees a filter; filters joined of it, and answers, are not affected. */
DAM_API void dam_filter_free(dam_filter* filter);

/* ============================================================ find */

/*
 * The documents of a snapshot that pass a filter, in order of position: column
 * DAM_RESULTS_POSITION.
 * filter: NULL for all documents. path: which levels to look at, letters with commas between them
 * as dam_traverse has them: `c` finds chunks, `r,c` documents and then chunks; a row then tells the
 * position of the outermost document, and dam_results_document the one that was found. NULL: `r`.
 * options: NULL, or DAM_OPTION_FIND_OFFSET and DAM_OPTION_FIND_LIMIT. task: optional; counts
 * documents, for each path anew.
 * Returns: CORRUPT (a document is damaged; the text tells where), CANCELLED. Ownership:
 * dam_results_free. Cost: reads what the filter looks at of each document in place, once, until
 * the limit is reached; nothing is copied.
 */
DAM_API dam_status dam_find(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                            size_t path_size, const dam_options* options, dam_task* task,
                            dam_results** out_results);

/* How many documents of a snapshot pass. Parameters and answers as dam_find. */
DAM_API dam_status dam_count_where(dam_snapshot* snapshot, const dam_filter* filter,
                                   const char* path, size_t path_size, dam_task* task,
                                   int64_t* out_count);

/*
 * Finds as dam_find does, and tells how: one line for the whole, then one for each step of the
 * filter, in the order they ran, with how many documents it kept of how many it was asked for.
 * The text is for people; its form may change. Ownership: dam_free(*out_text).
 */
DAM_API dam_status dam_explain(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                               size_t path_size, dam_task* task, char** out_text,
                               size_t* out_text_size);

/*
 * Deletes the documents that pass: one commit, all or none. A document that another thread replaces
 * meanwhile is looked at again.
 * filter: not NULL; dam_clear deletes all. flags: a durability. task: optional; counts documents.
 * out_count: optional; how many were deleted. out_revision: optional; that of the array when none
 * was. Returns: CANCELLED, CORRUPT: nothing was deleted. Cost: as dam_find, and one delete for
 * each.
 */
DAM_API dam_status dam_delete_where(dam_array* array, const dam_filter* filter, uint32_t flags,
                                    dam_task* task, int64_t* out_count, int64_t* out_revision);
/* ============================================================ samples and order */

/*
 * Calls below that take a seed draw by it alone: one seed gives the same answer on every machine,
 * in every language and version (docs/random.md has each step). Any int64 is a seed.
 */

/*
 * Different documents of a snapshot, drawn by a seed, in the order of the draws:
 * DAM_RESULTS_POSITION. By one seed a sample is the beginning of every larger one. count: 0 is
 * fine. Returns: INVALID_ARGUMENT for more than there are. Ownership: dam_results_free. Cost:
 * proportional to count; no document is read.
 */
DAM_API dam_status dam_sample(dam_snapshot* snapshot, int64_t count, int64_t seed,
                              dam_results** out_results);

/*
 * All documents in an order drawn by a seed: DAM_RESULTS_POSITION. Pass the column to
 * dam_prune_ordered to shuffle an array in place. Ownership: dam_results_free.
 */
DAM_API dam_status dam_shuffle(dam_snapshot* snapshot, int64_t seed, dam_results** out_results);

/* Flag of dam_sort: the greatest value first. */
#define DAM_SORT_DESCENDING 1
/* Flag of dam_portions: in the order of dam_shuffle by the seed. */
#define DAM_PORTIONS_SHUFFLED 1

/*
 * The documents of a snapshot in the order of what a path leads to in each: DAM_RESULTS_POSITION.
 * Booleans come first (false, then true), then numbers by value, whatever their type, then texts
 * and bytes, byte by byte; DAM_SORT_DESCENDING turns that around. Behind them, either way, come
 * values that have no order (null, NaN, lists, maps, tensors), and last documents without a value.
 * Equals stay in order of position. Pass the column to dam_prune_ordered to sort an array in place.
 * path: dotted, such as `tags.price` or `scores.cosine.value`; empty for the position itself, which
 * reverses by DAM_SORT_DESCENDING. flags: 0 or that. limit: how many of the first; negative: all.
 * Returns: INVALID_ARGUMENT for a path that no document can have, CORRUPT. Ownership:
 * dam_results_free. Cost: reads the value of every document once; with a limit little else.
 */
DAM_API dam_status dam_sort(dam_snapshot* snapshot, const char* path, size_t path_size,
                            uint32_t flags, int64_t limit, dam_results** out_results);

/*
 * The documents of a snapshot in groups of equal values of a path: DAM_RESULTS_POSITION and
 * DAM_RESULTS_GROUP. Groups are numbered in the order in which their values first appear; rows
 * ascend by group, and within it by position. Numbers are equal by value, whatever their type; null
 * equals null and NaN NaN. Documents without a value, or with more than one (a list, a map, a
 * tensor), are left out. Returns: as dam_sort. Ownership: dam_results_free.
 */
DAM_API dam_status dam_split(dam_snapshot* snapshot, const char* path, size_t path_size,
                             dam_results** out_results);

/*
 * All documents of a snapshot in portions of a size, the last of which may be smaller:
 * DAM_RESULTS_POSITION and DAM_RESULTS_GROUP, the number of the portion. portion_size: 1 or more.
 * flags: 0 or DAM_PORTIONS_SHUFFLED. seed: for that flag. Ownership: dam_results_free. Cost: no
 * document is read.
 */
DAM_API dam_status dam_portions(dam_snapshot* snapshot, int64_t portion_size, uint32_t flags,
                                int64_t seed, dam_results** out_results);

/* ============================================================ columns */

/*
 * Values of many documents by column, laid out as Apache Arrow has it: a bit a row that tells
 * whether there is a value, and the values one behind the other, in the byte order of the machine.
 * A columns object owns what it shows, never changes, and may be read by any number of threads.
 */

/* What the values of a column are. Which kind fits all of its values is chosen: */
/* No row has a value. */
#define DAM_COLUMN_EMPTY 0
/* int64. */
#define DAM_COLUMN_INTEGER 1
/* double; also integers among doubles, if none is beyond 2^53. */
#define DAM_COLUMN_NUMBER 2
/* A bit a row, as in the validity. */
#define DAM_COLUMN_BOOLEAN 3
/* UTF-8, parted by offsets. */
#define DAM_COLUMN_STRING 4
/* Bytes, parted by offsets. */
#define DAM_COLUMN_BUFFER 5
/* Dense tensors, and locations, of equally many numbers, which are floats or can be. */
#define DAM_COLUMN_FLOATS 6
/* The same of doubles: some tensor is of f64, i32 or u32. */
#define DAM_COLUMN_DOUBLES 7
/* JSON as UTF-8: lists, maps, parts of documents, and values of several kinds. */
#define DAM_COLUMN_JSON 8

/* Parts of a column. */
/* Bit i % 8 of byte i / 8 is 1 where row i has a value. */
#define DAM_COLUMNS_VALIDITY 1
/* int64, one more than rows: row i lies at data[offsets[i]] up to offsets[i + 1]. */
#define DAM_COLUMNS_OFFSETS 2
/* The values; where there is none, zeros, or nothing between two offsets. */
#define DAM_COLUMNS_DATA 3

/* A flag: every column is DAM_COLUMN_JSON, so that no value depends on its neighbours. */
#define DAM_SELECT_JSON 1

/*
 * Values of the documents of a slice of a snapshot, a column for each path, a row for each
 * document.
 * path: dotted paths with commas between them, such as "id,tags.size.grams,embedding"; a comma
 * within one is written \, as a dot is \. there. A missing value, and null among tags, is a row
 * without a value. Returns: INVALID_ARGUMENT (a path that no document can have; an empty one; a
 * step of 0), CORRUPT. Ownership: dam_columns_free. Cost: two passes over the documents; memory for
 * the columns. See docs/select.md.
 */
DAM_API dam_status dam_select(dam_snapshot* snapshot, int64_t start, int64_t stop, int64_t step,
                              const char* path, size_t path_size, dam_columns** out_columns);

/*
 * As dam_select, of the documents at these positions, in their order, as often as they are named.
 * positions: NULL if count is 0; negative ones count from the end. flags: 0 or DAM_SELECT_JSON.
 * Returns: OUT_OF_RANGE.
 */
DAM_API dam_status dam_select_at(dam_snapshot* snapshot, const int64_t* positions, int64_t count,
                                 const char* path, size_t path_size, uint32_t flags,
                                 dam_columns** out_columns);

/*
 * As dam_select, of what the rows of results have found: of a chunk its own values.
 * flags: 0 or DAM_SELECT_JSON. Returns: INVALID_ARGUMENT for results without positions.
 */
DAM_API dam_status dam_results_select(const dam_results* results, const char* path,
                                      size_t path_size, uint32_t flags, dam_columns** out_columns);

/* How many columns there are, and how many rows each has. */
DAM_API dam_status dam_columns_count(const dam_columns* columns, int64_t* out_count,
                                     int64_t* out_rows);

/*
 * What a column is.
 * column: from 0, in the order of the paths. out_kind: DAM_COLUMN_*. out_width: numbers a row of
 * FLOATS and DOUBLES, else 0. out_string: the path. Returns: OUT_OF_RANGE. Valid until:
 * dam_columns_free.
 */
DAM_API dam_status dam_columns_describe(const dam_columns* columns, int32_t column,
                                        int32_t* out_kind, int64_t* out_width,
                                        const char** out_string, size_t* out_string_size);

/*
 * Lends a part of a column whole.
 * part: DAM_COLUMNS_*. Returns: OUT_OF_RANGE; INVALID_ARGUMENT for offsets of a column that has
 * none. Valid until: dam_columns_free. Cost: none.
 */
DAM_API dam_status dam_columns_read(const dam_columns* columns, int32_t column, int32_t part,
                                    const void** out_data, size_t* out_size);

/* Frees columns; what was exported stays valid. */
DAM_API void dam_columns_free(dam_columns* columns);

/*
 * Gives each document a value of its own at one path, as one commit.
 * path: a field of text (not the id), buffer or meta_info, which take values as they are; tags, or
 * a path into them, whose values are JSON. texts, text_offsets, count: a value for each document,
 * by position; value i lies at texts[text_offsets[i]] up to text_offsets[i + 1]. Among tags an
 * empty value takes away what is there. With a count of 0 and text_offsets NULL the field is taken
 * away from all documents. flags: a durability. out_revision: optional.
 * Returns: INVALID_ARGUMENT (a wrong number of values; one that is no UTF-8, no JSON or no place
 * for one; the text counts it from 0), INVALID_DOCUMENT, CONFLICT (another writer changed a
 * document meanwhile): nothing changed. Cost: every document is written anew; memory for all of
 * them.
 */
DAM_API dam_status dam_set_column(dam_array* array, const char* path, size_t path_size,
                                  const char* texts, const int64_t* text_offsets, int64_t count,
                                  uint32_t flags, int64_t* out_revision);

#ifndef SWIG

/* The Arrow C data interface, as its specification has it for every header to repeat. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

/*
 * All columns as one struct array, in Arrow's terms a record batch: null, int64, double, bool,
 * large string, large binary, lists of fixed size of floats or doubles; JSON is the extension type
 * arrow.json.
 * out_array, out_schema: filled, whatever they held. Ownership: each is released by the member
 * `release` it has, by whoever has it then, in any thread, also after dam_columns_free. Cost: no
 * value is copied.
 */
DAM_API dam_status dam_columns_export(const dam_columns* columns, struct ArrowArray* out_array,
                                      struct ArrowSchema* out_schema);

#endif /* SWIG */

/* ============================================================ evaluation */

/* What dam_evaluate measures, all from 0 to 1 but DAM_MEASURE_DCG. */
#define DAM_MEASURE_PRECISION 1         /* share of the ranking that is relevant */
#define DAM_MEASURE_RECALL 2            /* share of the relevant that is in the ranking */
#define DAM_MEASURE_F1 3                /* harmonic mean of both */
#define DAM_MEASURE_R_PRECISION 4       /* precision of as many as are relevant */
#define DAM_MEASURE_HIT 5               /* 1 when anything relevant is in the ranking */
#define DAM_MEASURE_AVERAGE_PRECISION 6 /* mean over the relevant of precision at their ranks */
#define DAM_MEASURE_RECIPROCAL_RANK 7   /* 1 / rank of the first relevant one, from 1 */
#define DAM_MEASURE_DCG 8               /* sum of gain / log2(rank + 1) */
#define DAM_MEASURE_NDCG 9              /* that, of the most it could be */

/*
 * How good the matches of documents are, measured against those of a truth (docs/evaluate.md has
 * the definitions, those of trec_eval). Documents are paired by id; one that the truth lacks is
 * left out. The matches of a document are its ranking; relevant are the matches, by id, of its
 * pair. The gain of a relevant one is its weight in the truth, 1 without a weight; one whose weight
 * is not above 0 is not relevant. truth: a snapshot, of another array or of the same. measure: one
 * of DAM_MEASURE_*. depth: how many of the first matches count; 0: all. DAM_MEASURE_R_PRECISION
 * takes no notice of it. out_mean: over the pairs. out_results: optional; DAM_RESULTS_POSITION and
 * DAM_RESULTS_VALUE of each. Returns: NOT_FOUND when no document has a pair, INVALID_ARGUMENT for a
 * measure that is not known or a negative depth. Ownership: dam_results_free.
 */
DAM_API dam_status dam_evaluate(dam_snapshot* snapshot, dam_snapshot* truth, int32_t measure,
                                int64_t depth, double* out_mean, dam_results** out_results);

/* ============================================================ traversals */

/*
 * Begins a walk through a snapshot to documents below its documents. A path is letters that apply
 * from left to right: r stays, c goes to the chunks, m to the matches, so "cm" are the matches of
 * all chunks.
 * filter: NULL, or what a document at the end of a path must pass to be lent. path: one path, or
 * several with commas between them ("r,c,cm"), which are walked one after the other. Returns:
 * INVALID_ARGUMENT with the place for another letter, a path without letters, or none. Ownership:
 * dam_traversal_close; it keeps the snapshot's view by itself. Threads: one at a time. Cost:
 * nothing is copied and nothing allocated for a document.
 */
DAM_API dam_status dam_traverse(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                                size_t path_size, dam_traversal** out_traversal);

/*
 * Lends the next document: every function reads it, none may free it; dam_document_keep keeps it.
 * At the end it answers NOT_FOUND, again and again. A damaged document of the array is CORRUPT once
 * on each path; the next call goes on behind it.
 * The rest is optional. out_position: of the document of the array that it lies in. out_group: the
 * documents of one parent are a group, all of the array are one on the path r; groups are counted
 * from 0 over all paths, those without documents too. out_path: which of the paths, from 0. Valid
 * until: the next call with this traversal.
 */
DAM_API dam_status dam_traversal_next(dam_traversal* traversal, const dam_document** out_lent,
                                      int64_t* out_position, int64_t* out_group, int32_t* out_path);

/* Ends the walk. */
DAM_API dam_status dam_traversal_close(dam_traversal* traversal);
/* ============================================================ match */

/*
 * Distances between two embeddings, made in double from components of any dtype, quantized ones
 * multiplied out. docs/match.md has each definition. A vector is at distance 0 from itself, no
 * distance is negative (inner product aside in both), none is NaN.
 */

/* 1 - cosine of the angle. A zero vector is at 1 from all but another zero vector (0). */
#define DAM_METRIC_COSINE 0
#define DAM_METRIC_EUCLIDEAN 1
/* The square of the euclidean distance. */
#define DAM_METRIC_SQEUCLIDEAN 2
/* 1 - inner product. */
#define DAM_METRIC_INNER_PRODUCT 3
/* The share of components that differ; of vectors of DAM_DTYPE_BOOL that is of bits. */
#define DAM_METRIC_HAMMING 4
/* 1 - the share of components that are not 0 in both among those that are not 0 in either. */
#define DAM_METRIC_JACCARD 5
/* The sum of absolute differences. */
#define DAM_METRIC_MANHATTAN 6

/* As DAM_OPTION_LIMIT: all rows. */
#define DAM_NO_LIMIT INT64_MAX

/*
 * Makes an empty list of queries; the calls below add to it, each all or nothing. Queries are
 * numbered from 0 in the order added, and all that have an embedding are of one dimension
 * (INVALID_ARGUMENT otherwise; NaN, infinities and magnitudes beyond 2^500 are that too).
 * Ownership: dam_queries_free. Threads: one at a time while queries are added, then any number.
 */
DAM_API dam_status dam_queries_create(dam_queries** out_queries);

/* Adds the embedding of a document, under its id. Without an embedding its answer is empty. */
DAM_API dam_status dam_queries_add_document(dam_queries* queries, const dam_document* document);

/* Adds the documents of a slice of a snapshot in its order, as dam_queries_add_document. */
DAM_API dam_status dam_queries_add_slice(dam_queries* queries, dam_snapshot* snapshot,
                                         int64_t start, int64_t stop, int64_t step);

/* Adds the documents of many ids of a snapshot. ids, id_offsets: as dam_read_many. Returns:
 * NOT_FOUND, with a text that names it, for an id that is absent. */
DAM_API dam_status dam_queries_add_ids(dam_queries* queries, dam_snapshot* snapshot,
                                       const char* ids, const int64_t* id_offsets, int64_t count);

/*
 * Adds each row of a matrix, or one vector; these queries have no id.
 * dtype: DAM_DTYPE_*. shape: rows and columns, or only columns. data: the values, little-endian,
 * row by row, at any address; copied. Returns: INVALID_ARGUMENT for a size that is not that of the
 * shape.
 */
DAM_API dam_status dam_queries_add_matrix(dam_queries* queries, int32_t dtype,
                                          const uint32_t* shape, int64_t shape_count,
                                          const void* data, size_t size);

/* Number of queries. */
DAM_API dam_status dam_queries_count(const dam_queries* queries, int64_t* out_count);

/* Frees queries; answers to them are not affected. */
DAM_API void dam_queries_free(dam_queries* queries);

/*
 * Finds for each query the documents of a snapshot whose embeddings are nearest, exactly.
 * Rows come by query, then by distance ascending, equal distances by position. Documents without
 * an embedding are passed over. The answer is the same to the last bit for one query or many, with
 * any number of threads, on every processor.
 * filter: NULL for all documents; the others are not compared. options: NULL, or
 * DAM_OPTION_METRIC, _LIMIT, _EXCLUDE_SELF, _THREADS, _APPROXIMATE, _RANGE_FROM, _RANGE_TO.
 * task: optional; counts documents. out_results: columns QUERY, RANK, POSITION, DISTANCE.
 * Returns: INVALID_ARGUMENT when an embedding has another dimension than the queries (the text
 * names its position), INVALID_DOCUMENT when one has a component beyond 2^500, UNSUPPORTED,
 * CANCELLED.
 * Ownership: dam_results_free. Threads: any. Cost: docs/match.md.
 */
DAM_API dam_status dam_match(dam_snapshot* snapshot, const dam_queries* queries,
                             const dam_filter* filter, const dam_options* options, dam_task* task,
                             dam_results** out_results);

/*
 * The embeddings of a snapshot as one matrix, rows by position.
 * dtype: DAM_DTYPE_F32 or DAM_DTYPE_F64; components are converted, sparse embeddings written out.
 * out_results: columns POSITION (of each embedding; documents without one have no row) and
 * EMBEDDING. Returns: INVALID_ARGUMENT when two embeddings differ in dimension.
 * Ownership: dam_results_free. Cost: a copy; memory for the whole matrix.
 */
DAM_API dam_status dam_embeddings(dam_snapshot* snapshot, int32_t dtype, dam_results** out_results);

/*
 * Gives each document the embedding that is its row in a matrix, as one commit.
 * dtype, shape, data: as dam_queries_add_matrix, with as many rows as the array has documents; a
 * shape_count of 0, with no data, takes all embeddings away. flags: a durability. out_revision:
 * optional. Returns: INVALID_ARGUMENT (a wrong number of rows), INVALID_DOCUMENT (rows that do not
 * fit the embedding column, or are not finite), CONFLICT (another writer changed a document
 * meanwhile): nothing changed. Cost: every document is written anew; memory for all of them.
 */
DAM_API dam_status dam_embeddings_set(dam_array* array, int32_t dtype, const uint32_t* shape,
                                      int64_t shape_count, const void* data, size_t size,
                                      uint32_t flags, int64_t* out_revision);

/* ============================================================ library */

/* Frees memory that libdam handed over. */
DAM_API void dam_free(void* memory);

#ifndef SWIG

/*
 * Receives a line of information that no call returns, such as a failed checkpoint of the helper
 * thread. level: 0 error, 1 warning, 2 information. May come from any thread, one line at a time;
 * must neither call libdam nor fork.
 */
typedef void (*dam_log_sink)(void* context, int32_t level, const char* text);

/* Sets the process-wide sink; NULL: none (the default). When it returns, the former one has ended.
 */
DAM_API void dam_set_log(dam_log_sink sink, void* context);

/*
 * All functions of this header as one table, for hosts that load the library by dlopen. Members are
 * only ever added at the end; size_bytes tells how many this library has.
 */
typedef struct dam_api {
  size_t size_bytes;
  const char* (*dam_version)(void);
  int32_t (*dam_abi_version)(void);
  const char* (*dam_status_name)(dam_status status);
  const char* (*dam_last_error)(void);
  dam_status (*dam_options_create)(dam_options** out_options);
  dam_status (*dam_options_set)(dam_options* options, int32_t option, int64_t value);
  void (*dam_options_free)(dam_options* options);
  dam_status (*dam_open)(const char* path, const dam_options* options, dam_array** out_array);
  dam_status (*dam_close)(dam_array* array);
  dam_status (*dam_reload)(dam_array* array, int32_t* out_changed);
  dam_status (*dam_flush)(dam_array* array);
  dam_status (*dam_sync)(dam_array* array);
  dam_status (*dam_path)(dam_array* array, char** out_text, size_t* out_text_size);
  dam_status (*dam_append)(dam_array* array, const void* data, size_t size, uint32_t flags,
                           int64_t* out_position, int64_t* out_revision);
  dam_status (*dam_extend)(dam_array* array, const void* data, const int64_t* offsets,
                           int64_t count, uint32_t flags, int64_t* out_first,
                           int64_t* out_revision);
  dam_status (*dam_count)(dam_array* array, int64_t* out_count);
  dam_status (*dam_contains)(dam_array* array, const char* id, size_t id_size, int32_t* out_found);
  dam_status (*dam_get)(dam_array* array, const char* id, size_t id_size,
                        dam_document** out_document);
  dam_status (*dam_get_at)(dam_array* array, int64_t position, dam_document** out_document);
  dam_status (*dam_get_many)(dam_array* array, const char* ids, const int64_t* id_offsets,
                             int64_t count, dam_document** out_documents);
  dam_status (*dam_read_many)(dam_array* array, const char* ids, const int64_t* id_offsets,
                              int64_t count, void** out_data, int64_t** out_offsets);
  dam_status (*dam_read)(dam_array* array, const char* id, size_t id_size, void* buffer,
                         size_t buffer_size, size_t* out_size);
  dam_status (*dam_read_at)(dam_array* array, int64_t position, void* buffer, size_t buffer_size,
                            size_t* out_size);
  dam_status (*dam_position)(dam_array* array, const char* id, size_t id_size,
                             int64_t* out_position);
  dam_status (*dam_id_at)(dam_array* array, int64_t position, char* buffer, size_t buffer_size,
                          size_t* out_size);
  dam_status (*dam_ids)(dam_array* array, int64_t first, int64_t count, char** out_ids,
                        int64_t** out_offsets, int64_t* out_count);
  dam_status (*dam_revision)(dam_array* array, const char* id, size_t id_size,
                             int64_t* out_revision);
  dam_status (*dam_set)(dam_array* array, const char* id, size_t id_size, const void* data,
                        size_t size, int64_t expected_revision, uint32_t flags,
                        int64_t* out_revision);
  dam_status (*dam_set_at)(dam_array* array, int64_t position, const void* data, size_t size,
                           int64_t expected_revision, uint32_t flags, int64_t* out_revision);
  dam_status (*dam_delete)(dam_array* array, const char* id, size_t id_size,
                           int64_t expected_revision, uint32_t flags, int64_t* out_revision);
  dam_status (*dam_delete_at)(dam_array* array, int64_t position, int64_t expected_revision,
                              uint32_t flags, int64_t* out_revision);
  dam_status (*dam_delete_range)(dam_array* array, int64_t start, int64_t stop, int64_t step,
                                 uint32_t flags, int64_t* out_deleted);
  dam_status (*dam_snapshot_open)(dam_array* array, dam_snapshot** out_snapshot);
  dam_status (*dam_snapshot_release)(dam_snapshot* snapshot);
  dam_status (*dam_snapshot_count)(dam_snapshot* snapshot, int64_t* out_count);
  dam_status (*dam_snapshot_revision)(dam_snapshot* snapshot, int64_t* out_revision);
  dam_status (*dam_snapshot_get)(dam_snapshot* snapshot, const char* id, size_t id_size,
                                 const void** out_data, size_t* out_size);
  dam_status (*dam_snapshot_get_at)(dam_snapshot* snapshot, int64_t position, const void** out_data,
                                    size_t* out_size);
  dam_status (*dam_snapshot_position)(dam_snapshot* snapshot, const char* id, size_t id_size,
                                      int64_t* out_position);
  dam_status (*dam_snapshot_id_at)(dam_snapshot* snapshot, int64_t position, char* buffer,
                                   size_t buffer_size, size_t* out_size);
  dam_status (*dam_cursor_open)(dam_snapshot* snapshot, int64_t start, int64_t stop, int64_t step,
                                dam_cursor** out_cursor);
  dam_status (*dam_cursor_next)(dam_cursor* cursor, const void** out_data, size_t* out_size,
                                int64_t* out_position);
  dam_status (*dam_cursor_read)(dam_cursor* cursor, void* buffer, size_t buffer_size,
                                int64_t* out_offsets, int64_t capacity, int64_t* out_count);
  dam_status (*dam_cursor_close)(dam_cursor* cursor);
  dam_status (*dam_batch_begin)(dam_array* array, dam_batch** out_batch);
  dam_status (*dam_batch_append)(dam_batch* batch, const void* data, size_t size, uint32_t flags);
  dam_status (*dam_batch_set)(dam_batch* batch, const char* id, size_t id_size, const void* data,
                              size_t size, int64_t expected_revision);
  dam_status (*dam_batch_set_at)(dam_batch* batch, int64_t position, const void* data, size_t size,
                                 int64_t expected_revision);
  dam_status (*dam_batch_delete)(dam_batch* batch, const char* id, size_t id_size,
                                 int64_t expected_revision);
  dam_status (*dam_batch_delete_at)(dam_batch* batch, int64_t position, int64_t expected_revision);
  dam_status (*dam_batch_commit)(dam_batch* batch, uint32_t flags, int64_t* out_revision);
  dam_status (*dam_batch_discard)(dam_batch* batch);
  dam_status (*dam_stat)(dam_array* array, int32_t stat, int64_t* out_value);
  dam_status (*dam_verify)(const char* path, dam_task* task, char** out_report,
                           size_t* out_report_size);
  dam_status (*dam_task_create)(dam_task** out_task);
  dam_status (*dam_task_cancel)(dam_task* task);
  dam_status (*dam_task_progress)(dam_task* task, int64_t* out_done, int64_t* out_total);
  dam_status (*dam_task_release)(dam_task* task);
  dam_status (*dam_document_from_bytes)(const void* data, size_t size, dam_document** out_document);
  dam_status (*dam_document_from_json)(const char* json, size_t json_size, uint32_t flags,
                                       dam_document** out_document);
  dam_status (*dam_document_to_json)(const dam_document* document, uint32_t flags, char** out_text,
                                     size_t* out_text_size);
  dam_status (*dam_document_bytes)(const dam_document* document, const void** out_data,
                                   size_t* out_size);
  dam_status (*dam_document_id)(const dam_document* document, const char** out_id,
                                size_t* out_id_size);
  void (*dam_document_free)(dam_document* document);
  void (*dam_free)(void* memory);
  void (*dam_set_log)(dam_log_sink sink, void* context);
  dam_status (*dam_wait)(dam_array* array, int64_t revision, int64_t timeout_ms,
                         int64_t* out_revision);
  dam_status (*dam_prune)(dam_array* array, const dam_options* options, dam_task* task);
  dam_status (*dam_prune_ordered)(dam_array* array, const int64_t* positions, int64_t count,
                                  const dam_options* options, dam_task* task);
  dam_status (*dam_clear)(dam_array* array, uint32_t flags, int64_t* out_revision);
  dam_status (*dam_document_has)(const dam_document* document, int32_t field, int32_t* out_found);
  dam_status (*dam_document_content_type)(const dam_document* document, int32_t* out_field);
  dam_status (*dam_document_string)(const dam_document* document, int32_t field,
                                    const char** out_string, size_t* out_string_size);
  dam_status (*dam_document_buffer)(const dam_document* document, int32_t field,
                                    const void** out_data, size_t* out_size);
  dam_status (*dam_document_integer)(const dam_document* document, int32_t field,
                                     int64_t* out_integer);
  dam_status (*dam_document_number)(const dam_document* document, int32_t field,
                                    double* out_number);
  dam_status (*dam_document_count)(const dam_document* document, int32_t field, int64_t* out_count);
  dam_status (*dam_document_child)(const dam_document* document, int32_t field, int64_t position,
                                   dam_document** out_document);
  dam_status (*dam_document_tensor)(const dam_document* document, int32_t field, int32_t* out_dtype,
                                    const uint32_t** out_shape, int64_t* out_shape_count,
                                    const void** out_data, size_t* out_size);
  dam_status (*dam_document_sparse)(const dam_document* document, int32_t field,
                                    int32_t* out_format, const uint32_t** out_indices,
                                    int64_t* out_indices_count);
  dam_status (*dam_document_quantization)(const dam_document* document, int32_t field,
                                          double* out_scale, int32_t* out_zero_point);
  dam_status (*dam_document_floats)(const dam_document* document, int32_t field, float* buffer,
                                    int64_t capacity, int64_t* out_count);
  dam_status (*dam_document_doubles)(const dam_document* document, int32_t field, double* buffer,
                                     int64_t capacity, int64_t* out_count);
  dam_status (*dam_document_tag)(const dam_document* document, const char* path, size_t path_size,
                                 int32_t* out_kind, int64_t* out_integer, double* out_number,
                                 const void** out_data, size_t* out_size);
  dam_status (*dam_tags_open)(const dam_document* document, const char* path, size_t path_size,
                              dam_tags** out_tags);
  dam_status (*dam_tags_next)(dam_tags* tags, int32_t* out_kind, int64_t* out_integer,
                              double* out_number, const void** out_data, size_t* out_size);
  dam_status (*dam_tags_key)(dam_tags* tags, int32_t* out_depth, const char** out_key,
                             size_t* out_key_size);
  dam_status (*dam_tags_close)(dam_tags* tags);
  dam_status (*dam_document_score)(const dam_document* document, int32_t field, const char* path,
                                   size_t path_size, double* out_number, int64_t* out_count);
  dam_status (*dam_document_score_string)(const dam_document* document, int32_t field,
                                          const char* path, size_t path_size, int32_t part,
                                          const char** out_string, size_t* out_string_size);
  dam_status (*dam_document_score_name)(const dam_document* document, int32_t field,
                                        int64_t position, const char** out_string,
                                        size_t* out_string_size);
  dam_status (*dam_builder_create)(const dam_document* document, dam_builder** out_builder);
  dam_status (*dam_builder_finish)(dam_builder* builder, dam_document** out_document);
  dam_status (*dam_builder_discard)(dam_builder* builder);
  dam_status (*dam_builder_clear)(dam_builder* builder, int32_t field);
  dam_status (*dam_builder_set_string)(dam_builder* builder, int32_t field, const char* string,
                                       size_t string_size);
  dam_status (*dam_builder_set_buffer)(dam_builder* builder, int32_t field, const void* data,
                                       size_t size);
  dam_status (*dam_builder_set_integer)(dam_builder* builder, int32_t field, int64_t integer);
  dam_status (*dam_builder_set_number)(dam_builder* builder, int32_t field, double number);
  dam_status (*dam_builder_add_child)(dam_builder* builder, int32_t field,
                                      const dam_document* document);
  dam_status (*dam_builder_set_tensor)(dam_builder* builder, int32_t field, int32_t dtype,
                                       const uint32_t* shape, int64_t shape_count, const void* data,
                                       size_t size);
  dam_status (*dam_builder_set_floats)(dam_builder* builder, int32_t field, const float* values,
                                       int64_t count);
  dam_status (*dam_builder_set_quantized)(dam_builder* builder, int32_t field, const float* values,
                                          int64_t count);
  dam_status (*dam_builder_set_sparse)(dam_builder* builder, int32_t field, int32_t format,
                                       const uint32_t* indices, int64_t indices_count);
  dam_status (*dam_builder_set_quantization)(dam_builder* builder, int32_t field, double scale,
                                             int32_t zero_point);
  dam_status (*dam_quantize)(const float* values, int64_t count, int8_t* out_quantized,
                             double* out_scale, int32_t* out_zero_point);
  dam_status (*dam_dequantize)(const int8_t* quantized, int64_t count, double scale,
                               int32_t zero_point, float* out_values);
  dam_status (*dam_builder_set_tag)(dam_builder* builder, const char* path, size_t path_size,
                                    int32_t kind);
  dam_status (*dam_builder_set_tag_integer)(dam_builder* builder, const char* path,
                                            size_t path_size, int64_t integer);
  dam_status (*dam_builder_set_tag_number)(dam_builder* builder, const char* path, size_t path_size,
                                           double number);
  dam_status (*dam_builder_set_tag_string)(dam_builder* builder, const char* path, size_t path_size,
                                           const char* string, size_t string_size);
  dam_status (*dam_builder_set_tag_buffer)(dam_builder* builder, const char* path, size_t path_size,
                                           const void* data, size_t size);
  dam_status (*dam_builder_clear_tag)(dam_builder* builder, const char* path, size_t path_size);
  dam_status (*dam_builder_set_score)(dam_builder* builder, int32_t field, const char* path,
                                      size_t path_size, double number);
  dam_status (*dam_builder_set_score_string)(dam_builder* builder, int32_t field, const char* path,
                                             size_t path_size, int32_t part, const char* string,
                                             size_t string_size);
  dam_status (*dam_document_patch)(const dam_document* document, const char* patch,
                                   size_t patch_size, dam_document** out_document);
  dam_status (*dam_document_merge)(const dam_document* document, const dam_document* update,
                                   dam_document** out_document);
  dam_status (*dam_document_hash)(const dam_document* document, int64_t* out_hash);
  dam_status (*dam_document_equal)(const dam_document* document, const dam_document* other,
                                   int32_t* out_equal);
  dam_status (*dam_patch)(dam_array* array, const char* id, size_t id_size, const char* patch,
                          size_t patch_size, int64_t expected_revision, uint32_t flags,
                          int64_t* out_revision);
  dam_status (*dam_copy_into)(dam_array* array, dam_array* target, uint32_t flags, dam_task* task,
                              int64_t* out_count);
  dam_status (*dam_snapshot_copy_into)(dam_snapshot* snapshot, int64_t start, int64_t stop,
                                       int64_t step, dam_array* target, uint32_t flags);
  dam_status (*dam_same)(dam_array* array, dam_array* other, int32_t* out_same);
  dam_status (*dam_equal)(dam_array* array, dam_array* other, dam_task* task, int32_t* out_equal);
  dam_status (*dam_builder_remove_child)(dam_builder* builder, int32_t field, int64_t position);
  dam_status (*dam_backup)(dam_array* array, const char* path, dam_task* task);
  dam_status (*dam_salvage)(const char* path, const char* target_path, dam_task* task,
                            int64_t* out_recovered, int64_t* out_uncertain, char** out_report,
                            size_t* out_report_size);
  dam_status (*dam_results_count)(const dam_results* results, int64_t* out_count);
  dam_status (*dam_results_read)(const dam_results* results, int32_t column, const void** out_data,
                                 size_t* out_size);
  dam_status (*dam_results_ids)(const dam_results* results, char** out_ids, int64_t** out_offsets);
  void (*dam_results_free)(dam_results* results);
  dam_status (*dam_results_document)(const dam_results* results, int64_t row,
                                     dam_document** out_document);
  dam_status (*dam_filter_parse)(const char* json, size_t json_size, dam_filter** out_filter);
  dam_status (*dam_filter_integer)(const char* path, size_t path_size, int32_t operation,
                                   int64_t integer, dam_filter** out_filter);
  dam_status (*dam_filter_number)(const char* path, size_t path_size, int32_t operation,
                                  double number, dam_filter** out_filter);
  dam_status (*dam_filter_string)(const char* path, size_t path_size, int32_t operation,
                                  const char* string, size_t string_size, dam_filter** out_filter);
  dam_status (*dam_filter_join)(int32_t operation, const dam_filter* first,
                                const dam_filter* second, dam_filter** out_filter);
  dam_status (*dam_filter_tags)(const char* json, size_t json_size, int32_t operation,
                                int64_t integer, dam_filter** out_filter);
  void (*dam_filter_free)(dam_filter* filter);
  dam_status (*dam_find)(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                         size_t path_size, const dam_options* options, dam_task* task,
                         dam_results** out_results);
  dam_status (*dam_count_where)(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                                size_t path_size, dam_task* task, int64_t* out_count);
  dam_status (*dam_explain)(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                            size_t path_size, dam_task* task, char** out_text,
                            size_t* out_text_size);
  dam_status (*dam_delete_where)(dam_array* array, const dam_filter* filter, uint32_t flags,
                                 dam_task* task, int64_t* out_count, int64_t* out_revision);
  dam_status (*dam_sample)(dam_snapshot* snapshot, int64_t count, int64_t seed,
                           dam_results** out_results);
  dam_status (*dam_shuffle)(dam_snapshot* snapshot, int64_t seed, dam_results** out_results);
  dam_status (*dam_traverse)(dam_snapshot* snapshot, const dam_filter* filter, const char* path,
                             size_t path_size, dam_traversal** out_traversal);
  dam_status (*dam_traversal_next)(dam_traversal* traversal, const dam_document** out_lent,
                                   int64_t* out_position, int64_t* out_group, int32_t* out_path);
  dam_status (*dam_traversal_close)(dam_traversal* traversal);
  dam_status (*dam_document_keep)(const dam_document* document, dam_document** out_document);
  dam_status (*dam_sort)(dam_snapshot* snapshot, const char* path, size_t path_size, uint32_t flags,
                         int64_t limit, dam_results** out_results);
  dam_status (*dam_split)(dam_snapshot* snapshot, const char* path, size_t path_size,
                          dam_results** out_results);
  dam_status (*dam_portions)(dam_snapshot* snapshot, int64_t portion_size, uint32_t flags,
                             int64_t seed, dam_results** out_results);
  dam_status (*dam_merge)(dam_array* array, dam_array* other, uint32_t flags, dam_task* task,
                          int64_t* out_added, int64_t* out_changed);
  dam_status (*dam_evaluate)(dam_snapshot* snapshot, dam_snapshot* truth, int32_t measure,
                             int64_t depth, double* out_mean, dam_results** out_results);
  dam_status (*dam_options_set_number)(dam_options* options, int32_t option, double number);
  dam_status (*dam_queries_create)(dam_queries** out_queries);
  dam_status (*dam_queries_add_document)(dam_queries* queries, const dam_document* document);
  dam_status (*dam_queries_add_slice)(dam_queries* queries, dam_snapshot* snapshot, int64_t start,
                                      int64_t stop, int64_t step);
  dam_status (*dam_queries_add_ids)(dam_queries* queries, dam_snapshot* snapshot, const char* ids,
                                    const int64_t* id_offsets, int64_t count);
  dam_status (*dam_queries_add_matrix)(dam_queries* queries, int32_t dtype, const uint32_t* shape,
                                       int64_t shape_count, const void* data, size_t size);
  dam_status (*dam_queries_count)(const dam_queries* queries, int64_t* out_count);
  void (*dam_queries_free)(dam_queries* queries);
  dam_status (*dam_match)(dam_snapshot* snapshot, const dam_queries* queries,
                          const dam_filter* filter, const dam_options* options, dam_task* task,
                          dam_results** out_results);
  dam_status (*dam_embeddings)(dam_snapshot* snapshot, int32_t dtype, dam_results** out_results);
  dam_status (*dam_embeddings_set)(dam_array* array, int32_t dtype, const uint32_t* shape,
                                   int64_t shape_count, const void* data, size_t size,
                                   uint32_t flags, int64_t* out_revision);
  dam_status (*dam_seal)(dam_array* array, dam_task* task, char** out_text, size_t* out_text_size);
  dam_status (*dam_import)(dam_array* array, const char* path, const dam_options* options,
                           dam_task* task, int64_t* out_damaged, char** out_report,
                           size_t* out_report_size);
  dam_status (*dam_select)(dam_snapshot* snapshot, int64_t start, int64_t stop, int64_t step,
                           const char* path, size_t path_size, dam_columns** out_columns);
  dam_status (*dam_select_at)(dam_snapshot* snapshot, const int64_t* positions, int64_t count,
                              const char* path, size_t path_size, uint32_t flags,
                              dam_columns** out_columns);
  dam_status (*dam_results_select)(const dam_results* results, const char* path, size_t path_size,
                                   uint32_t flags, dam_columns** out_columns);
  dam_status (*dam_columns_count)(const dam_columns* columns, int64_t* out_count,
                                  int64_t* out_rows);
  dam_status (*dam_columns_describe)(const dam_columns* columns, int32_t column, int32_t* out_kind,
                                     int64_t* out_width, const char** out_string,
                                     size_t* out_string_size);
  dam_status (*dam_columns_read)(const dam_columns* columns, int32_t column, int32_t part,
                                 const void** out_data, size_t* out_size);
  void (*dam_columns_free)(dam_columns* columns);
  dam_status (*dam_columns_export)(const dam_columns* columns, struct ArrowArray* out_array,
                                   struct ArrowSchema* out_schema);
  dam_status (*dam_set_column)(dam_array* array, const char* path, size_t path_size,
                               const char* texts, const int64_t* text_offsets, int64_t count,
                               uint32_t flags, int64_t* out_revision);
} dam_api;

/* The table of one ABI version; NULL when this library does not have it. Valid for ever. */
DAM_API const dam_api* dam_get_api(int32_t abi_version);

#endif /* SWIG */

#ifdef __cplusplus
}
#endif

#endif /* DAM_H */
