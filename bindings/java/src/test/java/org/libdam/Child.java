package org.libdam;

import java.nio.file.Path;
import java.nio.file.Paths;

/** The scenarios that {@link ProcessTest} runs in processes of their own. */
final class Child {
  private Child() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path directory = Paths.get(arguments[1]);
    switch (arguments[0]) {
      case "append":
        append(directory);
        break;
      case "leak":
        leak(directory);
        break;
      default:
        exitWhileThreadsWrite(directory);
    }
  }

  private static void append(Path directory) {
    try (DocumentArray array = DocumentArray.open(directory)) {
      array.append(Birds.of("robin"));
      System.out.println(array.count() + " bird");
    }
  }

  private static void leak(Path directory) throws InterruptedException {
    DocumentArray.open(directory);
    while (true) {
      System.gc();
      Thread.sleep(10);
      try {
        DocumentArray.open(directory).close();
        return;
      } catch (DamException busy) {
        // Not collected yet.
      }
    }
  }

  private static void exitWhileThreadsWrite(Path directory) throws InterruptedException {
    DocumentArray array = DocumentArray.open(directory);
    for (int i = 0; i < 3; ++i) {
      Thread writer = new Thread(() -> {
        while (true) {
          array.append(Document.fromJson("{}"), WriteOption.BUFFERED);
        }
      });
      writer.start();
    }
    while (array.count() < 1000) {
      Thread.sleep(1);
    }
    System.exit(7);
  }
}
