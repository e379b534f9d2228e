package dam

import (
	"strings"
	"time"

	"libdam.org/dam/internal/native"
)

// Flag changes one writing call: Upsert, or a durability for that call alone.
type Flag uint32

const (
	// Upsert replaces a document whose id is live already; it keeps its position.
	Upsert = Flag(native.DAM_UPSERT)
	// Buffered commits stay in memory for a while: a crash of the process loses them.
	Buffered = Flag(native.DAM_BUFFERED)
	// Visible commits are seen by every process and survive a crash of this one.
	Visible = Flag(native.DAM_VISIBLE)
	// Durable commits survive a power loss.
	Durable = Flag(native.DAM_DURABLE)
)

func joined(flags []Flag) uint32 {
	var all uint32
	for _, flag := range flags {
		all |= uint32(flag)
	}
	return all
}

// Option is a choice for Open or Prune; the functions that answer one are the choices there are.
type Option struct {
	id    int
	value int64
}

// ReadOnly never writes, not even to recover, and needs no permission to.
func ReadOnly() Option { return Option{native.DAM_OPTION_READ_ONLY, 1} }

// MustExist makes Open fail with ErrNotFound where there is no array.
func MustExist() Option { return Option{native.DAM_OPTION_CREATE, 0} }

// Durability is the level of commits that name none: Buffered, Visible (the default) or Durable.
func Durability(level Flag) Option {
	return Option{native.DAM_OPTION_DURABILITY, int64(level)}
}

// LockTimeout is how long Open waits for another writer; negative: for ever.
func LockTimeout(limit time.Duration) Option {
	milliseconds := limit.Milliseconds()
	if limit > 0 && limit%time.Millisecond != 0 {
		milliseconds++
	}
	if limit < 0 {
		milliseconds = -1
	}
	return Option{native.DAM_OPTION_LOCK_TIMEOUT_MS, milliseconds}
}

// WithoutUpkeepThread runs checkpoints inside commits and Close.
func WithoutUpkeepThread() Option { return Option{native.DAM_OPTION_UPKEEP_THREAD, 0} }

// WithoutPayloadChecks reads documents without comparing their checksums.
func WithoutPayloadChecks() Option { return Option{native.DAM_OPTION_CHECK_PAYLOADS, 0} }

// WindowBytes is the address space to reserve for each of the two files; it bounds nothing.
func WindowBytes(size int64) Option { return Option{native.DAM_OPTION_WINDOW_BYTES, size} }

// AllowNetwork writes even on network file systems, at the caller's risk.
func AllowNetwork() Option { return Option{native.DAM_OPTION_ALLOW_NETWORK, 1} }

// AcceptLoss lets an open that meets damage keep what precedes it and drop the rest.
func AcceptLoss() Option { return Option{native.DAM_OPTION_ACCEPT_LOSS, 1} }

// EmbeddingDim fixes the dimension of the embedding column when the array is made.
func EmbeddingDim(dim int64) Option { return Option{native.DAM_OPTION_EMBEDDING_DIM, dim} }

// AnyEmbedding also stores documents whose embedding does not fit the column.
func AnyEmbedding() Option { return Option{native.DAM_OPTION_ANY_EMBEDDING, 1} }

// RandomReads keeps the system from reading ahead: for arrays larger than memory, read in no order.
func RandomReads() Option { return Option{native.DAM_OPTION_RANDOM_READS, 1} }

// SharedWriter lets several arrays, in any processes, write by turns, a commit each.
func SharedWriter() Option { return Option{native.DAM_OPTION_SHARED_WRITER, 1} }

// KeyLength fixes how many code points an id may have when the array is made.
func KeyLength(codePoints int64) Option { return Option{native.DAM_OPTION_KEY_LENGTH, codePoints} }

// SafeReads answers ErrIO where a file that something else cut off would end the process.
func SafeReads() Option { return Option{native.DAM_OPTION_SAFE_READS, 1} }

// Temporary makes an array without a name, which goes when it is closed; the path given to Open is
// the directory whose disk it uses, empty for the system's own.
func Temporary() Option { return Option{native.DAM_OPTION_TEMPORARY, 1} }

// GarbagePercent is for Prune: it does nothing while fewer of 100 bytes are dead.
func GarbagePercent(percent int64) Option {
	return Option{native.DAM_OPTION_GARBAGE_PERCENT, percent}
}

// nativeOptions makes libdam's object of them; the caller frees it.
func nativeOptions(options []Option) (uintptr, error) {
	var handle uintptr
	if err := native.Dam_options_create(&handle); err != nil {
		return 0, err
	}
	for _, option := range options {
		if err := native.Dam_options_set(handle, int32(option.id), option.value); err != nil {
			native.Dam_options_free(handle)
			return 0, err
		}
	}
	return handle, nil
}

// checkedPath refuses what C would cut: a path ends at its first NUL there.
func checkedPath(path string) error {
	if strings.ContainsRune(path, 0) {
		return refused("the path holds a NUL")
	}
	return nil
}

// refused is what C would answer to an argument that cannot reach it.
func refused(text string) error {
	return &native.Status{Code: native.DAM_INVALID_ARGUMENT, Text: text}
}
