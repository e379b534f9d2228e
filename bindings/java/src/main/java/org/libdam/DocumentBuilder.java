package org.libdam;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.libdam.binding.DamC;

/**
 * Makes documents field by field. What a call sets replaces what the field had; of text, buffer and
 * blob, setting one clears the others; a call that fails changes nothing. For one thread at a time.
 */
public final class DocumentBuilder implements AutoCloseable {
  private final Handle handle;

  /** {@code document}: the native one to begin with, or 0 for an empty one. */
  DocumentBuilder(long document) {
    long[] builder = new long[1];
    DamC.dam_builder_create(document, builder);
    handle = new Handle(builder[0], DamC::dam_builder_discard, "");
  }

  /** Sets a field that is a string. */
  public DocumentBuilder set(Field field, String string) {
    byte[] text = Utf8.encode(string, "string");
    handle.call(number -> DamC.dam_builder_set_string(number, field.number(), text));
    return this;
  }

  /** Sets a field that is an integer, 0 to 4,294,967,295. */
  public DocumentBuilder set(Field field, long integer) {
    handle.call(number -> DamC.dam_builder_set_integer(number, field.number(), integer));
    return this;
  }

  /** Sets the weight. */
  public DocumentBuilder set(Field field, double value) {
    handle.call(number -> DamC.dam_builder_set_number(number, field.number(), value));
    return this;
  }

  /** Sets a field that is bytes. */
  public DocumentBuilder set(Field field, byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    handle.call(number -> DamC.dam_builder_set_buffer(number, field.number(), bytes));
    return this;
  }

  /** Sets the embedding or the blob to a vector of F32, or the location. */
  public DocumentBuilder set(Field field, float[] values) {
    Objects.requireNonNull(values, "values");
    handle.call(number -> DamC.dam_builder_set_floats(number, field.number(), values));
    return this;
  }

  /**
   * Sets the embedding or the blob. Where its coordinates or its quantization are refused, the
   * field is absent afterwards.
   */
  public DocumentBuilder set(Field field, Tensor tensor) {
    int dtype = tensor.dtype().number();
    handle.call(number -> DamC.dam_builder_set_tensor(
        number, field.number(), dtype, tensor.sizes(), tensor.bytes()));
    try {
      setMeaning(field.number(), tensor);
    } catch (RuntimeException refused) {
      clear(field);
      throw refused;
    }
    return this;
  }

  private void setMeaning(int field, Tensor tensor) {
    if (tensor.format() != Tensor.Format.DENSE) {
      int format = tensor.format().number();
      handle.call(number ->
          DamC.dam_builder_set_sparse(number, field, format, tensor.indices()));
    }
    tensor.quantization().ifPresent(meaning -> handle.call(number ->
        DamC.dam_builder_set_quantization(number, field, meaning.scale(), meaning.zeroPoint())));
  }

  /** Sets the embedding or the blob to a vector of int8 with scale and zero point. */
  public DocumentBuilder setQuantized(Field field, float[] values) {
    Objects.requireNonNull(values, "values");
    handle.call(number -> DamC.dam_builder_set_quantized(number, field.number(), values));
    return this;
  }

  /** Makes a field absent. */
  public DocumentBuilder clear(Field field) {
    handle.call(number -> DamC.dam_builder_clear(number, field.number()));
    return this;
  }

  /** Appends to the chunks or the matches; parent, granularity and adjacency follow by itself. */
  public DocumentBuilder add(Field field, Document child) {
    child.lend(document ->
        handle.call(number -> DamC.dam_builder_add_child(number, field.number(), document)));
    return this;
  }

  /** Removes a chunk or a match, if there is any; a position of none is out of bounds. */
  public DocumentBuilder remove(Field field, long position) {
    handle.call(number -> DamC.dam_builder_remove_child(number, field.number(), position));
    return this;
  }

  /** Sets the id. */
  public DocumentBuilder id(String id) {
    return set(Field.ID, id);
  }

  /** Sets the text. */
  public DocumentBuilder text(String text) {
    return set(Field.TEXT, text);
  }

  /** Sets the embedding to a vector of F32. */
  public DocumentBuilder embedding(float... values) {
    return set(Field.EMBEDDING, values);
  }

  /** Appends a chunk. */
  public DocumentBuilder chunk(Document chunk) {
    return add(Field.CHUNKS, chunk);
  }

