// A fixture: each test gets an empty directory of its own in `*state`, removed afterwards.
//
// The path is a std::string; `at(state, "name")` is a path in it. Used as setup and teardown of
// cmocka_unit_test_setup_teardown, since a failing assert would skip a destructor.
#pragma once

#include <filesystem>
#include <string>

#include "unit/cmocka_cpp.h"

namespace temporary_directory {

inline int create(void** state) {
  std::string pattern = (std::filesystem::temp_directory_path() / "libdam-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) return -1;
  *state = new std::string(pattern);
  return 0;
}

inline int remove(void** state) {
  const auto* path = static_cast<std::string*>(*state);
  std::error_code failure;
  std::filesystem::remove_all(*path, failure);
  delete path;
  return failure ? -1 : 0;
}

inline std::string at(void** state, const char* name) {
  return *static_cast<std::string*>(*state) + "/" + name;
}

}  // namespace temporary_directory

#define TEST_IN_DIRECTORY(test) \
  cmocka_unit_test_setup_teardown(test, temporary_directory::create, temporary_directory::remove)
