"""Shows each style rule a sample that it must refuse and one that it must let pass.

A rule that refuses nothing would hold nothing true; these samples keep the rules themselves honest.
"""
import cpp_scanner
import style_rules
import tap
from source_tree import Source

HEAD = "// What this owns.\n//\n// And how.\n"


def refused(rule, path, text, *others):
    return bool(rule([Source(path, text)] + [Source(p, t) for p, t in others]))


def both(rule, bad, good):
    """Offenders when the rule lets `bad` pass or refuses `good`; each is (path, text, ...)."""
    return (tap.expect(refused(rule, *bad), f"passed: {bad[1][:200]}") +
            tap.expect(not refused(rule, *good), f"refused: {good[1][:200]}"))


def a_file_of_601_lines_is_too_long():
    return both(style_rules.files_are_short, ("a.py", "x\n" * 601), ("a.py", "x\n" * 150))


def a_median_of_151_lines_is_too_long():
    return both(style_rules.files_are_short,
                ("a.py", "x\n" * 151, ("b.py", "x\n" * 151), ("c.py", "x\n")),
                ("a.py", "x\n" * 151, ("b.py", "x\n"), ("c.py", "x\n")))


def a_function_of_71_lines_is_too_long():
    def text(lines):
        short = "".join(f"int f{i}() {{\n}}\n" for i in range(20))
        return short + "int Store::long_one(int a) const {\n" + "  step();\n" * (lines - 2) + "}\n"
    return both(style_rules.functions_are_short, ("a.cc", text(71)), ("a.cc", text(70)))


def a_tenth_of_functions_above_40_lines_is_too_much():
    def text(long_ones):
        body = {True: "  step();\n" * 40, False: ""}
        return "".join(f"int f{i}() {{\n{body[i < long_ones]}}}\n" for i in range(20))
    return both(style_rules.functions_are_short, ("a.cc", text(3)), ("a.cc", text(2)))


def a_python_function_of_71_lines_is_too_long():
    short = "".join(f"def f{i}():\n    pass\n" for i in range(20))
    return both(style_rules.functions_are_short,
                ("a.py", short + "def f():\n" + "    pass\n" * 70),
                ("a.py", short + "def f():\n" + "    pass\n" * 69))


def a_line_of_101_columns_is_too_long():
    return both(style_rules.lines_fit_the_columns, ("a.cc", "x" * 101), ("a.cc", "x" * 100))


def five_parameters_are_too_many():
    return both(style_rules.parameters_are_few,
                ("a.cc", "int f(int a, int b, std::map<int, int> c, int d, int e) { return a; }"),
                ("a.cc", "int f(int a, int b, std::map<int, int> c, int d) { return a; }"))


def a_pointer_and_its_length_are_one_parameter():
    return both(style_rules.parameters_are_few,
                ("a.cc", "void f(int a, int b, int c, const char* id, size_t size, int d) {}"),
                ("a.cc", "void f(int a, int b, int c, const char* id, size_t id_size) {}"))


def a_public_function_may_have_six_parameters():
    return both(style_rules.parameters_are_few,
                ("a.cc", "int dam_f(int a, int b, int c, int d, int e, int f, int g) {}"),
                ("a.cc", "int dam_f(int a, int b, int c, int d, int e, int f) {}"))


def parameters_of_a_constructor_are_counted():
    return both(style_rules.parameters_are_few,
                ("a.cc", "A::A(int a, int b, int c, int d, int e) : a_(a), b_{b} { start(); }"),
                ("a.cc", "A::A(int a, int b) : a_(a), b_{b}, c_(a) { start(); }"))


def four_levels_of_control_are_too_deep():
    def text(inner):
        return "void f() { for (;;) { if (a) while (b) " + inner + " } }"
    return both(style_rules.control_is_not_nested_deeply,
                ("a.cc", text("if (c) d();")), ("a.cc", text("d();")))


def an_else_if_chain_is_one_level():
    chain = "void f() {" + "if (a) { b(); } else " * 6 + "{ c(); } }"
    deep = "void f() { if (a) { } else { if (b) { } else { if (c) { } else { if (d) e(); } } } }"
    return both(style_rules.control_is_not_nested_deeply, ("a.cc", deep), ("a.cc", chain))


def control_inside_a_lambda_is_seen():
    deep = "void f() { run([&](int a) { if (a) for (;;) switch (a) { case 1: if (b) return; } }); }"
    return both(style_rules.control_is_not_nested_deeply,
                ("a.cc", deep), ("a.cc", "void f() { run([&] { if (a) b(); }); }"))


