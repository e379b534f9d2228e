package dam

import (
	"errors"
	"math"

	"libdam.org/dam/internal/native"
)

// Code says what went wrong, as far as a caller can act on it. It is an error itself, so that
// errors.Is(err, dam.ErrNotFound) tells whether an Error is of that code.
type Code int32

// The codes of dam.h; docs there say when each is answered.
const (
	ErrNotFound        = Code(native.DAM_NOT_FOUND)
	ErrAlreadyExists   = Code(native.DAM_ALREADY_EXISTS)
	ErrConflict        = Code(native.DAM_CONFLICT)
	ErrInvalidArgument = Code(native.DAM_INVALID_ARGUMENT)
	ErrInvalidDocument = Code(native.DAM_INVALID_DOCUMENT)
	ErrOutOfRange      = Code(native.DAM_OUT_OF_RANGE)
	ErrReadOnly        = Code(native.DAM_READ_ONLY)
	ErrBusy            = Code(native.DAM_BUSY)
	ErrNoSpace         = Code(native.DAM_NO_SPACE)
	ErrIO              = Code(native.DAM_IO)
	ErrCorrupt         = Code(native.DAM_CORRUPT)
	ErrUnsupported     = Code(native.DAM_UNSUPPORTED)
	ErrPoisoned        = Code(native.DAM_POISONED)
	ErrClosed          = Code(native.DAM_CLOSED)
	ErrForked          = Code(native.DAM_FORKED)
	ErrTooBig          = Code(native.DAM_TOO_BIG)
	ErrNoMemory        = Code(native.DAM_NO_MEMORY)
	ErrCancelled       = Code(native.DAM_CANCELLED)
	ErrInternal        = Code(native.DAM_INTERNAL)
)

// Error is the name of the code, such as "NOT_FOUND".
func (c Code) Error() string { return native.Dam_status_name(int32(c)) }

// Error is what every call of this package answers that does not succeed.
type Error struct {
	Code    Code
	Op      string // the call, such as "Append"
	Message string // one line: the fact, then its values; empty for mere absence
	cause   error  // of Go's own, such as context.Canceled; mostly nil
}

func (e *Error) Error() string {
	text := "dam: " + e.Op + ": " + e.Code.Error()
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

// Unwrap answers the code, and Go's own error behind it if there is one, for errors.Is.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.Code}
	}
	return []error{e.Code, e.cause}
}

// failed makes the Error of a call out of what package native answered; nil stays nil.
func failed(op string, err error) error {
	if err == nil {
		return nil
	}
	var status *native.Status
	if errors.As(err, &status) {
		return &Error{Code: Code(status.Code), Op: op, Message: status.Text}
	}
	return &Error{Code: ErrInternal, Op: op, Message: err.Error()}
}

// Omitted, as a bound of a slice, is one left out, as in Python's a[::2].
const Omitted int64 = math.MinInt64

// AnyRevision, as an expected revision, is whichever the document has.
const AnyRevision int64 = int64(native.DAM_ANY_REVISION)

// Version is the version of libdam that runs, such as "0.1.0".
func Version() string { return native.Dam_version() }
