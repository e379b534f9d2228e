package dam

import (
	"runtime"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// ask runs a question to libdam's form of the document.
func (d *Document) ask(op string, question func(handle uintptr) error) error {
	handle, err := d.open()
	if err == nil {
		err = question(handle)
		runtime.KeepAlive(d)
	}
	return failed(op, err)
}

func (d *Document) stringField(op string, field int32) (text string, err error) {
	var memory unsafe.Pointer
	var size int64
	err = d.ask(op, func(handle uintptr) error {
		err := native.Dam_document_string(handle, field, &memory, &size)
		if err == nil {
			text = string(native.LentBytes(memory, size))
		}
		return err
	})
	return text, err
}

// Text is the text, where that is the content; a field that is absent is ErrNotFound.
func (d *Document) Text() (string, error) {
	return d.stringField("Text", int32(native.DAM_FIELD_TEXT))
}

// URI is where the content comes from.
func (d *Document) URI() (string, error) {
	return d.stringField("URI", int32(native.DAM_FIELD_URI))
}

// MimeType is the type of the content.
func (d *Document) MimeType() (string, error) {
	return d.stringField("MimeType", int32(native.DAM_FIELD_MIME_TYPE))
}

// Buffer is a copy of the bytes, where those are the content.
func (d *Document) Buffer() (data []byte, err error) {
	var memory unsafe.Pointer
	var size int64
	err = d.ask("Buffer", func(handle uintptr) error {
		err := native.Dam_document_buffer(handle, int32(native.DAM_FIELD_BUFFER), &memory, &size)
		if err == nil {
			data = native.CopyBytes(memory, size)
		}
		return err
	})
	return data, err
}

// Embedding are the numbers of the embedding, of whatever type it is, as floats.
func (d *Document) Embedding() (numbers []float32, err error) {
	field := int32(native.DAM_FIELD_EMBEDDING)
	var count int64
	err = d.ask("Embedding", func(handle uintptr) error {
		err := native.Dam_document_floats(handle, field, nil, &count)
		if isCode(err, native.DAM_TOO_BIG) {
			numbers = make([]float32, count)
			err = native.Dam_document_floats(handle, field, numbers, &count)
		}
		return err
	})
	return numbers, err
}

// Chunks are the parts of the document; none is no error.
func (d *Document) Chunks() ([]*Document, error) {
	return d.children("Chunks", int32(native.DAM_FIELD_CHUNKS))
}

// Matches are the documents that were found for this one; none is no error.
func (d *Document) Matches() ([]*Document, error) {
	return d.children("Matches", int32(native.DAM_FIELD_MATCHES))
}

func (d *Document) children(op string, field int32) ([]*Document, error) {
	all := []*Document{}
	err := d.ask(op, func(handle uintptr) error {
		var count int64
		err := native.Dam_document_count(handle, field, &count)
		if isCode(err, native.DAM_NOT_FOUND) {
			return nil
		}
		for i := int64(0); err == nil && i < count; i++ {
			var child *Document
			if child, err = childAt(handle, field, i); err == nil {
				all = append(all, child)
			}
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
}

func childAt(parent uintptr, field int32, position int64) (*Document, error) {
	var child uintptr
	if err := native.Dam_document_child(parent, field, position, &child); err != nil {
		return nil, err
	}
	defer native.Dam_document_free(child)
	return adopt(child)
}

// Tags are all tags: nil, bool, int64, float64, string, []byte, []any and map[string]any, nested.
func (d *Document) Tags() (map[string]any, error) {
	all := map[string]any{}
	err := d.ask("Tags", func(handle uintptr) error {
		var count int64
		err := native.Dam_document_count(handle, int32(native.DAM_FIELD_TAGS), &count)
		if isCode(err, native.DAM_NOT_FOUND) {
			return nil
		}
		if err != nil {
			return err
		}
		var walk uintptr
		if err := native.Dam_tags_open(handle, "", &walk); err != nil {
			return err
		}
		defer native.Dam_tags_close(walk)
		return readElements(walk, count, func(key string, value any) { all[key] = value })
	})
	return all, err
}

// tag is one step of a walk through tags; of a list or a map, count is the number of elements.
type tag struct {
	kind  int
	count int64
	key   string
	value any
}

func nextTag(walk uintptr) (tag, error) {
	var step tag
	var number float64
	var memory unsafe.Pointer
	var size int64
	var kind, depth int32
	var integer int64
	err := native.Dam_tags_next(walk, &kind, &integer, &number, &memory, &size)
	if err != nil {
		return step, err
	}
	step.kind, step.count = int(kind), integer
	switch step.kind {
	case native.DAM_TAG_FALSE, native.DAM_TAG_TRUE:
		step.value = step.kind == native.DAM_TAG_TRUE
	case native.DAM_TAG_INTEGER:
		step.value = integer
	case native.DAM_TAG_NUMBER:
		step.value = number
	case native.DAM_TAG_STRING:
		step.value = string(native.LentBytes(memory, size))
	case native.DAM_TAG_BYTES:
		step.value = native.CopyBytes(memory, size)
	}
	var key unsafe.Pointer
	err = native.Dam_tags_key(walk, &depth, &key, &size)
	step.key = string(native.LentBytes(key, size))
	return step, err
}

// readElements reads as many elements of a list or map as there are, all below them too.
// Why by count, not by depth: each list and map comes right before its elements.
func readElements(walk uintptr, count int64, add func(key string, value any)) error {
	for range count {
		step, err := nextTag(walk)
		if err != nil {
			return err
		}
		switch step.kind {
		case native.DAM_TAG_LIST:
			list := make([]any, 0, step.count)
			err = readElements(walk, step.count, func(_ string, value any) {
				list = append(list, value)
			})
			step.value = list
		case native.DAM_TAG_MAP:
			fields := make(map[string]any, step.count)
			err = readElements(walk, step.count, func(key string, value any) {
				fields[key] = value
			})
			step.value = fields
		}
		if err != nil {
			return err
		}
		add(step.key, step.value)
	}
	return nil
}
