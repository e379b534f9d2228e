// The sink of log lines.
#include "base/log_sink.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "unit/cmocka_cpp.h"

namespace {

struct Lines {
  std::string last;
  int32_t level = -1;
  int count = 0;
};

void keep(void* context, int32_t level, const char* text) {
  auto* lines = static_cast<Lines*>(context);
  lines->last = text;
  lines->level = level;
  ++lines->count;
}

int take_sink_away(void**) {
  dam::set_log_sink(nullptr, nullptr);
  return 0;
}

void without_a_sink_a_line_goes_nowhere(void**) {
  Lines lines;
  dam::set_log_sink(keep, &lines);
  dam::set_log_sink(nullptr, nullptr);
  dam::log_line(dam::LogLevel::kError, "lost");
  assert_int_equal(lines.count, 0);
}

void a_line_reaches_the_sink_with_its_level(void**) {
  Lines lines;
  dam::set_log_sink(keep, &lines);
  dam::log_line(dam::LogLevel::kWarning, "checkpoint %d of %s", 7, "body.bin");
  assert_int_equal(lines.count, 1);
  assert_int_equal(lines.level, 1);
  assert_string_equal(lines.last.c_str(), "checkpoint 7 of body.bin");
}

void a_long_line_is_cut(void**) {
  Lines lines;
  dam::set_log_sink(keep, &lines);
  dam::log_line(dam::LogLevel::kInformation, "%s", std::string(5000, 'x').c_str());
  assert_int_equal(lines.last.size(), 1023);
}

// The context lives as long as the sink is set; each round would touch a dead one otherwise.
void a_sink_taken_away_is_not_running_any_more(void**) {
  std::atomic<bool> stop{false};
  std::thread writer([&stop] {
    while (!stop.load()) dam::log_line(dam::LogLevel::kError, "line");
  });
  for (int round = 0; round < 500; ++round) {
    auto lines = std::make_unique<Lines>();
    dam::set_log_sink(keep, lines.get());
    dam::log_line(dam::LogLevel::kError, "own");
    dam::set_log_sink(nullptr, nullptr);
    assert_true(lines->count >= 1);
  }
  stop = true;
  writer.join();
}

}  // namespace

int main() {
  const CMUnitTest tests[] = {
      cmocka_unit_test_teardown(without_a_sink_a_line_goes_nowhere, take_sink_away),
      cmocka_unit_test_teardown(a_line_reaches_the_sink_with_its_level, take_sink_away),
      cmocka_unit_test_teardown(a_long_line_is_cut, take_sink_away),
      cmocka_unit_test_teardown(a_sink_taken_away_is_not_running_any_more, take_sink_away),
  };
  return cmocka_run_group_tests(tests, nullptr, nullptr);
}
