package org.libdam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import org.libdam.binding.DamC;

/**
 * A tensor as it lies in a document: values of one type, row by row. A sparse one has values at
 * some coordinates only; of a quantized one the numbers are (value - zero point) * scale.
 */
public final class Tensor {
  private final Dtype dtype;
  private final int[] shape;
  private final byte[] data;
  private final Format format;
  private final int[] indices;
  private final Optional<Quantization> quantization;

  private Tensor(Dtype dtype, int[] shape, byte[] data) {
    this(dtype, shape, data, Format.DENSE, new int[0], Optional.empty());
  }

  private Tensor(Dtype dtype, int[] shape, byte[] data, Format format, int[] indices,
      Optional<Quantization> quantization) {
    this.dtype = dtype;
    this.shape = shape;
    this.data = data;
    this.format = format;
    this.indices = indices;
    this.quantization = quantization;
  }

  /** Copies shape and data; the data are little-endian and fill the shape. */
  public static Tensor of(Dtype dtype, int[] shape, byte[] data) {
    return new Tensor(Objects.requireNonNull(dtype, "dtype"), shape.clone(), data.clone());
  }

  /** Reads what a document lends. */
  static Tensor copied(int dtype, ByteBuffer shape, ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return new Tensor(Dtype.of(dtype), words(shape), bytes);
  }

  /** With the coordinates that a document lends. */
  Tensor sparse(int formatNumber, ByteBuffer lent) {
    return sparse(Format.of(formatNumber), words(lent));
  }

  private static int[] words(ByteBuffer lent) {
    int[] words = new int[lent.remaining() / Integer.BYTES];
    lent.order(ByteOrder.nativeOrder()).asIntBuffer().get(words);
    return words;
  }

  /**
   * The same with its data as the values at coordinates: for each value as many numbers as the
   * shape has, one value after the other. Read from a document, they ascend.
   */
  public Tensor sparse(Format newFormat, int... newIndices) {
    Objects.requireNonNull(newFormat, "newFormat");
    return new Tensor(dtype, shape, data, newFormat, newIndices.clone(), quantization);
  }

  /** The same with values that are (value - zero point) * scale; they are I8. */
  public Tensor quantized(double scale, int zeroPoint) {
    Optional<Quantization> meaning = Optional.of(new Quantization(scale, zeroPoint));
    return new Tensor(dtype, shape, data, format, indices, meaning);
  }

  /** How the owner works with it; DENSE where it has no coordinates. */
  public Format format() {
    return format;
  }

  /** The coordinates; none of a dense one. */
  public int[] indices() {
    return indices.clone();
  }

  /** What the values stand for; empty where they are what they say. */
  public Optional<Quantization> quantization() {
    return quantization;
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

  /** What the values of a quantized tensor stand for: (value - zero point) * scale. */
  public static final class Quantization {
    private final double scale;
    private final int zeroPoint;

    private Quantization(double scale, int zeroPoint) {
      this.scale = scale;
      this.zeroPoint = zeroPoint;
    }

    /** What one step is worth. */
    public double scale() {
      return scale;
    }

    /** The value that stands for 0. */
    public int zeroPoint() {
      return zeroPoint;
    }
  }

  /** How the owner of a tensor works with it; each sparse one is stored as coordinates. */
  public enum Format {
    /** No coordinates: all values are there. */
    DENSE(DamC.DAM_FORMAT_DENSE),
    /** Coordinates. */
    COO(DamC.DAM_FORMAT_COO),
    /** Compressed rows. */
    CSR(DamC.DAM_FORMAT_CSR),
    /** Compressed columns. */
    CSC(DamC.DAM_FORMAT_CSC),
    /** Blocks of rows. */
    BSR(DamC.DAM_FORMAT_BSR);

    private final int number;

    Format(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static Format of(int number) {
      return values()[number];
    }
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
