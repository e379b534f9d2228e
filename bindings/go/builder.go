package dam

import (
	"bytes"
	"runtime"
	"slices"

	"libdam.org/dam/internal/native"
)

// Builder makes a document field by field. What a call sets replaces what the field had; of text,
// buffer and blob, setting one clears the others. The first call that fails is remembered: those
// after it do nothing, and Build answers its error. A builder makes one document, and is used by
// one goroutine at a time; one that is forgotten is dropped.
type Builder struct {
	handle  uintptr
	cleanup runtime.Cleanup
	ended   bool
	err     error
}

// NewBuilder begins an empty document.
func NewBuilder() *Builder { return beginBuilder("NewBuilder", 0) }

// Builder begins with what this document has.
func (d *Document) Builder() *Builder {
	const op = "Builder"
	if d == nil {
		return &Builder{err: failed(op, refused("the document is nil"))}
	}
	handle, err := d.open()
	if err != nil {
		return &Builder{err: failed(op, err)}
	}
	defer runtime.KeepAlive(d)
	return beginBuilder(op, handle)
}

func beginBuilder(op string, document uintptr) *Builder {
	var begun uintptr
	if err := native.Dam_builder_create(document, &begun); err != nil {
		return &Builder{err: failed(op, err)}
	}
	builder := &Builder{handle: begun}
	builder.cleanup = runtime.AddCleanup(builder, discardBuilder, begun)
	return builder
}

func discardBuilder(handle uintptr) { _ = native.Dam_builder_discard(handle) }

// do runs a call unless one before it failed.
func (b *Builder) do(op string, run func(handle uintptr) error) *Builder {
	switch {
	case b == nil:
		return &Builder{err: failed(op, refused("the builder is nil"))}
	case b.err != nil:
	case b.ended:
		b.err = &Error{Code: ErrClosed, Op: op, Message: "the builder has made its document"}
	default:
		b.err = failed(op, run(b.handle))
		runtime.KeepAlive(b)
	}
	return b
}

// Build makes the document, or answers the error of the first call that failed; either ends the
// builder. ErrInvalidDocument: a tensor whose data does not fill its shape, or nesting too deep.
func (b *Builder) Build() (document *Document, err error) {
	const op = "Build"
	b = b.do(op, func(handle uintptr) error {
		var made uintptr
		if err := native.Dam_builder_finish(handle, &made); err != nil {
			return err
		}
		defer native.Dam_document_free(made)
		document, err = adopt(made)
		return err
	})
	err = b.err
	b.Discard()
	return document, err
}

// Discard drops the builder; it does nothing after Build.
func (b *Builder) Discard() {
	if b == nil || b.ended {
		return
	}
	b.ended = true
	if b.handle != 0 {
		b.cleanup.Stop()
		discardBuilder(b.handle)
	}
}

// ID sets the id.
func (b *Builder) ID(id string) *Builder { return b.SetString(FieldID, id) }

// Text sets the text.
func (b *Builder) Text(text string) *Builder { return b.SetString(FieldText, text) }

// Embedding sets the embedding to a vector of F32.
func (b *Builder) Embedding(values ...float32) *Builder {
	return b.SetFloats(FieldEmbedding, values)
}

// Chunk appends a chunk.
func (b *Builder) Chunk(chunk *Document) *Builder { return b.Add(FieldChunks, chunk) }

// Match appends a match.
func (b *Builder) Match(match *Document) *Builder { return b.Add(FieldMatches, match) }

// SetString sets a field that is a string.
func (b *Builder) SetString(field Field, text string) *Builder {
	return b.do("SetString", func(handle uintptr) error {
		return native.Dam_builder_set_string(handle, int32(field), text)
	})
}

// SetBytes sets a field that is bytes; nil are none.
func (b *Builder) SetBytes(field Field, data []byte) *Builder {
	// Why a copy, here and below: what a caller passes may lie within a struct that has pointers.
	copied := bytes.Clone(data)
	return b.do("SetBytes", func(handle uintptr) error {
		return native.Dam_builder_set_buffer(handle, int32(field), copied)
	})
}

// SetInteger sets a field that is an integer, 0 to 4,294,967,295.
func (b *Builder) SetInteger(field Field, integer int64) *Builder {
	return b.do("SetInteger", func(handle uintptr) error {
		return native.Dam_builder_set_integer(handle, int32(field), integer)
	})
}

// SetNumber sets the weight, which is stored as a float32.
func (b *Builder) SetNumber(field Field, number float64) *Builder {
	return b.do("SetNumber", func(handle uintptr) error {
		return native.Dam_builder_set_number(handle, int32(field), number)
	})
}

// SetFloats sets the embedding or the blob to a vector of F32, or the location.
func (b *Builder) SetFloats(field Field, values []float32) *Builder {
	copied := slices.Clone(values)
	return b.do("SetFloats", func(handle uintptr) error {
		return native.Dam_builder_set_floats(handle, int32(field), copied)
	})
}

// SetTensor sets the embedding or the blob, as it is: sparse, quantized, or neither.
func (b *Builder) SetTensor(field Field, tensor *Tensor) *Builder {
	return b.do("SetTensor", func(handle uintptr) error {
		if tensor == nil {
			return refused("the tensor is nil")
		}
		err := native.Dam_builder_set_tensor(handle, int32(field), int32(tensor.Dtype),
			slices.Clone(tensor.Shape), bytes.Clone(tensor.Data))
		if sparse := tensor.Sparse; err == nil && sparse != nil {
			err = native.Dam_builder_set_sparse(handle, int32(field), int32(sparse.Format),
				slices.Clone(sparse.Indices))
		}
		if quantization := tensor.Quantization; err == nil && quantization != nil {
			err = native.Dam_builder_set_quantization(handle, int32(field), quantization.Scale,
				quantization.ZeroPoint)
		}
		return err
	})
}

// Add appends a document to the chunks or the matches. Parent, granularity and adjacency follow
// from the document that is built.
func (b *Builder) Add(field Field, child *Document) *Builder {
	return b.do("Add", func(handle uintptr) error {
		document, err := child.open()
		if err != nil {
			return err
		}
		defer runtime.KeepAlive(child)
		return native.Dam_builder_add_child(handle, int32(field), document)
	})
}

// Remove removes the chunk or the match at a position, negative ones from the end.
func (b *Builder) Remove(field Field, position int64) *Builder {
	return b.do("Remove", func(handle uintptr) error {
		return native.Dam_builder_remove_child(handle, int32(field), position)
	})
}

// Clear makes a field absent.
func (b *Builder) Clear(field Field) *Builder {
	return b.do("Clear", func(handle uintptr) error {
		return native.Dam_builder_clear(handle, int32(field))
	})
}

// Score sets one of the scores or evaluations.
func (b *Builder) Score(field Field, name string, score Score) *Builder {
	return b.do("Score", func(handle uintptr) error {
		return setScore(handle, int32(field), escaped(name), &score)
	})
}

func setScore(handle uintptr, field int32, path string, score *Score) error {
	err := native.Dam_builder_set_score(handle, field, path, score.Value)
	for part, text := range score.strings() {
		if err == nil && *text != "" {
			err = native.Dam_builder_set_score_string(handle, field, path, part, *text)
		}
	}
	for i := range score.Operands {
		if err == nil {
			err = setScore(handle, field, below(path, step(i)), &score.Operands[i])
		}
	}
	return err
}
