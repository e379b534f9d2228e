package org.libdam;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.libdam.binding.DamC;

/** What {@link DocumentArray#salvage(Path, Path)} found in a damaged array. */
public final class Salvaged {
  private final long recovered;
  private final long uncertain;
  private final List<String> places;

  private Salvaged(long recovered, long uncertain, List<String> places) {
    this.recovered = recovered;
    this.uncertain = uncertain;
    this.places = places;
  }

  static Salvaged of(Path directory, Path target, long task) {
    byte[] from = Utf8.encode(directory.toString(), "directory");
    byte[] to = Utf8.encode(target.toString(), "target");
    long[] recovered = new long[1];
    long[] uncertain = new long[1];
    byte[][] report = new byte[1][];
    DamC.dam_salvage(from, to, task, recovered, uncertain, report);
    List<String> places = Utf8.decode(report[0]).lines().collect(Collectors.toUnmodifiableList());
    return new Salvaged(recovered[0], uncertain[0], places);
  }

  /** Documents in the new array. */
  public long recovered() {
    return recovered;
  }

  /** Those of them that may have been deleted or replaced, or never committed. */
  public long uncertain() {
    return uncertain;
  }

  /** One line for each damaged place and each doubt. */
  public List<String> places() {
    return places;
  }
}
