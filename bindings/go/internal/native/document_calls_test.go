package native

import (
	"testing"
	"unsafe"
)

// documentCalls are those of every_function_test.go about fields, builders, tags and scores.
func documentCalls() map[string]func() error {
	var handle uintptr
	var number, other, count int64
	var small int32
	var real float64
	var memory, more unsafe.Pointer
	one := []float32{1}
	return map[string]func() error{
		"dam_patch":     func() error { return Dam_patch(0, "a", nil, 0, 0, &number) },
		"dam_copy_into": func() error { return Dam_copy_into(0, 0, 0, 0, &number) },
		"dam_snapshot_copy_into": func() error {
			return Dam_snapshot_copy_into(0, 0, 1, 1, 0, 0)
		},
		"dam_same":  func() error { return Dam_same(0, 0, &small) },
		"dam_equal": func() error { return Dam_equal(0, 0, 0, &small) },
		"dam_builder_remove_child": func() error {
			return Dam_builder_remove_child(0, 13, 0)
		},
		"dam_results_count": func() error { return Dam_results_count(0, &number) },
		"dam_results_read":  func() error { return Dam_results_read(0, 1, &memory, &number) },
		"dam_results_ids":   func() error { return Dam_results_ids(0, &memory, &more) },
		"dam_results_document": func() error {
			return Dam_results_document(0, 0, &handle)
		},
		"dam_filter_parse":   func() error { return Dam_filter_parse([]byte("{"), &handle) },
		"dam_filter_integer": func() error { return Dam_filter_integer("", 1, 1, &handle) },
		"dam_filter_number":  func() error { return Dam_filter_number("", 1, 1, &handle) },
		"dam_filter_string":  func() error { return Dam_filter_string("", 1, "a", &handle) },
		"dam_filter_tags":    func() error { return Dam_filter_tags([]byte("{"), 1, 1, &handle) },
		"dam_filter_join":    func() error { return Dam_filter_join(12, 0, 0, &handle) },
		"dam_find":           func() error { return Dam_find(0, 0, "r", 0, 0, &handle) },
		"dam_count_where":    func() error { return Dam_count_where(0, 0, "r", 0, &number) },
		"dam_explain":        func() error { return Dam_explain(0, 0, "r", 0, &memory, &number) },
		"dam_delete_where":   func() error { return Dam_delete_where(0, 0, 0, 0, &number, &other) },
		"dam_results_free":   func() error { Dam_results_free(0); return nil },
		"dam_filter_free":    func() error { Dam_filter_free(0); return nil },

		"dam_backup": func() error { return Dam_backup(0, "/no", 0) },
		"dam_salvage": func() error {
			return Dam_salvage("", "/no", 0, &number, &other, &memory, &count)
		},
		"dam_import": func() error {
			return Dam_import(0, "/no", 0, 0, &number, &memory, &count)
		},
		"dam_seal":     func() error { return Dam_seal(0, 0, &memory, &count) },
		"dam_sample":   func() error { return Dam_sample(0, 1, 1, &handle) },
		"dam_shuffle":  func() error { return Dam_shuffle(0, 1, &handle) },
		"dam_sort":     func() error { return Dam_sort(0, "id", 0, -1, &handle) },
		"dam_split":    func() error { return Dam_split(0, "id", &handle) },
		"dam_portions": func() error { return Dam_portions(0, 1, 0, 1, &handle) },
		"dam_merge":    func() error { return Dam_merge(0, 0, 0, 0, &number, &other) },
		"dam_evaluate": func() error { return Dam_evaluate(0, 0, 1, 0, &real, &handle) },
		"dam_traverse": func() error { return Dam_traverse(0, 0, "c", &handle) },
		"dam_traversal_next": func() error {
			return Dam_traversal_next(0, &handle, &number, &other, &small)
		},
		"dam_traversal_close": func() error { return Dam_traversal_close(0) },
		"dam_document_keep":   func() error { return Dam_document_keep(0, &handle) },
		"dam_document_patch":  func() error { return Dam_document_patch(0, nil, &handle) },
		"dam_document_merge":  func() error { return Dam_document_merge(0, 0, &handle) },
		"dam_document_hash":   func() error { return Dam_document_hash(0, &number) },
		"dam_document_equal":  func() error { return Dam_document_equal(0, 0, &small) },

		"dam_document_has":          func() error { return Dam_document_has(0, 1, &small) },
		"dam_document_content_type": func() error { return Dam_document_content_type(0, &small) },
		"dam_document_string":       func() error { return Dam_document_string(0, 1, &memory, &number) },
		"dam_document_buffer":       func() error { return Dam_document_buffer(0, 7, &memory, &number) },
		"dam_document_integer":      func() error { return Dam_document_integer(0, 10, &number) },
		"dam_document_number":       func() error { return Dam_document_number(0, 12, &real) },
		"dam_document_count":        func() error { return Dam_document_count(0, 13, &number) },
		"dam_document_child":        func() error { return Dam_document_child(0, 13, 0, &handle) },
		"dam_document_tensor": func() error {
			return Dam_document_tensor(0, 4, &small, &memory, &number, &more, &other)
		},
		"dam_document_sparse": func() error {
			return Dam_document_sparse(0, 4, &small, &memory, &number)
		},
		"dam_document_quantization": func() error {
			return Dam_document_quantization(0, 4, &real, &small)
		},
		"dam_document_floats":  func() error { return Dam_document_floats(0, 4, nil, &number) },
		"dam_document_doubles": func() error { return Dam_document_doubles(0, 4, nil, &number) },
		"dam_document_tag": func() error {
			return Dam_document_tag(0, "", &small, &number, &real, &memory, &other)
		},
		"dam_tags_open": func() error { return Dam_tags_open(0, "", &handle) },
		"dam_tags_next": func() error {
			return Dam_tags_next(0, &small, &number, &real, &memory, &other)
		},
		"dam_tags_key":       func() error { return Dam_tags_key(0, &small, &memory, &number) },
		"dam_tags_close":     func() error { return Dam_tags_close(0) },
		"dam_document_score": func() error { return Dam_document_score(0, 15, "a", &real, &number) },
		"dam_document_score_string": func() error {
			return Dam_document_score_string(0, 15, "a", 1, &memory, &number)
		},
		"dam_document_score_name": func() error {
			return Dam_document_score_name(0, 15, 0, &memory, &number)
		},

		"dam_builder_create":           func() error { return Dam_builder_create(0, &handle) },
		"dam_builder_finish":           func() error { return Dam_builder_finish(0, &handle) },
		"dam_builder_discard":          func() error { return Dam_builder_discard(0) },
		"dam_builder_clear":            func() error { return Dam_builder_clear(0, 1) },
		"dam_builder_set_string":       func() error { return Dam_builder_set_string(0, 1, "a") },
		"dam_builder_set_buffer":       func() error { return Dam_builder_set_buffer(0, 7, nil) },
		"dam_builder_set_integer":      func() error { return Dam_builder_set_integer(0, 10, 1) },
		"dam_builder_set_number":       func() error { return Dam_builder_set_number(0, 12, 1) },
		"dam_builder_add_child":        func() error { return Dam_builder_add_child(0, 13, 0) },
		"dam_builder_set_tensor":       func() error { return Dam_builder_set_tensor(0, 4, 0, nil, nil) },
		"dam_builder_set_floats":       func() error { return Dam_builder_set_floats(0, 4, one) },
		"dam_builder_set_quantized":    func() error { return Dam_builder_set_quantized(0, 4, one) },
		"dam_builder_set_sparse":       func() error { return Dam_builder_set_sparse(0, 4, 1, nil) },
		"dam_builder_set_quantization": func() error { return Dam_builder_set_quantization(0, 4, 1, 0) },
		"dam_builder_set_tag":          func() error { return Dam_builder_set_tag(0, "a", 0) },
		"dam_builder_set_tag_integer":  func() error { return Dam_builder_set_tag_integer(0, "a", 1) },
		"dam_builder_set_tag_number":   func() error { return Dam_builder_set_tag_number(0, "a", 1) },
		"dam_builder_set_tag_string":   func() error { return Dam_builder_set_tag_string(0, "a", "b") },
		"dam_builder_set_tag_buffer":   func() error { return Dam_builder_set_tag_buffer(0, "a", nil) },
		"dam_builder_clear_tag":        func() error { return Dam_builder_clear_tag(0, "a") },
		"dam_builder_set_score":        func() error { return Dam_builder_set_score(0, 15, "a", 1) },
		"dam_builder_set_score_string": func() error {
			return Dam_builder_set_score_string(0, 15, "a", 1, "b")
		},
		"dam_options_set_number":   func() error { return Dam_options_set_number(0, 46, 1) },
		"dam_queries_create":       func() error { return Dam_queries_create(&handle) },
		"dam_queries_add_document": func() error { return Dam_queries_add_document(0, 0) },
		"dam_queries_add_slice":    func() error { return Dam_queries_add_slice(0, 0, 0, 1, 1) },
		"dam_queries_add_ids":      func() error { return Dam_queries_add_ids(0, 0, nil, nil) },
		"dam_queries_add_matrix":   func() error { return Dam_queries_add_matrix(0, 0, nil, nil) },
		"dam_queries_count":        func() error { return Dam_queries_count(0, &number) },
		"dam_queries_free":         func() error { Dam_queries_free(0); return nil },
		"dam_match":                func() error { return Dam_match(0, 0, 0, 0, 0, &handle) },
		"dam_embeddings":           func() error { return Dam_embeddings(0, 0, &handle) },
		"dam_embeddings_set": func() error {
			return Dam_embeddings_set(0, 0, nil, nil, 0, &number)
		},
		"dam_select":         func() error { return Dam_select(0, 0, 1, 1, "id", &handle) },
		"dam_select_at":      func() error { return Dam_select_at(0, nil, "id", 0, &handle) },
		"dam_results_select": func() error { return Dam_results_select(0, "id", 0, &handle) },
		"dam_columns_count":  func() error { return Dam_columns_count(0, &number, &other) },
		"dam_columns_describe": func() error {
			return Dam_columns_describe(0, 0, &small, &number, &memory, &other)
		},
		"dam_columns_read": func() error { return Dam_columns_read(0, 0, 1, &memory, &number) },
		"dam_set_column": func() error {
			return Dam_set_column(0, "text", nil, nil, 0, &number)
		},
		"dam_columns_free": func() error { Dam_columns_free(0); return nil },
		"dam_quantize":     func() error { return Dam_quantize(one, nil, &real, &small) },
		"dam_dequantize":   func() error { return Dam_dequantize([]int8{1}, 1, 0, nil) },
	}
}

