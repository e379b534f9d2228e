package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What takes a Java process of its own: finding the library, and ending the process. */
@Timeout(60)
class ProcessTest {
  private static final Path CLASSES = Paths.get(System.getProperty("dam.test.classes"));
  private static final Path LIBRARY = Paths.get(System.getProperty("dam.test.library"));

  @TempDir Path folder;

  private static final class Ended {
    private final int status;
    private final String output;

    private Ended(int status, String output) {
      this.status = status;
      this.output = output;
    }
  }

  /** Runs a scenario of {@link Child} with the classes that have no library beside them. */
  private Ended run(List<String> properties, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xcheck:jni");
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(properties);
    String classPath = System.getProperty("dam.main.classes") + ":" + CLASSES;
    command.addAll(List.of("-cp", classPath, "org.libdam.Child"));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(output.toFile()).start();
    int status = process.waitFor();
    return new Ended(status, Files.readString(output));
  }

  private static void assertWorks(Ended ended) {
    assertEquals("1 bird\n", ended.output);
    assertEquals(0, ended.status);
  }

  @Test
  void theLibraryIsFoundInTheFolderThatThePropertyNames() throws Exception {
    Path place = LIBRARY.getParent();
    assertWorks(run(List.of("-Ddam.library.path=" + place), "append", folder + "/a"));
    assertWorks(run(List.of("-Ddam.library.path=" + LIBRARY), "append", folder + "/b"));
  }

  @Test
  void thePropertyHasNoFallback() throws Exception {
    Ended ended = run(List.of("-Ddam.library.path=/nowhere",
        "-Djava.library.path=" + LIBRARY.getParent()), "append", folder + "/a");
    assertTrue(ended.output.contains("/nowhere/libdam_jni.so (dam.library.path)"), ended.output);
    assertEquals(1, ended.status);
  }

  @Test
  void theLibraryPathOfJavaComesNext() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("tmp"));
    assertWorks(run(List.of("-Djava.library.path=/nowhere:" + LIBRARY.getParent(),
        "-Ddam.tmpdir=/not/there"), "append", folder + "/a"));
    assertTrue(isEmpty(empty));
  }

  @Test
  void theJarComesLastAndLeavesNoCopyBehind() throws Exception {
    Path tmp = Files.createDirectory(folder.resolve("tmp"));
    assertWorks(run(List.of("-Djava.library.path=", "-Ddam.tmpdir=" + tmp),
        "append", folder + "/a"));
    assertTrue(isEmpty(tmp));
  }

  @Test
  void theFailureListsEveryPlaceTried() throws Exception {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve("libdam_jni.so"), "no library");
    Ended ended = run(List.of("-Djava.library.path=/nowhere:" + broken,
        "-Ddam.tmpdir=/not/there"), "append", folder + "/a");
    assertEquals(1, ended.status);
    for (String place : List.of("/nowhere/libdam_jni.so", broken + "/libdam_jni.so",
        "the jar", "/not/there")) {
      assertTrue(ended.output.contains(place), place + " in " + ended.output);
    }
  }

  @Test
  void aLeakIsLogged() throws Exception {
    Ended ended = run(List.of(), "leak", folder + "/a");
    assertTrue(ended.output.contains("a document array was collected without being closed"),
        ended.output);
    assertEquals(0, ended.status);
  }

  @Test
  void exitWhileThreadsWriteLeavesASoundArray() throws Exception {
    for (int round = 0; round < 3; ++round) {
      Ended ended = run(List.of(), "exit", folder + "/a");
      assertEquals("", ended.output);
      assertEquals(7, ended.status);
      assertEquals(List.of(), DocumentArray.verify(folder.resolve("a")));
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }
}
