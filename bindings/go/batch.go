package dam

import (
	"runtime"

	"libdam.org/dam/internal/native"
)

// Batch gathers writes that readers see together or never. Nothing is written before Commit. It is
// used by one goroutine at a time; one that is forgotten is discarded.
type Batch struct {
	handle  uintptr
	cleanup runtime.Cleanup
}

// Batch begins a batch; Commit or Discard ends it.
func (a *Array) Batch() (*Batch, error) {
	var begun uintptr
	err := a.call("Batch", func(handle uintptr) error {
		return native.Dam_batch_begin(handle, &begun)
	})
	if err != nil {
		return nil, err
	}
	batch := &Batch{handle: begun}
	batch.cleanup = runtime.AddCleanup(batch, func(handle uintptr) {
		_ = native.Dam_batch_discard(handle)
	}, begun)
	return batch, nil
}

func (b *Batch) call(op string, run func(handle uintptr) error) error {
	if b == nil {
		return failed(op, run(0))
	}
	err := run(b.handle)
	runtime.KeepAlive(b)
	return failed(op, err)
}

// Append adds a document; whether its id is there already is looked up by Commit.
func (b *Batch) Append(document *Document, flags ...Flag) error {
	return b.call("Append", func(handle uintptr) error {
		return native.Dam_batch_append(handle, document.Bytes(), joined(flags))
	})
}

// Set replaces the document of an id, as Array.Set.
func (b *Batch) Set(id string, document *Document, expectedRevision int64) error {
	return b.call("Set", func(handle uintptr) error {
		return native.Dam_batch_set(handle, id, document.Bytes(), expectedRevision)
	})
}

// SetAt replaces the document at a position of the array as it is now.
func (b *Batch) SetAt(position int64, document *Document, expectedRevision int64) error {
	return b.call("SetAt", func(handle uintptr) error {
		return native.Dam_batch_set_at(handle, position, document.Bytes(), expectedRevision)
	})
}

// Delete deletes the document of an id, as Array.Delete.
func (b *Batch) Delete(id string, expectedRevision int64) error {
	return b.call("Delete", func(handle uintptr) error {
		return native.Dam_batch_delete(handle, id, expectedRevision)
	})
}

// DeleteAt deletes the document at a position of the array as it is now.
func (b *Batch) DeleteAt(position, expectedRevision int64) error {
	return b.call("DeleteAt", func(handle uintptr) error {
		return native.Dam_batch_delete_at(handle, position, expectedRevision)
	})
}

// Commit writes all of it, or on any error nothing, and ends the batch.
func (b *Batch) Commit(flags ...Flag) (revision int64, err error) {
	err = b.call("Commit", func(handle uintptr) error {
		return native.Dam_batch_commit(handle, joined(flags), &revision)
	})
	return revision, err
}

// Discard drops the batch. After Commit it answers ErrClosed and does nothing, so that it may be
// deferred right after Batch.
func (b *Batch) Discard() error { return b.call("Discard", native.Dam_batch_discard) }