// must ends the test at an error.
func must(t *testing.T, errors ...error) {
	t.Helper()
	for _, err := range errors {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatABuilderSetsIsReadBack(t *testing.T) {
	var builder, document uintptr
	must(t, Dam_builder_create(0, &builder))
	defer Dam_builder_discard(builder)
	must(t, Dam_builder_set_string(builder, int32(DAM_FIELD_TEXT), "sings"),
		Dam_builder_set_integer(builder, int32(DAM_FIELD_OFFSET), 7),
		Dam_builder_set_number(builder, int32(DAM_FIELD_WEIGHT), 0.5),
		Dam_builder_set_tensor(builder, int32(DAM_FIELD_EMBEDDING), 0, []uint32{1, 2},
			[]byte{0, 0, 128, 63, 0, 0, 0, 64}),
		Dam_builder_set_tag_integer(builder, "size.cm", 12),
		Dam_builder_set_score(builder, int32(DAM_FIELD_SCORES), "beauty", 0.75),
		Dam_builder_finish(builder, &document))
	defer Dam_document_free(document)

	var memory, data unsafe.Pointer
	var size, integer int64
	var kind, found int32
	var number float64
	must(t, Dam_document_string(document, int32(DAM_FIELD_TEXT), &memory, &size))
	if text := string(CopyBytes(memory, size)); text != "sings" {
		t.Error(text)
	}
	must(t, Dam_document_tensor(document, int32(DAM_FIELD_EMBEDDING), &kind, &memory, &integer, &data,
		&size))
	shape := unsafe.Slice((*uint32)(memory), integer)
	if len(shape) != 2 || shape[1] != 2 || size != 8 {
		t.Error(shape, size)
	}
	floats := make([]float32, 2)
	must(t, Dam_document_floats(document, int32(DAM_FIELD_EMBEDDING), floats, &integer),
		Dam_document_has(document, int32(DAM_FIELD_URI), &found))
	if floats[1] != 2 || found != 0 {
		t.Error(floats, found)
	}
	err := Dam_document_floats(document, int32(DAM_FIELD_EMBEDDING), nil, &integer)
	if err == nil || integer != 2 {
		t.Error(integer)
	}
	must(t, Dam_document_tag(document, "size.cm", &kind, &integer, &number, &data, &size),
		Dam_document_score(document, int32(DAM_FIELD_SCORES), "beauty", &number, &size))
	if integer != 12 || number != 0.75 {
		t.Error(integer, number)
	}
}

func TestQuantizingNeedsRoomForEveryNumber(t *testing.T) {
	var scale float64
	var zero int32
	values, steps, again := []float32{-1, 0, 1}, make([]int8, 3), make([]float32, 3)
	must(t, Dam_quantize(values, steps, &scale, &zero), Dam_dequantize(steps, scale, zero, again))
	for i := range values {
		if d := float64(values[i] - again[i]); d > scale || -d > scale {
			t.Error(values, again)
		}
	}
	if Dam_quantize(values, steps[:2], &scale, &zero) == nil {
		t.Error("three numbers went where two have room")
	}
	if Dam_dequantize(steps, scale, zero, again[:2]) == nil {
		t.Error("three numbers went where two have room")
	}
}
