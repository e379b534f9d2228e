package org.libdam;

import java.util.ArrayList;
import java.util.List;

/** Documents and arrays for the tests. */
final class Birds {
  private Birds() {}

  static Document of(String id, String text) {
    return Document.fromJson("{\"id\":\"" + id + "\",\"text\":\"" + text + "\"}");
  }

  static Document of(String id) {
    return of(id, "sings");
  }

  /** bird0, bird1, ... */
  static List<Document> flock(int count) {
    List<Document> birds = new ArrayList<>();
    for (int i = 0; i < count; ++i) {
      birds.add(of("bird" + i));
    }
    return birds;
  }

  static List<String> ids(Iterable<Document> documents) {
    List<String> ids = new ArrayList<>();
    documents.forEach(document -> ids.add(document.id().orElseThrow()));
    return ids;
  }
}
