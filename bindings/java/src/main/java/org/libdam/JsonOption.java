package org.libdam;

import org.libdam.binding.DamC;

/** Options of the JSON of a document. */
public enum JsonOption {
  /** Reading: members that a document does not have become tags instead of errors. */
  UNKNOWN_TO_TAGS(DamC.DAM_JSON_UNKNOWN_TO_TAGS),
  /** Writing: tensors as nested lists of numbers instead of base64. */
  ARRAYS(DamC.DAM_JSON_ARRAYS);

  private final int flag;

  JsonOption(int flag) {
    this.flag = flag;
  }

  int flag() {
    return flag;
  }

  static int flags(JsonOption... options) {
    int flags = 0;
    for (JsonOption option : options) {
      flags |= option.flag;
    }
    return flags;
  }
}
