// Options by number: their range, and that an unknown one is refused by its number.
#include <string.h>

#include "array_fixture.h"

static int make_options(void** state) {
  dam_options* options = NULL;
  const dam_status status = dam_options_create(&options);
  *state = options;
  return status;
}

static int free_options(void** state) {
  dam_options_free(*state);
  return 0;
}

static void every_option_keeps_its_number(void** state) {
  (void)state;
  assert_int_equal(DAM_OPTION_READ_ONLY, 1);
  assert_int_equal(DAM_OPTION_CREATE, 2);
  assert_int_equal(DAM_OPTION_DURABILITY, 3);
  assert_int_equal(DAM_OPTION_LOCK_TIMEOUT_MS, 4);
  assert_int_equal(DAM_OPTION_UPKEEP_THREAD, 5);
  assert_int_equal(DAM_OPTION_CHECK_PAYLOADS, 6);
  assert_int_equal(DAM_OPTION_WINDOW_BYTES, 7);
  assert_int_equal(DAM_OPTION_ALLOW_NETWORK, 8);
  assert_int_equal(DAM_OPTION_ACCEPT_LOSS, 9);
  assert_int_equal(DAM_OPTION_EMBEDDING_DIM, 10);
  assert_int_equal(DAM_OPTION_ANY_EMBEDDING, 11);
  assert_int_equal(DAM_OPTION_GARBAGE_PERCENT, 12);
  assert_int_equal(DAM_OPTION_RANDOM_READS, 16);
  assert_int_equal(DAM_OPTION_SHARED_WRITER, 17);
  assert_int_equal(DAM_OPTION_KEY_LENGTH, 13);
  assert_int_equal(DAM_OPTION_TEMPORARY, 14);
  assert_int_equal(DAM_OPTION_SAFE_READS, 15);
}

static void switches_take_0_and_1_only(void** state) {
  static const int32_t kSwitches[] = {
      DAM_OPTION_READ_ONLY,      DAM_OPTION_CREATE,        DAM_OPTION_UPKEEP_THREAD,
      DAM_OPTION_CHECK_PAYLOADS, DAM_OPTION_ALLOW_NETWORK, DAM_OPTION_ACCEPT_LOSS,
      DAM_OPTION_ANY_EMBEDDING,  DAM_OPTION_RANDOM_READS,  DAM_OPTION_ANY_EMBEDDING,
      DAM_OPTION_SHARED_WRITER,  DAM_OPTION_ANY_EMBEDDING, DAM_OPTION_TEMPORARY,
      DAM_OPTION_SAFE_READS,
  };
  size_t i;
  for (i = 0; i < sizeof kSwitches / sizeof *kSwitches; ++i) {
    ASSERT_STATUS(DAM_OK, dam_options_set(*state, kSwitches[i], 0));
    ASSERT_STATUS(DAM_OK, dam_options_set(*state, kSwitches[i], 1));
    ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, kSwitches[i], 2));
    ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, kSwitches[i], -1));
  }
}

static void durability_takes_the_three_levels_only(void** state) {
  static const int64_t kWrong[] = {0,  1,  3,         6,         14,
                                   16, -4, INT64_MAX, INT64_MIN, ((int64_t)1 << 32) + DAM_VISIBLE};
  size_t i;
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_DURABILITY, DAM_BUFFERED));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_DURABILITY, DAM_VISIBLE));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_DURABILITY, DAM_DURABLE));
  for (i = 0; i < sizeof kWrong / sizeof *kWrong; ++i)
    ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_DURABILITY, kWrong[i]));
}

static void numbers_are_held_to_their_range(void** state) {
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_LOCK_TIMEOUT_MS, -1));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_LOCK_TIMEOUT_MS, INT64_MAX));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_WINDOW_BYTES, 1 << 20));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_WINDOW_BYTES, 0));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_WINDOW_BYTES, INT64_MAX));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_GARBAGE_PERCENT, 0));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_GARBAGE_PERCENT, 100));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_GARBAGE_PERCENT, 101));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_GARBAGE_PERCENT, -1));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_EMBEDDING_DIM, 0));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_EMBEDDING_DIM, 768));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_EMBEDDING_DIM, -1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT,
                dam_options_set(*state, DAM_OPTION_EMBEDDING_DIM, (int64_t)1 << 31));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_KEY_LENGTH, 0));
  ASSERT_STATUS(DAM_OK, dam_options_set(*state, DAM_OPTION_KEY_LENGTH, 65535));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_KEY_LENGTH, 65536));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_KEY_LENGTH, -1));
}

static void an_unknown_option_is_refused_by_its_number(void** state) {
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, 4711, 1));
  assert_non_null(strstr(dam_last_error(), "4711"));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, 0, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, -1, 1));
  ASSERT_STATUS(DAM_INVALID_ARGUMENT, dam_options_set(*state, DAM_OPTION_SHARED_WRITER + 1, 1));
}

#define OPTIONS_TEST(test) cmocka_unit_test_setup_teardown(test, make_options, free_options)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_option_keeps_its_number),
      OPTIONS_TEST(switches_take_0_and_1_only),
      OPTIONS_TEST(durability_takes_the_three_levels_only),
      OPTIONS_TEST(numbers_are_held_to_their_range),
      OPTIONS_TEST(an_unknown_option_is_refused_by_its_number),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
