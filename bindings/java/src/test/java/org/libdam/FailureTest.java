package org.libdam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.libdam.binding.DamC;

class FailureTest {
  private static final byte[] TEXT = "why ä".getBytes(StandardCharsets.UTF_8);

  /** The negative constants of dam.h, by name. */
  private static Map<String, Integer> codes() throws IllegalAccessException {
    Map<String, Integer> codes = new HashMap<>();
    for (Field field : DamC.class.getFields()) {
      if (field.getType() == int.class && field.getInt(null) < 0) {
        codes.put(field.getName().substring("DAM_".length()), field.getInt(null));
      }
    }
    return codes;
  }

  @Test
  void everyCodeOfTheHeaderHasItsNameHere() throws IllegalAccessException {
    assertEquals(19, codes().size());
    codes().forEach((name, number) -> {
      assertEquals(name, DamException.Code.of(number).name());
      assertEquals(name, DamC.dam_status_name(number));
    });
    assertEquals(codes().size() + 1, DamException.Code.values().length);
    assertSame(DamException.Code.UNKNOWN, DamException.Code.of(-1000));
  }

  @Test
  void everyFailureCarriesCodeAndText() throws IllegalAccessException {
    for (Map.Entry<String, Integer> code : codes().entrySet()) {
      RuntimeException failure = Failures.of(code.getValue(), TEXT);
      Throwable inner = failure instanceof DamException ? failure : failure.getCause();
      assertEquals(code.getKey(), ((DamException) inner).code().name());
      assertEquals("why ä", failure.getMessage());
      assertTrue(inner.toString().contains(code.getKey()));
    }
  }

  @Test
  void misuseIsTheExceptionThatJavaHasForIt() {
    Map<Integer, Class<?>> expected = Map.of(
        DamC.DAM_INVALID_ARGUMENT, IllegalArgumentException.class,
        DamC.DAM_CLOSED, IllegalStateException.class,
        DamC.DAM_OUT_OF_RANGE, IndexOutOfBoundsException.class,
        DamC.DAM_CONFLICT, DamException.class);
    expected.forEach((code, type) -> assertSame(type, Failures.of(code, TEXT).getClass()));
  }
}
