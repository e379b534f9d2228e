package org.libdam.binding;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds libdam_jni.so: where {@code dam.library.path} says and nowhere else; without it on
 * {@code java.library.path}; then in the jar, from where it is copied into {@code dam.tmpdir} (by
 * default {@code java.io.tmpdir}) for the moment of loading.
 */
final class NativeLibrary {
  private static final String FILE = "libdam_jni.so";

  private final List<String> tried = new ArrayList<>();

  private NativeLibrary() {}

  /** Loads it into this class loader, or throws an UnsatisfiedLinkError that lists all attempts. */
  static void load() {
    NativeLibrary search = new NativeLibrary();
    if (!search.found()) {
      throw new UnsatisfiedLinkError(
          FILE + " could not be loaded. Tried:\n  " + String.join("\n  ", search.tried));
    }
    int version = DamCJNI.dam_abi_version();
    if (version != DamC.DAM_ABI_VERSION) {
      throw new UnsatisfiedLinkError(
          FILE + " has the ABI " + version + ", the classes need " + DamC.DAM_ABI_VERSION);
    }
  }

  private boolean found() {
    String only = System.getProperty("dam.library.path");
    if (only != null) {
      return loads("dam.library.path", only);
    }
    return onLibraryPath() || fromJar();
  }

  private boolean onLibraryPath() {
    String folders = System.getProperty("java.library.path", "");
    for (String folder : folders.split(":")) {
      if (!folder.isEmpty() && loads("java.library.path", folder)) {
        return true;
      }
    }
    return false;
  }

  /** {@code place} is the file or the folder it lies in. */
  private boolean loads(String origin, String place) {
    Path file = Paths.get(place).toAbsolutePath();
    if (!place.endsWith(".so")) {
      file = file.resolve(FILE);
    }
    if (!Files.isRegularFile(file)) {
      tried.add(file + " (" + origin + "): no such file");
      return false;
    }
    return loads(origin, file);
  }

  private boolean loads(String origin, Path file) {
    try {
      System.load(file.toString());
      return true;
    } catch (UnsatisfiedLinkError refused) {
      tried.add(file + " (" + origin + "): " + refused.getMessage());
      return false;
    }
  }

  private boolean fromJar() {
    String resource = "/org/libdam/native/" + platform() + "/" + FILE;
    try (InputStream content = NativeLibrary.class.getResourceAsStream(resource)) {
      if (content == null) {
        tried.add("the jar: it has no " + resource);
        return false;
      }
      return loadsCopy(content);
    } catch (IOException failure) {
      tried.add("the jar: " + resource + " cannot be copied: " + failure);
      return false;
    }
  }

  /** The copy has a name of its own, so that processes and versions do not meet. */
  private boolean loadsCopy(InputStream content) throws IOException {
    String folder = System.getProperty("dam.tmpdir", System.getProperty("java.io.tmpdir"));
    Path copy = Files.createTempFile(Paths.get(folder), "libdam_jni-", ".so");
    try {
      Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      boolean loaded = loads("the copy from the jar", copy);
      if (!loaded) {
        tried.add("when " + folder + " is mounted noexec, let dam.tmpdir name another folder");
      }
      return loaded;
    } finally {
      // What is loaded needs its name no more.
      Files.deleteIfExists(copy);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
    String machine = System.getProperty("os.arch");
    return system + "-" + (machine.equals("amd64") ? "x86_64" : machine);
  }
}
