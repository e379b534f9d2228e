import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import org.libdam.Document;
import org.libdam.DocumentArray;
import org.libdam.WriteOption;

/**
 * Relay DIRECTORY: reads a whole array, adds two documents as one commit, and reads it again; each
 * time prints how many documents there are and a digest of all. examples/relay.c says of what.
 */
public class Relay {
  private static final long PRIME = 0x100000001b3L;

  private long digest = 0xcbf29ce484222325L;

  private void add(byte[] bytes) {
    for (byte each : bytes) {
      digest = (digest ^ (each & 0xff)) * PRIME;
    }
  }

  private void add(Document document) {
    add(document.id().orElseThrow().getBytes(StandardCharsets.UTF_8));
    long hash = document.contentHash();
    byte[] bytes = new byte[Long.BYTES];
    for (int i = 0; i < bytes.length; ++i) {
      bytes[i] = (byte) (hash >> 8 * i);
    }
    add(bytes);
  }

  private static void print(DocumentArray array, String label) {
    Relay relay = new Relay();
    long count = 0;
    for (Document document : array) { // a view of one moment, whoever writes meanwhile
      relay.add(document);
      ++count;
    }
    System.out.printf("%s %d %016x%n", label, count, relay.digest);
  }

  public static void main(String[] arguments) {
    Path directory = Paths.get(arguments[0]);
    try (DocumentArray array = DocumentArray.open(directory)) {
      print(array, "before");
      List<Document> documents = new ArrayList<>();
      for (int number = 1; number <= 2; ++number) {
        documents.add(Document.builder().id("java-" + number).text("added by Java")
            .tag("number", number).tag("half", number / 2.0).build());
      }
      array.extend(documents, WriteOption.UPSERT, WriteOption.DURABLE);
      print(array, "after");
    }
  }
}
