package org.libdam;

import org.libdam.binding.DamC;

/** The fields of a document; docs/document.md tells what each is for. */
public enum Field {
  /** String. */
  ID(DamC.DAM_FIELD_ID),
  /** String; content. */
  TEXT(DamC.DAM_FIELD_TEXT),
  /** Tags. */
  TAGS(DamC.DAM_FIELD_TAGS),
  /** Tensor. */
  EMBEDDING(DamC.DAM_FIELD_EMBEDDING),
  /** String. */
  URI(DamC.DAM_FIELD_URI),
  /** String. */
  MIME_TYPE(DamC.DAM_FIELD_MIME_TYPE),
  /** Bytes; content. */
  BUFFER(DamC.DAM_FIELD_BUFFER),
  /** Tensor; content. */
  BLOB(DamC.DAM_FIELD_BLOB),
  /** String. */
  PARENT_ID(DamC.DAM_FIELD_PARENT_ID),
  /** Integer. */
  GRANULARITY(DamC.DAM_FIELD_GRANULARITY),
  /** Integer. */
  ADJACENCY(DamC.DAM_FIELD_ADJACENCY),
  /** Number. */
  WEIGHT(DamC.DAM_FIELD_WEIGHT),
  /** Documents. */
  CHUNKS(DamC.DAM_FIELD_CHUNKS),
  /** Documents. */
  MATCHES(DamC.DAM_FIELD_MATCHES),
  /** Scores. */
  SCORES(DamC.DAM_FIELD_SCORES),
  /** Scores. */
  EVALUATIONS(DamC.DAM_FIELD_EVALUATIONS),
  /** String. */
  MODALITY(DamC.DAM_FIELD_MODALITY),
  /** Floats. */
  LOCATION(DamC.DAM_FIELD_LOCATION),
  /** Integer. */
  OFFSET(DamC.DAM_FIELD_OFFSET),
  /** String. */
  LEVEL_NAME(DamC.DAM_FIELD_LEVEL_NAME),
  /** Integer. */
  SIBLINGS(DamC.DAM_FIELD_SIBLINGS),
  /** Bytes. */
  META_INFO(DamC.DAM_FIELD_META_INFO);

  private final int number;

  Field(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Field of(int number) {
    return values()[number - 1];
  }
}
