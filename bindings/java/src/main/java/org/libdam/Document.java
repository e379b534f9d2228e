package org.libdam;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import org.libdam.binding.DamC;

/** One document: bytes of a FlatBuffer that libdam verified. It never changes. */
public final class Document {
  private final byte[] bytes;

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
    byte[] bytes = new byte[lent.remaining()];
    lent.get(bytes);
    return new Document(bytes);
  }

  /** The id; empty when it has none (the array gives one to such a document). */
  public Optional<String> id() {
    ByteBuffer[] lent = new ByteBuffer[1];
    String[] id = new String[1];
    lend(handle -> {
      DamC.dam_document_id(handle, lent);
      id[0] = Utf8.decode(lent[0]);
      return true;
    });
    return id[0].isEmpty() ? Optional.empty() : Optional.of(id[0]);
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

  private void lend(Handle.Call call) {
    long[] handle = new long[1];
    DamC.dam_document_from_bytes(bytes, handle);
    try {
      call.on(handle[0]);
    } finally {
      DamC.dam_document_free(handle[0]);
    }
  }
}
