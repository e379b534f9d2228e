package dam

import (
	"slices"
	"unsafe"

	"libdam.org/dam/internal/native"
)

// Dtype is the type of the values of a tensor.
type Dtype int32

// The types, after dam.h.
const (
	F32  = Dtype(native.DAM_DTYPE_F32)
	F64  = Dtype(native.DAM_DTYPE_F64)
	F16  = Dtype(native.DAM_DTYPE_F16)
	BF16 = Dtype(native.DAM_DTYPE_BF16)
	I8   = Dtype(native.DAM_DTYPE_I8)
	U8   = Dtype(native.DAM_DTYPE_U8)
	I16  = Dtype(native.DAM_DTYPE_I16)
	U16  = Dtype(native.DAM_DTYPE_U16)
	I32  = Dtype(native.DAM_DTYPE_I32)
	U32  = Dtype(native.DAM_DTYPE_U32)
	I64  = Dtype(native.DAM_DTYPE_I64)
	U64  = Dtype(native.DAM_DTYPE_U64)
	Bool = Dtype(native.DAM_DTYPE_BOOL) // a byte, 0 or 1
)

// Format is how the owner of a sparse tensor works with it; each is stored as coordinates.
type Format int32

// The formats of sparse tensors.
const (
	COO = Format(native.DAM_FORMAT_COO)
	CSR = Format(native.DAM_FORMAT_CSR)
	CSC = Format(native.DAM_FORMAT_CSC)
	BSR = Format(native.DAM_FORMAT_BSR)
)

// Tensor is an embedding or a blob as it lies in a document.
type Tensor struct {
	Dtype Dtype
	Shape []uint32 // outermost first; none for a single value
	Data  []byte   // the values, little-endian, row by row; of a sparse one those of its coordinates

	Sparse       *Sparse       // nil: dense
	Quantization *Quantization // nil: the values are what they say
}

// Sparse are the coordinates of the values of a tensor: for each as many numbers as it has
// dimensions, one value after the other. Read from a document, they ascend.
type Sparse struct {
	Format  Format
	Indices []uint32
}

// Quantization says what the numbers of an I8 tensor stand for: (value - ZeroPoint) * Scale.
type Quantization struct {
	Scale     float64
	ZeroPoint int32
}

// TensorOf copies the embedding or the blob.
func (d *Document) TensorOf(field Field) (*Tensor, error) {
	var tensor *Tensor
	err := d.ask("TensorOf", func(handle uintptr) (err error) {
		tensor, err = tensorOf(handle, int32(field))
		return err
	})
	return tensor, err
}

func tensorOf(handle uintptr, field int32) (*Tensor, error) {
	var dtype int32
	var shape, data unsafe.Pointer
	var dimensions, size int64
	err := native.Dam_document_tensor(handle, field, &dtype, &shape, &dimensions, &data, &size)
	if err != nil {
		return nil, err
	}
	tensor := &Tensor{
		Dtype: Dtype(dtype),
		Shape: native.CopyNumbers[uint32](shape, dimensions),
		Data:  native.CopyBytes(data, size),
	}
	if tensor.Sparse, err = sparseOf(handle, field); err != nil {
		return nil, err
	}
	if tensor.Quantization, err = quantizationOf(handle, field); err != nil {
		return nil, err
	}
	return tensor, nil
}

func sparseOf(handle uintptr, field int32) (*Sparse, error) {
	var format int32
	var indices unsafe.Pointer
	var count int64
	err := native.Dam_document_sparse(handle, field, &format, &indices, &count)
	if isCode(err, native.DAM_NOT_FOUND) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Sparse{Format(format), native.CopyNumbers[uint32](indices, count)}, nil
}

func quantizationOf(handle uintptr, field int32) (*Quantization, error) {
	var quantization Quantization
	err := native.Dam_document_quantization(handle, field, &quantization.Scale,
		&quantization.ZeroPoint)
	if isCode(err, native.DAM_NOT_FOUND) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &quantization, nil
}

// Quantize makes a vector of I8 of floats: the 256 steps reach from the smallest to the greatest,
// so that none is off by more than half a step. ErrInvalidArgument: one of them is not finite.
func Quantize(values []float32) (*Tensor, error) {
	steps := make([]int8, len(values))
	quantization := &Quantization{}
	err := native.Dam_quantize(slices.Clone(values), steps, &quantization.Scale,
		&quantization.ZeroPoint)
	if err != nil {
		return nil, failed("Quantize", err)
	}
	data := make([]byte, len(steps))
	for i, step := range steps {
		data[i] = byte(step)
	}
	shape := []uint32{uint32(len(values))}
	return &Tensor{Dtype: I8, Shape: shape, Data: data, Quantization: quantization}, nil
}
