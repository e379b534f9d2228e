//go:build cgo

package native

import (
	"bytes"
	"slices"
	"unsafe"
)

// CopyBytes copies memory that libdam lends.
func CopyBytes(memory unsafe.Pointer, size int64) []byte {
	return bytes.Clone(LentBytes(memory, size))
}

// LentBytes shows memory that libdam lends, for as long as it does. NULL shows as no bytes.
func LentBytes(memory unsafe.Pointer, size int64) []byte {
	if memory == nil {
		return []byte{}
	}
	return unsafe.Slice((*byte)(memory), size)
}

// CopyOffsets copies count offsets that libdam lends.
func CopyOffsets(memory unsafe.Pointer, count int64) []int64 {
	return CopyNumbers[int64](memory, count)
}

// CopyNumbers copies count numbers that libdam lends.
func CopyNumbers[T int64 | uint32 | float64](memory unsafe.Pointer, count int64) []T {
	if memory == nil {
		return []T{}
	}
	return slices.Clone(unsafe.Slice((*T)(memory), count))
}

// TakeBytes copies memory that libdam hands over, and frees it.
func TakeBytes(memory unsafe.Pointer, size int64) []byte {
	defer Dam_free(memory)
	return CopyBytes(memory, size)
}
