package native

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"unsafe"
)

// declared is a function in dam.h, down to the part that SWIG does not see.
var declared = regexp.MustCompile(`(?m)^DAM_API [^;(]*?\b(dam_\w+)\(`)

// calls has one call of every function, so that each wrapper is built, linked and run at least
// once. Handles are 0 where a test of the package dam says what the function does.
func calls(t *testing.T) map[string]func() error {
	var handle uintptr
	var number, other int64
	var small int32
	var memory, more unsafe.Pointer
	offsets := make([]int64, 2)
	path := filepath.Join(t.TempDir(), "array")
	return map[string]func() error{
		"dam_version":        func() error { Dam_version(); return nil },
		"dam_abi_version":    func() error { Dam_abi_version(); return nil },
		"dam_status_name":    func() error { Dam_status_name(0); return nil },
		"dam_last_error":     func() error { Dam_last_error(); return nil },
		"dam_options_create": func() error { return Dam_options_create(&handle) },
		"dam_options_set":    func() error { return Dam_options_set(0, 1, 1) },
		"dam_options_free":   func() error { Dam_options_free(0); return nil },
		"dam_open":           func() error { return Dam_open(path, 0, &handle) },
		"dam_close":          func() error { return Dam_close(0) },
		"dam_reload":         func() error { return Dam_reload(0, &small) },
		"dam_wait":           func() error { return Dam_wait(0, 0, 0, &number) },
		"dam_flush":          func() error { return Dam_flush(0) },
		"dam_sync":           func() error { return Dam_sync(0) },
		"dam_path":           func() error { return Dam_path(0, &memory, &number) },
		"dam_append":         func() error { return Dam_append(0, nil, 0, &number, &other) },
		"dam_extend":         func() error { return Dam_extend(0, nil, nil, 0, &number, &other) },
		"dam_count":          func() error { return Dam_count(0, &number) },
		"dam_contains":       func() error { return Dam_contains(0, "a", &small) },
		"dam_get":            func() error { return Dam_get(0, "a", &handle) },
		"dam_get_at":         func() error { return Dam_get_at(0, 0, &handle) },
		"dam_get_many":       func() error { return Dam_get_many(0, nil, offsets, []uintptr{0}) },
		"dam_read_many":      func() error { return Dam_read_many(0, nil, nil, &memory, &more) },
		"dam_read":           func() error { return Dam_read(0, "a", nil, &number) },
		"dam_read_at":        func() error { return Dam_read_at(0, 0, nil, &number) },
		"dam_position":       func() error { return Dam_position(0, "a", &number) },
		"dam_id_at":          func() error { return Dam_id_at(0, 0, nil, &number) },
		"dam_ids":            func() error { return Dam_ids(0, 0, 1, &memory, &more, &number) },
		"dam_revision":       func() error { return Dam_revision(0, "a", &number) },
		"dam_set":            func() error { return Dam_set(0, "a", nil, 0, 0, &number) },
		"dam_set_at":         func() error { return Dam_set_at(0, 0, nil, 0, 0, &number) },
		"dam_delete":         func() error { return Dam_delete(0, "a", 0, 0, &number) },
		"dam_delete_at":      func() error { return Dam_delete_at(0, 0, 0, 0, &number) },
		"dam_delete_range":   func() error { return Dam_delete_range(0, 0, 1, 1, 0, &number) },

		"dam_clear":         func() error { return Dam_clear(0, 0, &number) },
		"dam_prune":         func() error { return Dam_prune(0, 0, 0) },
		"dam_prune_ordered": func() error { return Dam_prune_ordered(0, nil, 0, 0) },

		"dam_snapshot_open":     func() error { return Dam_snapshot_open(0, &handle) },
		"dam_snapshot_release":  func() error { return Dam_snapshot_release(0) },
		"dam_snapshot_count":    func() error { return Dam_snapshot_count(0, &number) },
		"dam_snapshot_revision": func() error { return Dam_snapshot_revision(0, &number) },
		"dam_snapshot_get":      func() error { return Dam_snapshot_get(0, "a", &memory, &number) },
		"dam_snapshot_get_at":   func() error { return Dam_snapshot_get_at(0, 0, &memory, &number) },
		"dam_snapshot_position": func() error { return Dam_snapshot_position(0, "a", &number) },
		"dam_snapshot_id_at":    func() error { return Dam_snapshot_id_at(0, 0, nil, &number) },
		"dam_cursor_open":       func() error { return Dam_cursor_open(0, 0, 1, 1, &handle) },
		"dam_cursor_next":       func() error { return Dam_cursor_next(0, &memory, &number, &other) },
		"dam_cursor_read":       func() error { return Dam_cursor_read(0, nil, offsets, &number) },
		"dam_cursor_close":      func() error { return Dam_cursor_close(0) },
		"dam_batch_begin":       func() error { return Dam_batch_begin(0, &handle) },
		"dam_batch_append":      func() error { return Dam_batch_append(0, nil, 0) },
		"dam_batch_set":         func() error { return Dam_batch_set(0, "a", nil, 0) },
		"dam_batch_set_at":      func() error { return Dam_batch_set_at(0, 0, nil, 0) },
		"dam_batch_delete":      func() error { return Dam_batch_delete(0, "a", 0) },
		"dam_batch_delete_at":   func() error { return Dam_batch_delete_at(0, 0, 0) },
		"dam_batch_commit":      func() error { return Dam_batch_commit(0, 0, &number) },
		"dam_batch_discard":     func() error { return Dam_batch_discard(0) },

		"dam_stat":                func() error { return Dam_stat(0, 1, &number) },
		"dam_verify":              func() error { return Dam_verify(path+"/no", 0, &memory, &number) },
		"dam_task_create":         func() error { return Dam_task_create(&handle) },
		"dam_task_cancel":         func() error { return Dam_task_cancel(0) },
		"dam_task_progress":       func() error { return Dam_task_progress(0, &number, &other) },
		"dam_task_release":        func() error { return Dam_task_release(0) },
		"dam_document_from_bytes": func() error { return Dam_document_from_bytes(nil, &handle) },
		"dam_document_from_json":  func() error { return Dam_document_from_json(nil, 0, &handle) },
		"dam_document_to_json":    func() error { return Dam_document_to_json(0, 0, &memory, &number) },
		"dam_document_bytes":      func() error { return Dam_document_bytes(0, &memory, &number) },
		"dam_document_id":         func() error { return Dam_document_id(0, &memory, &number) },
		"dam_document_free":       func() error { Dam_document_free(0); return nil },
		"dam_free":                func() error { Dam_free(nil); return nil },
	}
}

