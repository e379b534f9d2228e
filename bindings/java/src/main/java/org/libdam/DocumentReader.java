package org.libdam;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.libdam.binding.DamC;

/** Reads the fields with a structure out of a native document: tags, scores, children. */
final class DocumentReader {
  private final long document;

  /** The handle stays the caller's. */
  DocumentReader(long document) {
    this.document = document;
  }

  /** How many numbers a tensor or the location has; negative when it is absent. */
  static int countNumbers(long document, Field field) {
    if (field == Field.LOCATION) {
      long[] count = new long[1];
      boolean found = DamC.dam_document_count(document, field.number(), count);
      return found ? Math.toIntExact(count[0]) : -1;
    }
    int[] dtype = new int[1];
    ByteBuffer[] shape = new ByteBuffer[1];
    ByteBuffer[] data = new ByteBuffer[1];
    boolean found = DamC.dam_document_tensor(document, field.number(), dtype, shape, data);
    return found ? data[0].remaining() / Tensor.Dtype.of(dtype[0]).sizeBytes() : -1;
  }

  Optional<Tensor> tensor(int field) {
    int[] number = new int[1];
    ByteBuffer[] shape = new ByteBuffer[1];
    ByteBuffer[] lent = new ByteBuffer[1];
    if (!DamC.dam_document_tensor(document, field, number, shape, lent)) {
      return Optional.empty();
    }
    Tensor tensor = Tensor.copied(number[0], shape[0], lent[0]);
    if (DamC.dam_document_sparse(document, field, number, lent)) {
      tensor = tensor.sparse(number[0], lent[0]);
    }
    double[] scale = new double[1];
    if (DamC.dam_document_quantization(document, field, scale, number)) {
      tensor = tensor.quantized(scale[0], number[0]);
    }
    return Optional.of(tensor);
  }

  List<Document> children(Field field) {
    long[] count = new long[1];
    if (!DamC.dam_document_count(document, field.number(), count)) {
      return List.of();
    }
    List<Document> children = new ArrayList<>();
    long[] child = new long[1];
    for (long i = 0; i < count[0]; ++i) {
      DamC.dam_document_child(document, field.number(), i, child);
      children.add(Document.taken(child[0]));
    }
    return Collections.unmodifiableList(children);
  }

  Map<String, Score> scores(Field field) {
    long[] count = new long[1];
    if (!DamC.dam_document_count(document, field.number(), count)) {
      return Map.of();
    }
    Map<String, Score> scores = new LinkedHashMap<>();
    ByteBuffer[] lent = new ByteBuffer[1];
    for (long i = 0; i < count[0]; ++i) {
      DamC.dam_document_score_name(document, field.number(), i, lent);
      String name = Utf8.decode(lent[0]);
      scores.put(name, score(field.number(), TagPath.escaped(name)));
    }
    return Collections.unmodifiableMap(scores);
  }

  private Score score(int field, String path) {
    byte[] place = Utf8.encode(path, "name");
    double[] value = new double[1];
    long[] count = new long[1];
    DamC.dam_document_score(document, field, place, value, count);
    List<Score> operands = new ArrayList<>();
    for (long i = 0; i < count[0]; ++i) {
      operands.add(score(field, path + "." + i));
    }
    return Score.of(value[0]).withOperands(operands)
        .withOpName(scoreString(field, place, DamC.DAM_SCORE_OP_NAME))
        .withDescription(scoreString(field, place, DamC.DAM_SCORE_DESCRIPTION))
        .withRefId(scoreString(field, place, DamC.DAM_SCORE_REF_ID));
  }

  private String scoreString(int field, byte[] path, int part) {
    ByteBuffer[] lent = new ByteBuffer[1];
    boolean found = DamC.dam_document_score_string(document, field, path, part, lent);
    return found ? Utf8.decode(lent[0]) : "";
  }
}
