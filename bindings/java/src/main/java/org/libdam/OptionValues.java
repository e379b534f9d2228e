package org.libdam;

import java.util.Map;
import java.util.TreeMap;
import org.libdam.binding.DamC;

/** Options by their numbers, as a native object for the time of a call. */
final class OptionValues {
  private final Map<Integer, Long> values = new TreeMap<>();
  private final Map<Integer, Double> numbers = new TreeMap<>();

  void put(int option, long value) {
    values.put(option, value);
  }

  void putNumber(int option, double number) {
    numbers.put(option, number);
  }

  void lend(Handle.Call call) {
    long[] options = new long[1];
    DamC.dam_options_create(options);
    try {
      values.forEach((option, value) -> DamC.dam_options_set(options[0], option, value));
      numbers.forEach((option, number) -> DamC.dam_options_set_number(options[0], option, number));
      call.on(options[0]);
    } finally {
      DamC.dam_options_free(options[0]);
    }
  }
}
