package org.libdam;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.libdam.binding.DamC;

/** One document: bytes of a FlatBuffer that libdam verified. It never changes. */
public final class Document {
  private final byte[] bytes;
  /** libdam's own form of it, made at the first question and freed with the garbage. */
  private volatile Handle handle;

  private Document(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Verifies and copies the bytes of a finished FlatBuffer. */
  public static Document of(byte[] bytes) {
    Document document = new Document(Objects.requireNonNull(bytes, "bytes").clone());
    document.lend(handle -> true);
    return document;
  }

  /** Reads the JSON of a document. */
  public static Document fromJson(String json, JsonOption... options) {
    byte[] text = Utf8.encode(json, "json");
    long[] handle = new long[1];
    DamC.dam_document_from_json(text, JsonOption.flags(options), handle);
    return taken(handle[0]);
  }

  /** For bytes that nobody else holds and that libdam verified before. */
  static Document trusted(byte[] bytes) {
    return new Document(bytes);
  }

  /** The document of a native handle, which is given up. */
  static Document taken(long handle) {
    try {
      ByteBuffer[] lent = new ByteBuffer[1];
      DamC.dam_document_bytes(handle, lent);
      return copied(lent[0]);
    } finally {
      DamC.dam_document_free(handle);
    }
  }

  static Document copied(ByteBuffer lent) {
    return new Document(bytesOf(lent));
  }

  /** Begins an empty document. */
  public static DocumentBuilder builder() {
    return new DocumentBuilder(0);
  }

  /** Begins with what this one has. */
  public DocumentBuilder toBuilder() {
    return ask(DocumentBuilder::new);
  }

  /** The id; empty when it has none (the array gives one to such a document). */
  public Optional<String> id() {
    return string(Field.ID);
  }

  /** The text; empty when the content is something else, or none. */
  public Optional<String> text() {
    return string(Field.TEXT);
  }

  /** The numbers of the embedding; of a sparse one its values. */
  public Optional<float[]> embedding() {
    return floats(Field.EMBEDDING);
  }

  /**
   * The tags: maps, lists, String, Long, Double, Boolean, byte[] and null; keys ascend by their
   * bytes. Empty when there are none.
   */
  public Map<String, Object> tags() {
    return ask(TagWalk::tagsOf);
  }

  /** The chunks. */
  public List<Document> chunks() {
    return children(Field.CHUNKS);
  }

  /** The matches. */
  public List<Document> matches() {
    return children(Field.MATCHES);
  }

  /** Whether it has a field. */
  public boolean has(Field field) {
    int[] found = new int[1];
    ask(handle -> DamC.dam_document_has(handle, field.number(), found));
    return found[0] != 0;
  }

  /** Which of text, buffer and blob it has; empty for none. */
  public Optional<Field> contentType() {
    int[] field = new int[1];
    ask(handle -> DamC.dam_document_content_type(handle, field));
    return field[0] == 0 ? Optional.empty() : Optional.of(Field.of(field[0]));
  }

  /** A field that is a string. */
  public Optional<String> string(Field field) {
    return lent((handle, out) -> DamC.dam_document_string(handle, field.number(), out),
        Utf8::decode);
  }

  /** A field that is bytes. */
  public Optional<byte[]> buffer(Field field) {
    return lent((handle, out) -> DamC.dam_document_buffer(handle, field.number(), out),
        Document::bytesOf);
  }

  /** A field that is an integer. */
  public OptionalLong integer(Field field) {
    long[] out = new long[1];
    boolean found = ask(handle -> DamC.dam_document_integer(handle, field.number(), out));
    return found ? OptionalLong.of(out[0]) : OptionalLong.empty();
  }

  /** The weight, or any integer. */
  public OptionalDouble number(Field field) {
    double[] out = new double[1];
    boolean found = ask(handle -> DamC.dam_document_number(handle, field.number(), out));
    return found ? OptionalDouble.of(out[0]) : OptionalDouble.empty();
  }

  /** The numbers of a tensor of any type, multiplied out, or of the location, as floats. */
  public Optional<float[]> floats(Field field) {
    return ask(handle -> {
      int count = DocumentReader.countNumbers(handle, field);
      if (count < 0) {
        return Optional.empty();
      }
      float[] floats = new float[count];
      DamC.dam_document_floats(handle, field.number(), floats, new long[1]);
      return Optional.of(floats);
    });
  }

  /** The embedding or the blob as it lies in the document, sparse or quantized if it is so. */
  public Optional<Tensor> tensor(Field field) {
    return ask(handle -> new DocumentReader(handle).tensor(field.number()));
  }

  /** As {@link #floats}, without the rounding. */
  public Optional<double[]> doubles(Field field) {
    return ask(handle -> {
      int count = DocumentReader.countNumbers(handle, field);
      if (count < 0) {
        return Optional.empty();
      }
      double[] doubles = new double[count];
      DamC.dam_document_doubles(handle, field.number(), doubles, new long[1]);
      return Optional.of(doubles);
    });
  }

  /** The chunks or the matches. */
  public List<Document> children(Field field) {
    return ask(handle -> new DocumentReader(handle).children(field));
  }

  /** The scores or the evaluations by their names, which ascend by their bytes. */
  public Map<String, Score> scores(Field field) {
    return ask(handle -> new DocumentReader(handle).scores(field));
  }

  /** This one with a JSON merge patch (RFC 7396) applied. */
  public Document patch(String patch) {
    byte[] json = Utf8.encode(patch, "patch");
    return made((handle, out) -> DamC.dam_document_patch(handle, json, out));
  }

  /** This one with every field that the update has in place of its own; tags are merged. */
  public Document merge(Document update) {
    return update.ask(other ->
        made((handle, out) -> DamC.dam_document_merge(handle, other, out)));
  }

  /** 64 bits that stand for the content, id and levels aside, the same in every language. */
  public long contentHash() {
    long[] hash = new long[1];
    ask(handle -> DamC.dam_document_hash(handle, hash));
    return hash[0];
  }

  /** Whether all fields are equal, whoever encoded them; NaN equals NaN. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Document)) {
      return false;
    }
    Document document = (Document) other;
    if (Arrays.equals(bytes, document.bytes)) {
      return true;
    }
    int[] equal = new int[1];
    document.ask(two -> ask(one -> DamC.dam_document_equal(one, two, equal)));
    return equal[0] != 0;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(contentHash());
  }

  /** The JSON, on one line. */
  public String toJson(JsonOption... options) {
    byte[][] text = new byte[1][];
    lend(handle -> DamC.dam_document_to_json(handle, JsonOption.flags(options), text));
    return Utf8.decode(text[0]);
  }

  /** A copy of the FlatBuffer; up to 7 bytes of padding may follow it. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The FlatBuffer without a copy: read-only, little-endian. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String toString() {
    return "document " + id().orElse("without an id");
  }

  byte[] bytes() {
    return bytes;
  }

  private static byte[] bytesOf(ByteBuffer lent) {
    byte[] copy = new byte[lent.remaining()];
    lent.get(copy);
    return copy;
  }

  private interface Making {
    boolean into(long handle, long[] out);
  }

  private Document made(Making making) {
    return ask(handle -> {
      long[] out = new long[1];
      making.into(handle, out);
      return taken(out[0]);
    });
  }

  private interface Lending {
    boolean into(long handle, ByteBuffer[] out);
  }

  /** What is lent lives as long as the native document: the reader copies. */
  private <T> Optional<T> lent(Lending lending, Function<ByteBuffer, T> reader) {
    return ask(handle -> {
      ByteBuffer[] out = new ByteBuffer[1];
      return lending.into(handle, out) ? Optional.of(reader.apply(out[0])) : Optional.empty();
    });
  }

  /** Runs the call with a native document of the same bytes. */
  void lend(Handle.Call call) {
    ask(call::on);
  }

  private <T> T ask(LongFunction<T> question) {
    Handle opened = opened();
    try {
      return question.apply(opened.number());
    } finally {
      Reference.reachabilityFence(opened);
    }
  }

  /** Why not at once: most documents of a walk are asked nothing, or passed on as bytes. */
  private Handle opened() {
    Handle opened = handle;
    if (opened != null) {
      return opened;
    }
    synchronized (this) {
      if (handle == null) {
        long[] made = new long[1];
        DamC.dam_document_from_bytes(bytes, made);
        handle = new Handle(made[0], Document::freed, "");
      }
      return handle;
    }
  }

  private static boolean freed(long number) {
    DamC.dam_document_free(number);
    return true;
  }
}
