package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.libdam.binding.DamC;

/** The constants of dam.h that are enums here: the same names, the same numbers, none left out. */
class ConstantTest {
  private static Map<String, Integer> constants(String prefix) throws IllegalAccessException {
    Map<String, Integer> constants = new TreeMap<>();
    for (Field field : DamC.class.getFields()) {
      if (field.getName().startsWith(prefix)) {
        constants.put(field.getName().substring(prefix.length()), field.getInt(null));
      }
    }
    return constants;
  }

  private static <E extends Enum<E>> Map<String, Integer> numbers(
      E[] values, ToIntFunction<E> number) {
    return new TreeMap<>(Arrays.stream(values)
        .collect(Collectors.toMap(Enum::name, number::applyAsInt)));
  }

  @Test
  void everyStatIsThere() throws IllegalAccessException {
    assertEquals(constants("DAM_STAT_"), numbers(Stat.values(), Stat::number));
  }

  @Test
  void everyFieldIsThere() throws IllegalAccessException {
    assertEquals(constants("DAM_FIELD_"),
        numbers(org.libdam.Field.values(), org.libdam.Field::number));
    for (org.libdam.Field field : org.libdam.Field.values()) {
      assertSame(field, org.libdam.Field.of(field.number()));
    }
  }

  @Test
  void everyTypeOfTensorIsThere() throws IllegalAccessException {
    assertEquals(constants("DAM_DTYPE_"),
        numbers(Tensor.Dtype.values(), Tensor.Dtype::number));
    for (Tensor.Dtype dtype : Tensor.Dtype.values()) {
      assertSame(dtype, Tensor.Dtype.of(dtype.number()));
    }
  }

  @Test
  void everyMetricIsThere() throws IllegalAccessException {
    assertEquals(constants("DAM_METRIC_"),
        numbers(MatchOptions.Metric.values(), MatchOptions.Metric::number));
  }

  @Test
  void everyOptionOfJsonIsThere() throws IllegalAccessException {
    assertEquals(constants("DAM_JSON_"), numbers(JsonOption.values(), JsonOption::flag));
  }

  @Test
  void everyOptionOfAnOpenHasAMethod() throws IllegalAccessException {
    long methods = Arrays.stream(OpenOptions.class.getDeclaredMethods())
        .filter(method -> method.getReturnType() == OpenOptions.class)
        .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers())).count();
    Map<String, Integer> options = constants("DAM_OPTION_");
    options.keySet().removeAll(List.of("METRIC", "LIMIT", "EXCLUDE_SELF", "THREADS", "APPROXIMATE",
        "RANGE_FROM", "RANGE_TO")); // MatchOptions
    options.remove("GARBAGE_PERCENT"); // of a prune: PruneOptions
    options.keySet().removeIf(name -> name.startsWith("FIND_")); // FindOptions
    options.keySet().removeIf(name -> name.startsWith("IMPORT_")); // no public method yet
    assertEquals(options.size(), methods);
  }
}
