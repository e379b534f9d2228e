//go:build !cgo

package native

// What a build without cgo says: this line, and nothing else that is undefined.
var _ = libdam_needs_cgo_set_CGO_ENABLED_to_1_and_install_a_C_compiler
