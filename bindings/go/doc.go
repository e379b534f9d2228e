// Package dam is libdam for Go: an embedded array of documents on disk.
//
// An array is one directory. It holds documents in an order, each under an id that is unique in
// the array. One process writes, any number read, and what was committed survives a crash.
//
//	array, err := dam.Open("birds")
//	if err != nil {
//		return err
//	}
//	defer array.Close()
//
// Errors are of the type *Error and compare with errors.Is to ErrNotFound and the other codes.
// Positions count the documents from 0, negative ones from the end. Documents own their bytes;
// only Snapshot.View lends bytes of the file. Arrays, snapshots and documents may be used by any
// goroutine at any time, also while another closes them; a batch by one at a time.
package dam
