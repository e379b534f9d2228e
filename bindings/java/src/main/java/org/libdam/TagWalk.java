package org.libdam;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.libdam.binding.DamC;

/** Makes maps and lists of the tags of a native document, in one walk. */
final class TagWalk {
  private final int[] kind = new int[1];
  private final long[] integer = new long[1];
  private final double[] number = new double[1];
  private final ByteBuffer[] data = new ByteBuffer[1];
  private final int[] depth = new int[1];
  private final ByteBuffer[] key = new ByteBuffer[1];
  private final Map<String, Object> root = new LinkedHashMap<>();
  /** The maps and lists around the place where the walk stands, the innermost first. */
  private final Deque<Object> around = new ArrayDeque<>();

  private TagWalk() {
    around.push(root);
  }

  static Map<String, Object> tagsOf(long document) {
    byte[] all = new byte[0];
    long[] count = new long[1];
    // Why: a walk through an empty map stands on the map itself.
    if (!DamC.dam_document_tag(document, all, null, count, null, null) || count[0] == 0) {
      return Map.of();
    }
    long[] tags = new long[1];
    DamC.dam_tags_open(document, all, tags);
    try {
      TagWalk walk = new TagWalk();
      while (walk.advance(tags[0])) {
        walk.put();
      }
      return Collections.unmodifiableMap(walk.root);
    } finally {
      DamC.dam_tags_close(tags[0]);
    }
  }

  private boolean advance(long tags) {
    return DamC.dam_tags_next(tags, kind, integer, number, data)
        && DamC.dam_tags_key(tags, depth, key);
  }

  private void put() {
    while (around.size() > depth[0] + 1) {
      around.pop();
    }
    switch (kind[0]) {
      case DamC.DAM_TAG_LIST:
        List<Object> list = new ArrayList<>();
        add(Collections.unmodifiableList(list));
        around.push(list);
        break;
      case DamC.DAM_TAG_MAP:
        Map<String, Object> map = new LinkedHashMap<>();
        add(Collections.unmodifiableMap(map));
        around.push(map);
        break;
      default:
        add(leaf());
    }
  }

  private Object leaf() {
    switch (kind[0]) {
      case DamC.DAM_TAG_NULL:
        return null;
      case DamC.DAM_TAG_FALSE:
        return false;
      case DamC.DAM_TAG_TRUE:
        return true;
      case DamC.DAM_TAG_INTEGER:
        return integer[0];
      case DamC.DAM_TAG_NUMBER:
        return number[0];
      case DamC.DAM_TAG_STRING:
        return Utf8.decode(data[0]);
      default:
        byte[] bytes = new byte[data[0].remaining()];
        data[0].get(bytes);
        return bytes;
    }
  }

  @SuppressWarnings("unchecked")
  private void add(Object value) {
    if (around.peek() instanceof List) {
      ((List<Object>) around.peek()).add(value);
    } else {
      ((Map<String, Object>) around.peek()).put(Utf8.decode(key[0]), value);
    }
  }
}
