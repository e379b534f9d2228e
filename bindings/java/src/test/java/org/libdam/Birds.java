package org.libdam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Makes an array of three documents, the last of which has a wrong byte. */
  static void damage(Path folder) throws IOException {
    try (DocumentArray array = DocumentArray.open(folder)) {
      array.extend(flock(2));
      array.append(of("bird2", "wrong"));
    }
    Path file = folder.resolve("body.bin");
    byte[] body = Files.readAllBytes(file);
    String text = new String(body, StandardCharsets.ISO_8859_1);
    body[text.lastIndexOf("wrong")] ^= 1;
    Files.write(file, body);
  }

  static List<String> ids(Iterable<Document> documents) {
    List<String> ids = new ArrayList<>();
    documents.forEach(document -> ids.add(document.id().orElseThrow()));
    return ids;
  }
}
