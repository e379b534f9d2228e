package dam

import (
	"bytes"

	"libdam.org/dam/internal/native"
)

// Written says where a commit put its first document, and which commit it was.
type Written struct {
	Position int64 // -1 when a document was replaced, or is gone again
	Revision int64
}

// Append adds one document at the end, as a commit of its own. Without an id it gets a fresh one,
// which IDAt reads. ErrAlreadyExists: the id is there already, and Upsert is not among the flags.
func (a *Array) Append(document *Document, flags ...Flag) (Written, error) {
	var done Written
	err := a.call("Append", func(handle uintptr) error {
		return native.Dam_append(handle, document.Bytes(), joined(flags), &done.Position,
			&done.Revision)
	})
	return done, err
}

// Extend adds documents as one commit: all of them or none, across a crash too.
func (a *Array) Extend(documents []*Document, flags ...Flag) (Written, error) {
	packed, offsets := packDocuments(documents)
	var done Written
	err := a.call("Extend", func(handle uintptr) error {
		return native.Dam_extend(handle, packed, offsets, joined(flags), &done.Position,
			&done.Revision)
	})
	return done, err
}

// packDocuments puts each document on a multiple of 8, as dam_extend wishes.
func packDocuments(documents []*Document) (packed []byte, offsets []int64) {
	size := 0
	for _, document := range documents {
		size += (len(document.Bytes()) + 7) &^ 7
	}
	packed = make([]byte, 0, size)
	offsets = make([]int64, len(documents)+1)
	for i, document := range documents {
		packed = append(packed, document.Bytes()...)
		packed = packed[:(len(packed)+7)&^7]
		offsets[i+1] = int64(len(packed))
	}
	return packed, offsets
}

// Set replaces the document of an id, which the new one must bear too; it keeps its position.
// ErrConflict: the document has another revision than the expected one (AnyRevision: any will do).
func (a *Array) Set(
	id string, document *Document, expectedRevision int64, flags ...Flag,
) (revision int64, err error) {
	err = a.call("Set", func(handle uintptr) error {
		return native.Dam_set(handle, id, document.Bytes(), expectedRevision, joined(flags),
			&revision)
	})
	return revision, err
}

// SetAt replaces the document at a position; its id may change to one that is not there yet.
func (a *Array) SetAt(
	position int64, document *Document, expectedRevision int64, flags ...Flag,
) (revision int64, err error) {
	err = a.call("SetAt", func(handle uintptr) error {
		return native.Dam_set_at(handle, position, document.Bytes(), expectedRevision,
			joined(flags), &revision)
	})
	return revision, err
}

// Patch applies a JSON merge patch (RFC 7396) to the document of an id, as one commit.
func (a *Array) Patch(
	id string, patch []byte, expectedRevision int64, flags ...Flag,
) (revision int64, err error) {
	// Why a copy: what a caller passes may lie within a struct that has pointers.
	text := bytes.Clone(patch)
	err = a.call("Patch", func(handle uintptr) error {
		return native.Dam_patch(handle, id, text, expectedRevision, joined(flags), &revision)
	})
	return revision, err
}

// Delete deletes the document of an id; later positions move down by one.
func (a *Array) Delete(
	id string, expectedRevision int64, flags ...Flag,
) (revision int64, err error) {
	err = a.call("Delete", func(handle uintptr) error {
		return native.Dam_delete(handle, id, expectedRevision, joined(flags), &revision)
	})
	return revision, err
}

// DeleteAt deletes the document at a position.
func (a *Array) DeleteAt(
	position, expectedRevision int64, flags ...Flag,
) (revision int64, err error) {
	err = a.call("DeleteAt", func(handle uintptr) error {
		return native.Dam_delete_at(handle, position, expectedRevision, joined(flags), &revision)
	})
	return revision, err
}

// DeleteSlice deletes the slice start:stop:step, by Python's rules, as one commit, and answers how
// many documents that were.
func (a *Array) DeleteSlice(
	start, stop, step int64, flags ...Flag,
) (deleted int64, err error) {
	err = a.call("DeleteSlice", func(handle uintptr) error {
		return native.Dam_delete_range(handle, start, stop, step, joined(flags), &deleted)
	})
	return deleted, err
}
