package dam

import (
	"math"
	"testing"
)

func TestTensorsKeepTypeAndShape(t *testing.T) {
	tensor := &Tensor{Dtype: I16, Shape: []uint32{2, 1}, Data: []byte{1, 0, 0xff, 0xff}}
	document := built(t, NewBuilder().SetTensor(FieldBlob, tensor))
	read, err := document.TensorOf(FieldBlob)
	succeeds(t, err)
	same(t, read, tensor)
	floats, err := document.FloatsOf(FieldBlob)
	succeeds(t, err)
	same(t, floats, []float32{1, -1})
	_, err = NewBuilder().SetTensor(FieldBlob, &Tensor{Shape: []uint32{3}, Data: []byte{1}}).Build()
	fails(t, err, ErrInvalidDocument)
}

func TestEveryTypeOfTensorIsStored(t *testing.T) {
	sizes := map[Dtype]int{F32: 4, F64: 8, F16: 2, BF16: 2, I8: 1, U8: 1, I16: 2, U16: 2, I32: 4,
		U32: 4, I64: 8, U64: 8, Bool: 1}
	for dtype, size := range sizes {
		one := &Tensor{Dtype: dtype, Shape: []uint32{1}, Data: make([]byte, size)}
		read, err := built(t, NewBuilder().SetTensor(FieldEmbedding, one)).TensorOf(FieldEmbedding)
		succeeds(t, err)
		same(t, read, one)
	}
	equals(t, len(sizes), 13)
}

func TestSparseTensorsKeepCoordinatesAndFormat(t *testing.T) {
	tensor := &Tensor{Dtype: U8, Shape: []uint32{100, 100}, Data: []byte{7, 9},
		Sparse: &Sparse{Format: CSR, Indices: []uint32{0, 50, 99, 1}}}
	document := built(t, NewBuilder().SetTensor(FieldEmbedding, tensor))
	read, err := document.TensorOf(FieldEmbedding)
	succeeds(t, err)
	same(t, read, tensor)
	outside := *tensor
	outside.Sparse = &Sparse{Format: COO, Indices: []uint32{0, 100, 0, 0}}
	_, err = NewBuilder().SetTensor(FieldEmbedding, &outside).Build()
	equals(t, err != nil, true)
}

func TestQuantizedTensorsAreMultipliedOut(t *testing.T) {
	values := []float32{-1, 0.25, 1}
	tensor, err := Quantize(values)
	succeeds(t, err)
	document := built(t, NewBuilder().SetTensor(FieldEmbedding, tensor))
	read, err := document.TensorOf(FieldEmbedding)
	succeeds(t, err)
	same(t, read, tensor)
	floats, err := document.Embedding()
	succeeds(t, err)
	for i, value := range values {
		equals(t, math.Abs(float64(value-floats[i])) <= tensor.Quantization.Scale, true)
	}
	_, err = Quantize([]float32{float32(math.NaN())})
	fails(t, err, ErrInvalidArgument)
}

func TestTensorsOfNoDocumentAreErrors(t *testing.T) {
	for _, document := range []*Document{nil, {}} {
		_, err := document.TensorOf(FieldBlob)
		fails(t, err, ErrInvalidArgument)
		_, err = document.ScoresOf(FieldScores)
		fails(t, err, ErrInvalidArgument)
		_, err = document.DoublesOf(FieldBlob)
		fails(t, err, ErrInvalidArgument)
		_, err = document.Equal(bird(t, "robin"))
		fails(t, err, ErrInvalidArgument)
		_, err = bird(t, "robin").Equal(document)
		fails(t, err, ErrInvalidArgument)
	}
}
