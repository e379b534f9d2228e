import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.libdam.Document;
import org.libdam.DocumentArray;
import org.libdam.OpenOptions;
import org.libdam.Slice;

/** LanguageBench ARRAY SCRATCH GETS EXTENDS ROUNDS: what bench_languages.cc measures, in Java. */
public class LanguageBench {
  private static final int BATCH = 1000;

  private final DocumentArray array;
  private final Path scratch;
  private final int gets;
  private final int extended;
  private final int rounds;

  private LanguageBench(DocumentArray array, String[] arguments) {
    this.array = array;
    scratch = Paths.get(arguments[1]);
    gets = Integer.parseInt(arguments[2]);
    extended = Integer.parseInt(arguments[3]);
    rounds = Integer.parseInt(arguments[4]);
  }

  private static long digest(Document document) {
    ByteBuffer bytes = document.asByteBuffer();
    int size = bytes.remaining();
    return size * 31L + (bytes.get(size / 2) & 0xff);
  }

  /** The first round is to warm up. */
  private static void print(int round, String workload, long nanoseconds, long count, long digest) {
    if (round > 0) {
      System.out.printf("{\"workload\":\"%s\",\"subject\":\"Java\",\"unit\":\"ns\",\"value\":%.6g,"
              + "\"operations\":%d,\"digest\":\"%016x\"}%n",
          workload, (double) nanoseconds / count, count, digest);
    }
  }

  private List<String> questions() {
    List<String> ids = array.ids(0, array.count());
    List<String> asked = new ArrayList<>();
    int state = 1;
    for (int i = 0; i < gets; ++i) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      asked.add(ids.get((state >> 8) % ids.size()));
    }
    return asked;
  }

  private void getCopied() {
    List<String> ids = questions();
    for (int round = 0; round <= rounds; ++round) {
      long digest = 0;
      long begin = System.nanoTime();
      for (String id : ids) {
        digest += digest(array.get(id).orElseThrow());
      }
      print(round, "get_copied", System.nanoTime() - begin, gets, digest);
    }
  }

  private void iterate() {
    for (int round = 0; round <= rounds; ++round) {
      long digest = 0;
      long count = 0;
      long begin = System.nanoTime();
      for (Document document : array) {
        digest += digest(document);
        ++count;
      }
      print(round, "iterate", System.nanoTime() - begin, count, digest);
    }
  }

  private static void remove(Path folder) throws Exception {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
        Files.delete(path);
      }
    }
  }

  private void extend() throws Exception {
    List<Document> documents = array.get(Slice.to(extended));
    for (int round = 0; round <= rounds; ++round) {
      try (DocumentArray target = DocumentArray.open(scratch)) {
        long begin = System.nanoTime();
        for (int at = 0; at < documents.size(); at += BATCH) {
          target.extend(documents.subList(at, Math.min(at + BATCH, documents.size())));
        }
        long nanoseconds = System.nanoTime() - begin;
        print(round, "extend", nanoseconds, target.count(), target.count());
      }
      remove(scratch);
    }
  }

  public static void main(String[] arguments) throws Exception {
    OpenOptions reading = new OpenOptions().readOnly();
    try (DocumentArray array = DocumentArray.open(Paths.get(arguments[0]), reading)) {
      LanguageBench bench = new LanguageBench(array, arguments);
      bench.getCopied();
      bench.iterate();
      bench.extend();
    }
  }
}
