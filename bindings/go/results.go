package dam

import (
	"iter"
	"runtime"
	"sync"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Results are the rows that a query answered. They keep the view that was asked until they are
// closed or collected, and never change; any goroutine may read them.
type Results struct {
	handle  uintptr
	count   int64
	cleanup runtime.Cleanup
	mutex   sync.RWMutex
	closed  bool
}

func newResults(handle uintptr) (*Results, error) {
	results := &Results{handle: handle}
	results.cleanup = runtime.AddCleanup(results, native.Dam_results_free, handle)
	err := native.Dam_results_count(handle, &results.count)
	return results, failed("Find", err)
}

// call runs with the handle, which a Close meanwhile does not free.
func (r *Results) call(op string, run func(handle uintptr) error) error {
	if r == nil {
		return failed(op, run(0))
	}
	r.mutex.RLock()
	defer r.mutex.RUnlock()
	if r.closed {
		return &Error{Code: ErrClosed, Op: op, Message: "the results are closed"}
	}
	defer runtime.KeepAlive(r)
	return failed(op, run(r.handle))
}

// Len is the number of rows.
func (r *Results) Len() int64 {
	if r == nil {
		return 0
	}
	return r.count
}

// Positions are where the documents of the rows stand, or the outermost ones they lie in.
func (r *Results) Positions() ([]int64, error) {
	return column[int64](r, "Positions", native.DAM_RESULTS_POSITION)
}

// Queries are, for a match, the number of the query that each row answers, from 0.
func (r *Results) Queries() ([]int64, error) {
	return column[int64](r, "Queries", native.DAM_RESULTS_QUERY)
}

// Distances are, for a match, the distances of the rows.
func (r *Results) Distances() ([]float64, error) {
	return column[float64](r, "Distances", native.DAM_RESULTS_DISTANCE)
}

func column[T int64 | float64](r *Results, op string, number int) (values []T, err error) {
	var memory unsafe.Pointer
	var size int64
	err = r.call(op, func(handle uintptr) error {
		err := native.Dam_results_read(handle, int32(number), &memory, &size)
		if err == nil {
			values = native.CopyNumbers[T](memory, size/8)
		}
		return err
	})
	return values, err
}

// IDs are the ids of the documents found, empty for a chunk that has none.
func (r *Results) IDs() (ids []string, err error) {
	var texts, ends unsafe.Pointer
	err = r.call("IDs", func(handle uintptr) error {
		return native.Dam_results_ids(handle, &texts, &ends)
	})
	if err != nil {
		return nil, err
	}
	return takeTexts(texts, ends, r.count), nil
}

// Document reads the document that a row found.
func (r *Results) Document(row int64) (document *Document, err error) {
	err = r.call("Document", func(handle uintptr) error {
		var found uintptr
		if err := native.Dam_results_document(handle, row, &found); err != nil {
			return err
		}
		defer native.Dam_document_free(found)
		document, err = adopt(found)
		return err
	})
	return document, err
}

// All reads the documents of all rows. An error is the last thing that comes.
func (r *Results) All() iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		for row := range r.Len() {
			document, err := r.Document(row)
			if !yield(document, err) || err != nil {
				return
			}
		}
	}
}

// Close frees the results; documents that were read stay valid. A second Close answers ErrClosed.
func (r *Results) Close() error {
	const op = "Close"
	if r == nil {
		return failed(op, refused("the results are nil"))
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.closed {
		return &Error{Code: ErrClosed, Op: op, Message: "the results are closed"}
	}
	r.closed = true
	r.cleanup.Stop()
	native.Dam_results_free(r.handle)
	return nil
}