  /** Appends a match. */
  public DocumentBuilder match(Document match) {
    return add(Field.MATCHES, match);
  }

  /** Sets a tag of the outermost map: {@link #tagAt} with the key as the only step. */
  public DocumentBuilder tag(String key, Object value) {
    return tagAt(TagPath.escaped(key), value);
  }

  /**
   * Sets the tag at a dotted path: `a.b` is the key b in the map a, `a.0` the first element of the
   * list a; a dot or a backslash within a key has a backslash before it. Values are null, booleans,
   * integers up to Long, Double, Float, String, byte[], maps with String keys and collections.
   */
  public DocumentBuilder tagAt(String path, Object value) {
    byte[] place = Utf8.encode(path, "path");
    if (value instanceof Map) {
      setKind(place, DamC.DAM_TAG_MAP);
      ((Map<?, ?>) value).forEach((key, element) -> tagAt(below(path, key), element));
    } else if (value instanceof Collection) {
      setKind(place, DamC.DAM_TAG_LIST);
      int index = 0;
      for (Object element : (Collection<?>) value) {
        tagAt(TagPath.below(path, Integer.toString(index++)), element);
      }
    } else {
      setLeaf(place, value);
    }
    return this;
  }

  /** Replaces all tags. */
  public DocumentBuilder tags(Map<String, ?> tags) {
    Objects.requireNonNull(tags, "tags");
    clear(Field.TAGS);
    tags.forEach(this::tag);
    return this;
  }

  /** Sets one of the scores or evaluations. */
  public DocumentBuilder score(Field field, String name, Score score) {
    setScore(field.number(), TagPath.escaped(name), score);
    return this;
  }

  /** Makes the document; the builder may be changed and used again. */
  public Document build() {
    long[] document = new long[1];
    handle.call(number -> DamC.dam_builder_finish(number, document));
    return Document.taken(document[0]);
  }

  /** Frees the builder; without it the garbage collector does. Does nothing the second time. */
  @Override
  public void close() {
    handle.close();
  }

  private static String below(String path, Object key) {
    if (!(key instanceof String)) {
      throw new IllegalArgumentException("a key of tags is no String: " + key);
    }
    return TagPath.below(path, TagPath.escaped((String) key));
  }

  private void setKind(byte[] path, int kind) {
    handle.call(number -> DamC.dam_builder_set_tag(number, path, kind));
  }

  private void setLeaf(byte[] path, Object value) {
    if (value == null) {
      setKind(path, DamC.DAM_TAG_NULL);
    } else if (value instanceof Boolean) {
      setKind(path, (Boolean) value ? DamC.DAM_TAG_TRUE : DamC.DAM_TAG_FALSE);
    } else if (value instanceof Double || value instanceof Float) {
      double real = ((Number) value).doubleValue();
      handle.call(number -> DamC.dam_builder_set_tag_number(number, path, real));
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short
        || value instanceof Byte) {
      long integer = ((Number) value).longValue();
      handle.call(number -> DamC.dam_builder_set_tag_integer(number, path, integer));
    } else if (value instanceof String) {
      byte[] text = Utf8.encode((String) value, "tag");
      handle.call(number -> DamC.dam_builder_set_tag_string(number, path, text));
    } else if (value instanceof byte[]) {
      handle.call(number -> DamC.dam_builder_set_tag_buffer(number, path, (byte[]) value));
    } else {
      throw new IllegalArgumentException("no tag can be a " + value.getClass().getName());
    }
  }

  private void setScore(int field, String path, Score score) {
    byte[] place = Utf8.encode(path, "name");
    handle.call(number -> DamC.dam_builder_set_score(number, field, place, score.value()));
    setScoreString(field, place, DamC.DAM_SCORE_OP_NAME, score.opName());
    setScoreString(field, place, DamC.DAM_SCORE_DESCRIPTION, score.description());
    setScoreString(field, place, DamC.DAM_SCORE_REF_ID, score.refId());
    int index = 0;
    for (Score operand : score.operands()) {
      setScore(field, TagPath.below(path, Integer.toString(index++)), operand);
    }
  }

  private void setScoreString(int field, byte[] path, int part, String string) {
    if (!string.isEmpty()) {
      byte[] text = Utf8.encode(string, "string");
      handle.call(number ->
          DamC.dam_builder_set_score_string(number, field, path, part, text));
    }
  }
}
