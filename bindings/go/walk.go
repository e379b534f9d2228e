package dam

import (
	"context"
	"errors"
	"iter"

	"libdam.org/dam/internal/native"
)

const (
	walkBytes     = 256 << 10 // of documents that one crossing into C brings, as a rule
	walkDocuments = 1024      // at most
)

// All walks through the documents as they are when the walk begins. Leaving the loop ends it. The
// context is looked at between batches. An error is the last thing that comes: of a damaged
// document after all that stand before it, so that a Range from one behind it goes on.
func (a *Array) All(ctx context.Context) iter.Seq2[*Document, error] {
	return a.Range(ctx, Omitted, Omitted, 1)
}

// Range walks as All does, through the slice start:stop:step by Python's rules.
func (a *Array) Range(
	ctx context.Context, start, stop, step int64,
) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		snapshot, err := a.Snapshot()
		if err != nil {
			yield(nil, err)
			return
		}
		defer snapshot.Close()
		snapshot.Range(ctx, start, stop, step)(yield)
	}
}

// Slice reads the documents of the slice start:stop:step by Python's rules.
func (a *Array) Slice(start, stop, step int64) ([]*Document, error) {
	return gathered(a.Range(context.Background(), start, stop, step))
}

// All walks through the documents of the view.
func (s *Snapshot) All(ctx context.Context) iter.Seq2[*Document, error] {
	return s.Range(ctx, Omitted, Omitted, 1)
}

// Range walks through the slice start:stop:step of the view, by Python's rules.
func (s *Snapshot) Range(
	ctx context.Context, start, stop, step int64,
) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		var cursor uintptr
		err := s.call("Range", func(handle uintptr) error {
			return native.Dam_cursor_open(handle, start, stop, step, &cursor)
		})
		if err != nil {
			yield(nil, err)
			return
		}
		defer native.Dam_cursor_close(cursor)
		walk(ctx, cursor, yield)
	}
}

// Slice reads the documents of the slice start:stop:step of the view, by Python's rules.
func (s *Snapshot) Slice(start, stop, step int64) ([]*Document, error) {
	return gathered(s.Range(context.Background(), start, stop, step))
}

func gathered(documents iter.Seq2[*Document, error]) ([]*Document, error) {
	all := []*Document{}
	for document, err := range documents {
		if err != nil {
			return nil, err
		}
		all = append(all, document)
	}
	return all, nil
}

// walk hands over what the cursor gives, batch by batch, until the end or until the loop is left.
func walk(ctx context.Context, cursor uintptr, yield func(*Document, error) bool) {
	buffer := make([]byte, walkBytes)
	offsets := make([]int64, walkDocuments+1)
	for {
		if err := ended(ctx, "Range"); err != nil {
			yield(nil, err)
			return
		}
		var count int64
		err := native.Dam_cursor_read(cursor, buffer, offsets, &count)
		switch {
		case err == nil && count == 0:
			return
		case isCode(err, native.DAM_TOO_BIG):
			buffer = make([]byte, offsets[0])
			continue
		case err != nil:
			yield(nil, failed("Range", err))
			return
		}
		for i := range count {
			data := append([]byte(nil), buffer[offsets[i]:offsets[i+1]]...)
			if !yield(&Document{bytes: data}, nil) {
				return
			}
		}
	}
}

// ended is the error of an operation whose context has come to its end.
func ended(ctx context.Context, op string) error {
	if ctx == nil || ctx.Err() == nil {
		return nil
	}
	cause := context.Cause(ctx)
	return &Error{Code: ErrCancelled, Op: op, Message: cause.Error(), cause: cause}
}

func isCode(err error, code int) bool {
	var status *native.Status
	return errors.As(err, &status) && status.Code == code
}
