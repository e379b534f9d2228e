package org.libdam;

import java.util.List;
import java.util.Objects;

/** A score or an evaluation of a document: a value, what it came from, its operands. */
public final class Score {
  private final double value;
  private final String opName;
  private final String description;
  private final String refId;
  private final List<Score> operands;

  private Score(
      double value, String opName, String description, String refId, List<Score> operands) {
    this.value = value;
    this.opName = Objects.requireNonNull(opName, "opName");
    this.description = Objects.requireNonNull(description, "description");
    this.refId = Objects.requireNonNull(refId, "refId");
    this.operands = List.copyOf(operands);
  }

  /** A bare value. */
  public static Score of(double value) {
    return new Score(value, "", "", "", List.of());
  }

  /** The same with the name of the operation. */
  public Score withOpName(String name) {
    return new Score(value, name, description, refId, operands);
  }

  /** The same with a description. */
  public Score withDescription(String text) {
    return new Score(value, opName, text, refId, operands);
  }

  /** The same with the id of what it refers to. */
  public Score withRefId(String id) {
    return new Score(value, opName, description, id, operands);
  }

  /** The same with the scores it was made of. */
  public Score withOperands(List<Score> scores) {
    return new Score(value, opName, description, refId, scores);
  }

  /** The value. */
  public double value() {
    return value;
  }

  /** Name of the operation; may be empty. */
  public String opName() {
    return opName;
  }

  /** A description; may be empty. */
  public String description() {
    return description;
  }

  /** Id of what it refers to; may be empty. */
  public String refId() {
    return refId;
  }

  /** The scores it was made of. */
  public List<Score> operands() {
    return operands;
  }

  @Override
  public String toString() {
    return Double.toString(value);
  }
}
