package dam

import (
	"context"

	"libdam.org/dam/internal/native"
)

// Prune rewrites the live documents into new files and gives the space of all others back. Readers
// and writers go on meanwhile; a crash leaves the array as it was, or pruned. The disk holds both
// until the end. ErrCancelled: the context ended first, and nothing changed.
func (a *Array) Prune(ctx context.Context, options ...Option) error {
	return a.call("Prune", func(handle uintptr) error {
		chosen, err := nativeOptions(options)
		if err != nil {
			return err
		}
		defer native.Dam_options_free(chosen)
		return withTask(ctx, func(task uintptr) error {
			return native.Dam_prune(handle, chosen, task)
		})
	})
}

// PruneOrdered prunes and gives the documents a new order: positions has what stands at each place
// afterwards, each position of the array once.
func (a *Array) PruneOrdered(ctx context.Context, positions []int64) error {
	// Why a copy: what a caller passes may lie within a struct that has pointers.
	order := append([]int64(nil), positions...)
	return a.call("PruneOrdered", func(handle uintptr) error {
		return withTask(ctx, func(task uintptr) error {
			return native.Dam_prune_ordered(handle, order, 0, task)
		})
	})
}

// Clear deletes every document and gives their space back; the array stays in use.
func (a *Array) Clear(flags ...Flag) (revision int64, err error) {
	err = a.call("Clear", func(handle uintptr) error {
		return native.Dam_clear(handle, joined(flags), &revision)
	})
	return revision, err
}

// withTask runs long work with a task that the end of the context cancels.
func withTask(ctx context.Context, run func(task uintptr) error) error {
	var task uintptr
	if err := native.Dam_task_create(&task); err != nil {
		return err
	}
	defer native.Dam_task_release(task)
	if ctx != nil && ctx.Err() != nil {
		// Why at once: AfterFunc runs in a goroutine of its own, behind which short work would end.
		_ = native.Dam_task_cancel(task)
	} else if ctx != nil {
		stop := context.AfterFunc(ctx, func() { _ = native.Dam_task_cancel(task) })
		defer stop()
	}
	return run(task)
}
