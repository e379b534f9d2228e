package dam

import (
	"context"
	"errors"
	"runtime"
	"time"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Array is an open array. Close it; one that is forgotten is closed some time after the last use,
// which may be long after another process wished to write.
type Array struct {
	handle  uintptr
	cleanup runtime.Cleanup
}

// Open opens the array in the directory path, and makes it when it is absent. An array that a
// crash left behind is recovered first. ErrBusy: another process or handle writes to it.
func Open(path string, options ...Option) (*Array, error) {
	const op = "Open"
	if err := checkedPath(path); err != nil {
		return nil, failed(op, err)
	}
	chosen, err := nativeOptions(options)
	if err != nil {
		return nil, failed(op, err)
	}
	defer native.Dam_options_free(chosen)
	var opened uintptr
	if err := native.Dam_open(path, chosen, &opened); err != nil {
		return nil, failed(op, err)
	}
	array := &Array{handle: opened}
	array.cleanup = runtime.AddCleanup(array, func(handle uintptr) {
		_ = native.Dam_close(handle)
	}, opened)
	return array, nil
}

// call hands the native handle to one call of C. A nil array passes NULL, which C refuses.
// Why KeepAlive: without it the array may be collected, and so closed, while C works in it.
func (a *Array) call(op string, run func(handle uintptr) error) error {
	if a == nil {
		return failed(op, run(0))
	}
	err := run(a.handle)
	runtime.KeepAlive(a)
	return failed(op, err)
}

// Close flushes what was committed and gives the writer's lock up, whatever it answers. Calls of
// other goroutines that run in the array end first. Snapshots and documents stay valid. A second
// Close answers ErrClosed.
func (a *Array) Close() error {
	return a.call("Close", func(handle uintptr) error {
		if a != nil {
			a.cleanup.Stop()
		}
		return native.Dam_close(handle)
	})
}

// Reload adopts what other processes committed since, and tells whether there was anything.
func (a *Array) Reload() (changed bool, err error) {
	var value int32
	err = a.call("Reload", func(handle uintptr) error {
		return native.Dam_reload(handle, &value)
	})
	return value != 0, err
}

// waitSlice is how long a wait stays in C before it looks at its context.
const waitSlice = 50 * time.Millisecond

// Wait waits until the array has a commit after a revision, whoever made it, adopts it, and answers
// the revision of the newest. The end of the context is ErrCancelled, and the error of the context.
func (a *Array) Wait(ctx context.Context, revision int64) (newest int64, err error) {
	for {
		if err := ended(ctx, "Wait"); err != nil {
			return 0, err
		}
		err = a.call("Wait", func(handle uintptr) error {
			return native.Dam_wait(handle, revision, waitSlice.Milliseconds(), &newest)
		})
		if !errors.Is(err, ErrBusy) {
			return newest, err
		}
	}
}

// Flush makes buffered commits visible to other processes.
func (a *Array) Flush() error { return a.call("Flush", native.Dam_flush) }

// Sync makes every commit so far survive a power loss.
func (a *Array) Sync() error { return a.call("Sync", native.Dam_sync) }

// Path is the directory, as given to Open.
func (a *Array) Path() (string, error) {
	var text unsafe.Pointer
	var size int64
	err := a.call("Path", func(handle uintptr) error {
		return native.Dam_path(handle, &text, &size)
	})
	if err != nil {
		return "", err
	}
	return string(native.TakeBytes(text, size)), nil
}

// Stats are numbers about an array; bytes where the name does not say otherwise.
type Stats struct {
	Documents       int64 // live ones
	Slots           int64 // documents ever added to this generation
	LiveBytes       int64
	DeadBytes       int64 // what a prune would give back
	Generation      int64
	Revision        int64 // the latest commit
	BodyBytes       int64
	HeaderBytes     int64
	IndexBytes      int64
	IndexMemory     int64
	DurableRevision int64 // the latest commit known to survive a power loss
	EmbeddingDim    int64 // 0: none yet
	PinnedBytes     int64 // files of pruned generations that snapshots keep
	GarbagePercent  int64 // dead bytes of 100 in the body
	KeyLength       int64 // code points that an id may have; 0: any number
	Sealed          int64 // 1: nothing is written any more; else 0
}

// Stat reads the numbers one after the other: while others write, they are not of one moment.
func (a *Array) Stat() (Stats, error) {
	var stats Stats
	wanted := []struct {
		stat  int
		value *int64
	}{
		{native.DAM_STAT_DOCUMENTS, &stats.Documents},
		{native.DAM_STAT_SLOTS, &stats.Slots},
		{native.DAM_STAT_LIVE_BYTES, &stats.LiveBytes},
		{native.DAM_STAT_DEAD_BYTES, &stats.DeadBytes},
		{native.DAM_STAT_GENERATION, &stats.Generation},
		{native.DAM_STAT_REVISION, &stats.Revision},
		{native.DAM_STAT_BODY_BYTES, &stats.BodyBytes},
		{native.DAM_STAT_HEADER_BYTES, &stats.HeaderBytes},
		{native.DAM_STAT_INDEX_BYTES, &stats.IndexBytes},
		{native.DAM_STAT_INDEX_MEMORY, &stats.IndexMemory},
		{native.DAM_STAT_DURABLE_REVISION, &stats.DurableRevision},
		{native.DAM_STAT_EMBEDDING_DIM, &stats.EmbeddingDim},
		{native.DAM_STAT_PINNED_BYTES, &stats.PinnedBytes},
		{native.DAM_STAT_GARBAGE_PERCENT, &stats.GarbagePercent},
		{native.DAM_STAT_KEY_LENGTH, &stats.KeyLength},
		{native.DAM_STAT_SEALED, &stats.Sealed},
	}
	for _, number := range wanted {
		err := a.call("Stat", func(handle uintptr) error {
			return native.Dam_stat(handle, int32(number.stat), number.value)
		})
		if err != nil {
			return Stats{}, err
		}
	}
	return stats, nil
}

// Verify reads every byte of the array in a directory and compares all that must agree; others
// may write to it meanwhile. The report has one line for each damaged place, and comes with
// ErrCorrupt; it is empty when there is none. ErrCancelled: the context ended first.
func Verify(ctx context.Context, path string) (report string, err error) {
	const op = "Verify"
	if err := checkedPath(path); err != nil {
		return "", failed(op, err)
	}
	var text unsafe.Pointer
	var size int64
	err = withTask(ctx, func(task uintptr) error {
		return native.Dam_verify(path, task, &text, &size)
	})
	if text != nil {
		report = string(native.TakeBytes(text, size))
	}
	return report, failed(op, err)
}
