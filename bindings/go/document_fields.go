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

func (d *Document) stringField(op string, field Field) (text string, err error) {
	var memory unsafe.Pointer
	var size int64
	err = d.ask(op, func(handle uintptr) error {
		err := native.Dam_document_string(handle, int32(field), &memory, &size)
		if err == nil {
			text = string(native.LentBytes(memory, size))
		}
		return err
	})
	return text, err
}

// Text is the text, where that is the content; a field that is absent is ErrNotFound.
func (d *Document) Text() (string, error) {
	return d.stringField("Text", FieldText)
}

// URI is where the content comes from.
func (d *Document) URI() (string, error) {
	return d.stringField("URI", FieldURI)
}

// MimeType is the type of the content.
func (d *Document) MimeType() (string, error) {
	return d.stringField("MimeType", FieldMimeType)
}

// Buffer is a copy of the bytes, where those are the content.
func (d *Document) Buffer() ([]byte, error) { return d.bytesField("Buffer", FieldBuffer) }

func (d *Document) bytesField(op string, field Field) (data []byte, err error) {
	var memory unsafe.Pointer
	var size int64
	err = d.ask(op, func(handle uintptr) error {
		err := native.Dam_document_buffer(handle, int32(field), &memory, &size)
		if err == nil {
			data = native.CopyBytes(memory, size)
		}
		return err
	})
	return data, err
}

// Embedding are the numbers of the embedding, of whatever type it is, as floats.
func (d *Document) Embedding() ([]float32, error) {
	return numbersOf(d, "Embedding", FieldEmbedding, native.Dam_document_floats)
}

// Chunks are the parts of the document; none is no error.
func (d *Document) Chunks() ([]*Document, error) {
	return d.children("Chunks", FieldChunks)
}

// Matches are the documents that were found for this one; none is no error.
func (d *Document) Matches() ([]*Document, error) {
	return d.children("Matches", FieldMatches)
}

func (d *Document) children(op string, field Field) ([]*Document, error) {
	all := []*Document{}
	err := d.ask(op, func(handle uintptr) error {
		var count int64
		err := native.Dam_document_count(handle, int32(field), &count)
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

func childAt(parent uintptr, field Field, position int64) (*Document, error) {
	var child uintptr
	if err := native.Dam_document_child(parent, int32(field), position, &child); err != nil {
		return nil, err
	}
	defer native.Dam_document_free(child)
	return adopt(child)
}
