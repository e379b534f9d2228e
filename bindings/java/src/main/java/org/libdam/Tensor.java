package org.libdam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.libdam.binding.DamC;

/** A dense tensor as it lies in a document: values of one type, row by row. */
public final class Tensor {
  private final Dtype dtype;
  private final int[] shape;
  private final byte[] data;

  private Tensor(Dtype dtype, int[] shape, byte[] data) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
  }

  /** Copies shape and data; the data are little-endian and fill the shape. */
  public static Tensor of(Dtype dtype, int[] shape, byte[] data) {
    return new Tensor(Objects.requireNonNull(dtype, "dtype"), shape.clone(), data.clone());
  }

  /** Reads what a document lends. */
  static Tensor copied(int dtype, ByteBuffer shape, ByteBuffer data) {
    int[] sizes = new int[shape.remaining() / Integer.BYTES];
    shape.order(ByteOrder.nativeOrder()).asIntBuffer().get(sizes);
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return new Tensor(Dtype.of(dtype), sizes, bytes);
  }

  /** Type of the values. */
  public Dtype dtype() {
    return dtype;
  }

  /** The dimensions, outermost first; none for a single value. */
  public int[] shape() {
    return shape.clone();
  }

  /** The values: read-only, little-endian. */
  public ByteBuffer data() {
    return ByteBuffer.wrap(data).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    return data;
  }

  int[] sizes() {
    return shape;
  }

  /** Types of values. */
  public enum Dtype {
    /** IEEE 754, 4 bytes. */
    F32(DamC.DAM_DTYPE_F32, 4),
    /** IEEE 754, 8 bytes. */
    F64(DamC.DAM_DTYPE_F64, 8),
    /** IEEE 754, 2 bytes. */
    F16(DamC.DAM_DTYPE_F16, 2),
    /** The upper half of an F32. */
    BF16(DamC.DAM_DTYPE_BF16, 2),
    /** Signed, 1 byte. */
    I8(DamC.DAM_DTYPE_I8, 1),
    /** Unsigned, 1 byte. */
    U8(DamC.DAM_DTYPE_U8, 1),
    /** Signed, 2 bytes. */
    I16(DamC.DAM_DTYPE_I16, 2),
    /** Unsigned, 2 bytes. */
    U16(DamC.DAM_DTYPE_U16, 2),
    /** Signed, 4 bytes. */
    I32(DamC.DAM_DTYPE_I32, 4),
    /** Unsigned, 4 bytes. */
    U32(DamC.DAM_DTYPE_U32, 4),
    /** Signed, 8 bytes. */
    I64(DamC.DAM_DTYPE_I64, 8),
    /** Unsigned, 8 bytes. */
    U64(DamC.DAM_DTYPE_U64, 8),
    /** A byte, 0 or 1. */
    BOOL(DamC.DAM_DTYPE_BOOL, 1);

    private final int number;
    private final int sizeBytes;

    Dtype(int number, int sizeBytes) {
      this.number = number;
      this.sizeBytes = sizeBytes;
    }

    /** Size of one value. */
    public int sizeBytes() {
      return sizeBytes;
    }

    int number() {
      return number;
    }

    static Dtype of(int number) {
      return values()[number];
    }
  }
}
