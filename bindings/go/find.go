package dam

import (
	"context"
	"encoding/json"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Filter is what a document must have to be found, such as
//
//	dam.Filter{"tags.grams": dam.Filter{"$lt": 20}, "text": dam.Filter{"$regex": "^s"}}
//
// It is the language of filters in JSON, as encoding/json writes it. nil lets all documents pass.
type Filter map[string]any

// FindOffset is for Find: how many of the documents found to pass over.
func FindOffset(count int64) Option { return Option{native.DAM_OPTION_FIND_OFFSET, count} }

// FindLimit is for Find: how many documents to give out at most.
func FindLimit(count int64) Option { return Option{native.DAM_OPTION_FIND_LIMIT, count} }

// Find finds the documents that pass a filter, in order of their positions. ErrInvalidArgument: the
// filter is none. ErrCancelled: the context ended first.
func (s *Snapshot) Find(ctx context.Context, filter Filter, options ...Option) (*Results, error) {
	return s.FindAt(ctx, "r", filter, options...)
}

// FindAt is Find on other levels: letters with commas between them, `r` for the documents, `c` for
// their chunks, `m` for their matches, `cm` for the matches of chunks.
func (s *Snapshot) FindAt(
	ctx context.Context, levels string, filter Filter, options ...Option,
) (*Results, error) {
	var found uintptr
	err := s.call("Find", func(handle uintptr) error {
		chosen, err := nativeOptions(options)
		if err != nil {
			return err
		}
		defer native.Dam_options_free(chosen)
		return filter.lend(func(filter uintptr) error {
			return withTask(ctx, func(task uintptr) error {
				return native.Dam_find(handle, filter, levels, chosen, task, &found)
			})
		})
	})
	if err != nil {
		return nil, err
	}
	return newResults(found)
}

// CountWhere counts the documents that pass a filter.
func (s *Snapshot) CountWhere(ctx context.Context, filter Filter) (count int64, err error) {
	err = s.call("CountWhere", func(handle uintptr) error {
		return filter.lend(func(filter uintptr) error {
			return withTask(ctx, func(task uintptr) error {
				return native.Dam_count_where(handle, filter, "r", task, &count)
			})
		})
	})
	return count, err
}

// Explain finds, and tells people how: which step of the filter kept how many documents.
func (s *Snapshot) Explain(ctx context.Context, filter Filter) (text string, err error) {
	var memory unsafe.Pointer
	var size int64
	err = s.call("Explain", func(handle uintptr) error {
		return filter.lend(func(filter uintptr) error {
			return withTask(ctx, func(task uintptr) error {
				return native.Dam_explain(handle, filter, "r", task, &memory, &size)
			})
		})
	})
	if err != nil {
		return "", err
	}
	return string(native.TakeBytes(memory, size)), nil
}

// Find finds among the documents as they are now; see Snapshot.Find.
func (a *Array) Find(ctx context.Context, filter Filter, options ...Option) (*Results, error) {
	snapshot, err := a.Snapshot()
	if err != nil {
		return nil, err
	}
	defer snapshot.Close()
	return snapshot.Find(ctx, filter, options...)
}

// CountWhere counts the documents that pass a filter now.
func (a *Array) CountWhere(ctx context.Context, filter Filter) (int64, error) {
	snapshot, err := a.Snapshot()
	if err != nil {
		return 0, err
	}
	defer snapshot.Close()
	return snapshot.CountWhere(ctx, filter)
}

// DeleteWhere deletes the documents that pass a filter, as one commit, and answers how many. A nil
// filter is ErrInvalidArgument; Clear deletes all.
func (a *Array) DeleteWhere(
	ctx context.Context, filter Filter, flags ...Flag,
) (deleted int64, err error) {
	var revision int64
	err = a.call("DeleteWhere", func(handle uintptr) error {
		return filter.lend(func(filter uintptr) error {
			return withTask(ctx, func(task uintptr) error {
				return native.Dam_delete_where(handle, filter, joined(flags), task, &deleted,
					&revision)
			})
		})
	})
	return deleted, err
}

// lend runs with libdam's form of the filter, which is NULL for nil.
func (f Filter) lend(run func(filter uintptr) error) error {
	if f == nil {
		return run(0)
	}
	text, err := json.Marshal(f)
	if err != nil {
		return refused("the filter is no JSON: " + err.Error())
	}
	var handle uintptr
	if err := native.Dam_filter_parse(text, &handle); err != nil {
		return err
	}
	defer native.Dam_filter_free(handle)
	return run(handle)
}
