// Package native is dam.h as SWIG sees it: one Go function for each function of C, under its own
// name, with handles as uintptr and outputs as pointers. It is private to the package dam.
//
// The build makes dam.go and dam_wrap.c from bindings/dam.i; the files beside this one are what
// that needs in Go: errors out of statuses, and copies of memory that libdam owns.
//
// Safety: an output or a buffer must not lie within an object that has Go pointers; cgo panics.
package native
