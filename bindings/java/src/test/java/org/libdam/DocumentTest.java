package org.libdam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentTest {
  @Test
  void jsonComesBackAsItWasGiven() {
    String json = "{\"id\":\"wren\",\"tags\":{\"grams\":9,\"huge\":9007199254740993,"
        + "\"rate\":0.1},\"text\":\"🐦 ä\\u0000\"}";
    assertEquals(json, Document.fromJson(json).toJson());
  }

  @Test
  void bytesMakeTheSameDocument() {
    Document document = Birds.of("robin");
    Document copy = Document.of(document.toBytes());
    assertEquals(document.toJson(), copy.toJson());
    assertArrayEquals(document.toBytes(), copy.toBytes());
    assertEquals(ByteBuffer.wrap(copy.toBytes()), copy.asByteBuffer());
    assertTrue(copy.asByteBuffer().isReadOnly());
  }

  @Test
  void aDocumentNeverChanges() {
    Document document = Birds.of("robin");
    final String json = document.toJson();
    byte[] bytes = document.toBytes();
    Document copy = Document.of(bytes);
    java.util.Arrays.fill(bytes, (byte) 0);
    assertEquals(json, document.toJson());
    assertEquals(json, copy.toJson());
  }

  @Test
  void anIdMayBeAbsent() {
    assertEquals(Optional.of("robin"), Birds.of("robin").id());
    assertEquals(Optional.empty(), Document.fromJson("{}").id());
    assertEquals("document robin", Birds.of("robin").toString());
  }

  @Test
  void tensorsAreListsWhenAskedFor() {
    Document document = Document.fromJson("{\"embedding\":[1.5,2.5]}");
    assertTrue(document.toJson(JsonOption.ARRAYS).contains("[1.5,2.5]"));
  }

  @Test
  void unknownMembersAreErrorsOrTags() {
    String json = "{\"colour\":\"red\"}";
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Document.fromJson(json));
    assertTrue(refused.getMessage().contains("colour"), refused.getMessage());
    assertEquals("{\"tags\":{\"colour\":\"red\"}}",
        Document.fromJson(json, JsonOption.UNKNOWN_TO_TAGS).toJson());
  }

  @Test
  void bytesThatAreNoDocumentAreRefused() {
    byte[][] garbage = {{}, {1, 2, 3}, new byte[100]};
    for (byte[] bytes : garbage) {
      DamException failure = assertThrows(DamException.class, () -> Document.of(bytes));
      assertEquals(DamException.Code.INVALID_DOCUMENT, failure.code());
    }
  }

  @Test
  void halfASurrogatePairIsRefused() {
    for (String text : new String[] {"a\ud83d", "\udc26", "\ud83dx", "\udc26\ud83d"}) {
      String json = "{\"text\":\"" + text + "\"}";
      assertThrows(IllegalArgumentException.class, () -> Document.fromJson(json), text);
    }
  }
}
