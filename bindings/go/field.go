package dam

import (
	"runtime"

	"libdam.org/dam/internal/native"
)

// Field is a field of documents; docs/document.md tells what each is for. The functions whose names
// end in Of read one of a kind, and answer ErrNotFound where it is absent.
type Field int32

// The fields, after dam.h.
const (
	FieldID          = Field(native.DAM_FIELD_ID)
	FieldText        = Field(native.DAM_FIELD_TEXT)        // content
	FieldTags        = Field(native.DAM_FIELD_TAGS)        // see Document.Tags
	FieldEmbedding   = Field(native.DAM_FIELD_EMBEDDING)   // tensor
	FieldURI         = Field(native.DAM_FIELD_URI)         // string
	FieldMimeType    = Field(native.DAM_FIELD_MIME_TYPE)   // string
	FieldBuffer      = Field(native.DAM_FIELD_BUFFER)      // bytes; content
	FieldBlob        = Field(native.DAM_FIELD_BLOB)        // tensor; content
	FieldParentID    = Field(native.DAM_FIELD_PARENT_ID)   // string
	FieldGranularity = Field(native.DAM_FIELD_GRANULARITY) // integer
	FieldAdjacency   = Field(native.DAM_FIELD_ADJACENCY)   // integer
	FieldWeight      = Field(native.DAM_FIELD_WEIGHT)      // number
	FieldChunks      = Field(native.DAM_FIELD_CHUNKS)      // documents
	FieldMatches     = Field(native.DAM_FIELD_MATCHES)     // documents
	FieldScores      = Field(native.DAM_FIELD_SCORES)      // scores
	FieldEvaluations = Field(native.DAM_FIELD_EVALUATIONS) // scores
	FieldModality    = Field(native.DAM_FIELD_MODALITY)    // string
	FieldLocation    = Field(native.DAM_FIELD_LOCATION)    // floats
	FieldOffset      = Field(native.DAM_FIELD_OFFSET)      // integer
	FieldLevelName   = Field(native.DAM_FIELD_LEVEL_NAME)  // string
	FieldSiblings    = Field(native.DAM_FIELD_SIBLINGS)    // integer
	FieldMetaInfo    = Field(native.DAM_FIELD_META_INFO)   // bytes
)

// Has tells whether the document has a field.
func (d *Document) Has(field Field) (bool, error) {
	var found int32
	err := d.ask("Has", func(handle uintptr) error {
		return native.Dam_document_has(handle, int32(field), &found)
	})
	return found != 0, err
}

// ContentType is FieldText, FieldBuffer or FieldBlob; 0 for a document without content.
func (d *Document) ContentType() (Field, error) {
	var field int32
	err := d.ask("ContentType", func(handle uintptr) error {
		return native.Dam_document_content_type(handle, &field)
	})
	return Field(field), err
}

// StringOf reads a field that is a string.
func (d *Document) StringOf(field Field) (string, error) { return d.stringField("StringOf", field) }

// BytesOf copies a field that is bytes.
func (d *Document) BytesOf(field Field) ([]byte, error) { return d.bytesField("BytesOf", field) }

// IntegerOf reads a field that is an integer.
func (d *Document) IntegerOf(field Field) (integer int64, err error) {
	err = d.ask("IntegerOf", func(handle uintptr) error {
		return native.Dam_document_integer(handle, int32(field), &integer)
	})
	return integer, err
}

// NumberOf reads the weight, or any integer.
func (d *Document) NumberOf(field Field) (number float64, err error) {
	err = d.ask("NumberOf", func(handle uintptr) error {
		return native.Dam_document_number(handle, int32(field), &number)
	})
	return number, err
}

// FloatsOf copies the numbers of a tensor of any type, or of the location: quantized ones
// multiplied out, of a sparse one its values.
func (d *Document) FloatsOf(field Field) ([]float32, error) {
	return numbersOf(d, "FloatsOf", field, native.Dam_document_floats)
}

// DoublesOf is FloatsOf without the rounding.
func (d *Document) DoublesOf(field Field) ([]float64, error) {
	return numbersOf(d, "DoublesOf", field, native.Dam_document_doubles)
}

// numbersOf asks for the count first, then fills a slice of it.
func numbersOf[T float32 | float64](
	d *Document, op string, field Field, fill func(uintptr, int32, []T, *int64) error,
) (numbers []T, err error) {
	err = d.ask(op, func(handle uintptr) error {
		var count int64
		err := fill(handle, int32(field), nil, &count)
		if isCode(err, native.DAM_TOO_BIG) {
			numbers = make([]T, count)
			err = fill(handle, int32(field), numbers, &count)
		}
		return err
	})
	return numbers, err
}

// ChildrenOf are the chunks or the matches; none is no error.
func (d *Document) ChildrenOf(field Field) ([]*Document, error) {
	return d.children("ChildrenOf", field)
}

// Hash is 64 bits that stand for the content, id and levels aside: the same for equal contents in
// every language.
func (d *Document) Hash() (hash int64, err error) {
	err = d.ask("Hash", func(handle uintptr) error {
		return native.Dam_document_hash(handle, &hash)
	})
	return hash, err
}

// Equal tells whether all fields are equal, whoever encoded them; NaN equals NaN.
func (d *Document) Equal(other *Document) (bool, error) {
	var equal int32
	err := d.ask("Equal", func(one uintptr) error {
		two, err := other.open()
		if err != nil {
			return err
		}
		defer runtime.KeepAlive(other)
		return native.Dam_document_equal(one, two, &equal)
	})
	return equal != 0, err
}