// succeeding are the functions that answer no status, or that have what they need without a handle.
var succeeding = map[string]bool{"dam_version": true, "dam_abi_version": true,
	"dam_status_name": true, "dam_last_error": true, "dam_options_create": true,
	"dam_options_free": true, "dam_open": true, "dam_task_create": true,
	"dam_document_free": true, "dam_free": true, "dam_builder_create": true,
	"dam_results_free": true, "dam_filter_free": true,
	"dam_queries_create": true, "dam_queries_free": true, "dam_columns_free": true}

// hidden are the functions of C hosts alone.
var hidden = []string{"dam_get_api", "dam_set_log", "dam_columns_export"}

func TestEveryFunctionOfTheHeaderIsCalled(t *testing.T) {
	header, err := os.ReadFile(os.Getenv("DAM_HEADER"))
	if err != nil {
		t.Fatal(err)
	}
	made := calls(t)
	maps.Copy(made, documentCalls())
	found := 0
	for _, match := range declared.FindAllStringSubmatch(string(header), -1) {
		name := match[1]
		if slices.Contains(hidden, name) {
			continue
		}
		found++
		if made[name] == nil {
			t.Errorf("%s is not called", name)
		}
	}
	if found != len(made) {
		t.Errorf("%d functions in the header, %d calls here", found, len(made))
	}
}

func TestEveryCallAnswersAndNullIsAnError(t *testing.T) {
	made := calls(t)
	maps.Copy(made, documentCalls())
	for name, call := range made {
		if err := call(); (err == nil) != succeeding[name] {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOffsetsThatLeaveTheBytesAreRefused(t *testing.T) {
	var array uintptr
	if err := Dam_open(filepath.Join(t.TempDir(), "array"), 0, &array); err != nil {
		t.Fatal(err)
	}
	defer Dam_close(array)
	var number, other int64
	for _, offsets := range [][]int64{{0, 64}, {-8, 8}, {8, 0}, {0, 1 << 62}} {
		if Dam_extend(array, make([]byte, 16), offsets, 0, &number, &other) == nil {
			t.Errorf("%v was taken", offsets)
		}
	}
	if Dam_get_many(array, []byte("ab"), []int64{0, 1, 2}, make([]uintptr, 1)) == nil {
		t.Error("room for one document was enough for two")
	}
}

func TestHandsOverAndLendsMemory(t *testing.T) {
	var document uintptr
	if err := Dam_document_from_json([]byte(`{"id":"a"}`), 0, &document); err != nil {
		t.Fatal(err)
	}
	defer Dam_document_free(document)
	var memory unsafe.Pointer
	var size int64
	if err := Dam_document_id(document, &memory, &size); err != nil {
		t.Fatal(err)
	}
	if id := string(CopyBytes(memory, size)); id != "a" {
		t.Error(id)
	}
	if err := Dam_document_to_json(document, 0, &memory, &size); err != nil {
		t.Fatal(err)
	}
	if text := string(TakeBytes(memory, size)); text != `{"id":"a"}` {
		t.Error(text)
	}
	if len(LentBytes(nil, 5)) != 0 || len(CopyOffsets(nil, 5)) != 0 {
		t.Error("NULL is not empty")
	}
}

func TestAStatusIsTakenApart(t *testing.T) {
	if statusError("") != nil {
		t.Error("success is an error")
	}
	if status := statusError("!").(*Status); status.Code != DAM_NO_MEMORY {
		t.Error(status)
	}
	if text := (&Status{Code: DAM_BUSY, Text: "a: b"}).Error(); text != "BUSY: a: b" {
		t.Error(text)
	}
}