def a_file_without_a_head_comment_is_refused():
    rule = style_rules.files_say_what_they_own
    return (both(rule, ("a.h", "#pragma once\n"), ("a.h", HEAD + "#pragma once\n")) +
            both(rule, ("a.py", "import os\n"), ("a.py", '"""What.\n\nHow.\n"""\n')) +
            both(rule, ("a.cc", "int a;\n"), ("a.cc", "int a;\n", ("a.h", HEAD))) +
            tap.expect(refused(rule, "a.h", "// one\n" * 9), "nine lines passed"))


def vague_names_are_refused():
    rule = style_rules.names_are_telling
    return (both(rule, ("a.h", "class ArrayManager { };"), ("a.h", "class Array { };")) +
            both(rule, ("a.h", "struct DocInfo final { };"), ("a.h", "struct Doc final { };")) +
            both(rule, ("a.cc", "void process_it() {}"), ("a.cc", "void append_it() {}")) +
            both(rule, ("a.cc", "void test_1() {}"), ("a.cc", "void it_holds() {}")) +
            both(rule, ("src/util/a.cc", ""), ("src/base/a.cc", "")))


def a_note_of_unfinished_work_is_refused():
    return both(style_rules.no_note_of_unfinished_work_is_left,
                ("a.cc", "// " + "TO" + "DO: later\n"), ("a.cc", "// todo lists are documents\n"))


def two_files_of_one_name_are_refused():
    return both(style_rules.file_names_are_unique,
                ("src/a/x.h", "", ("src/b/x.h", "")), ("src/a/x.h", "", ("src/b/y.h", "")))


def the_wrong_case_is_refused():
    rule = style_rules.identifiers_keep_their_case
    return (both(rule, ("src/a.h", "struct frame { int a; };"), ("src/a.h", "struct Frame { };")) +
            both(rule, ("a.cc", "int readAll() {}"), ("a.cc", "int read_all() {}")))


def fewer_test_lines_than_code_lines_are_refused():
    return both(style_rules.there_is_as_much_test_as_code,
                ("src/a.cc", "a\nb\n", ("tests/a.cc", "a\n\n"), ("tests/style/b.py", "x\n" * 9)),
                ("src/a.cc", "a\nb\n", ("tests/a.cc", "a\nb\n")))


def functions_are_found_in_every_shape():
    text = """
    #define MACRO(x) do { x; } while (0)
    namespace a::b { namespace {
    constexpr Calls kCalls = { .open = [](int f) { return f; } };
    std::atomic<int> count_{0};
    // void not_this() { }
    const char* kText = "void nor_this() {";
    template <typename T, size_t N> [[nodiscard]] Result<T> templated(T (&a)[N]) { return {}; }
    class [[nodiscard]] Status { public: explicit Status(Code c) : code_(c), text_{} {}
      bool operator==(const Status& o) const { return o.code_ == code_; }
      bool ok() const noexcept { return true; }
     private: auto begin() -> Iterator<int> { return {}; } };
    enum class Kind : uint8_t { kA, kB };
    extern "C" int plain(void) { struct X { int a; } x = {1}; return x.a; }
    }}"""
    names = [found.name for found in cpp_scanner.functions_of(text)]
    expected = ["templated", "Status", "operator", "ok", "begin", "plain"]
    return tap.expect(names == expected, f"found {names}")


if __name__ == "__main__":
    tap.run([
        a_file_of_601_lines_is_too_long, a_median_of_151_lines_is_too_long,
        a_function_of_71_lines_is_too_long, a_tenth_of_functions_above_40_lines_is_too_much,
        a_python_function_of_71_lines_is_too_long, a_line_of_101_columns_is_too_long,
        five_parameters_are_too_many, a_pointer_and_its_length_are_one_parameter,
        a_public_function_may_have_six_parameters, parameters_of_a_constructor_are_counted,
        four_levels_of_control_are_too_deep, an_else_if_chain_is_one_level,
        control_inside_a_lambda_is_seen, a_file_without_a_head_comment_is_refused,
        vague_names_are_refused, a_note_of_unfinished_work_is_refused,
        two_files_of_one_name_are_refused, the_wrong_case_is_refused,
        fewer_test_lines_than_code_lines_are_refused, functions_are_found_in_every_shape,
    ])
