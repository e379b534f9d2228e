package dam

import (
	"bytes"
	"runtime"
	"sync"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Document is one document: a finished FlatBuffer of document.fbs, in memory of its own. It never
// changes, and any goroutine may read it.
type Document struct {
	bytes  []byte
	once   sync.Once
	handle uintptr
	err    error
}

// JSONFlag changes how documents are read from JSON or written to it.
type JSONFlag uint32

const (
	// UnknownToTags makes tags of members that documents do not have, instead of an error.
	UnknownToTags = JSONFlag(native.DAM_JSON_UNKNOWN_TO_TAGS)
	// PlainArrays writes tensors as nested lists of numbers instead of base64.
	PlainArrays = JSONFlag(native.DAM_JSON_ARRAYS)
)

func joinedJSON(flags []JSONFlag) uint32 {
	var all uint32
	for _, flag := range flags {
		all |= uint32(flag)
	}
	return all
}

// NewDocument takes a finished FlatBuffer, which it checks and copies.
func NewDocument(data []byte) (*Document, error) {
	document := &Document{bytes: bytes.Clone(data)}
	if _, err := document.open(); err != nil {
		return nil, failed("NewDocument", err)
	}
	return document, nil
}

// FromJSON makes a document of JSON; docs/document.md has the mapping.
func FromJSON(json []byte, flags ...JSONFlag) (*Document, error) {
	const op = "FromJSON"
	var handle uintptr
	// Why a copy: what a caller passes may lie within a struct that has pointers, which must not
	// reach C.
	err := native.Dam_document_from_json(bytes.Clone(json), joinedJSON(flags), &handle)
	if err != nil {
		return nil, failed(op, err)
	}
	defer native.Dam_document_free(handle)
	document, err := adopt(handle)
	return document, failed(op, err)
}

// adopt copies what libdam's form of a document holds.
func adopt(handle uintptr) (*Document, error) {
	var data unsafe.Pointer
	var size int64
	if err := native.Dam_document_bytes(handle, &data, &size); err != nil {
		return nil, err
	}
	return &Document{bytes: native.CopyBytes(data, size)}, nil
}

// open makes libdam's own form of the document, at the first question about what is in it.
func (d *Document) open() (uintptr, error) {
	if d == nil {
		return 0, nil
	}
	d.once.Do(func() {
		var made uintptr
		d.err = native.Dam_document_from_bytes(d.bytes, &made)
		if d.err == nil {
			d.handle = made
			runtime.AddCleanup(d, native.Dam_document_free, made)
		}
	})
	return d.handle, d.err
}

// Bytes are the FlatBuffer, which must not be changed. A document that came with others in one
// batch may have up to 7 zero bytes behind it.
func (d *Document) Bytes() []byte {
	if d == nil {
		return nil
	}
	return d.bytes
}

// ID is the id of the document, empty when it has none yet.
func (d *Document) ID() (string, error) {
	var id unsafe.Pointer
	var size int64
	handle, err := d.open()
	if err == nil {
		err = native.Dam_document_id(handle, &id, &size)
	}
	if err != nil {
		return "", failed("ID", err)
	}
	text := string(native.LentBytes(id, size))
	runtime.KeepAlive(d)
	return text, nil
}

// JSON is the canonical JSON of the document, on one line.
func (d *Document) JSON(flags ...JSONFlag) ([]byte, error) {
	var text unsafe.Pointer
	var size int64
	handle, err := d.open()
	if err == nil {
		err = native.Dam_document_to_json(handle, joinedJSON(flags), &text, &size)
		runtime.KeepAlive(d)
	}
	if err != nil {
		return nil, failed("JSON", err)
	}
	return native.TakeBytes(text, size), nil
}

// MarshalJSON is JSON without flags, for encoding/json.
func (d *Document) MarshalJSON() ([]byte, error) { return d.JSON() }
