"""Reads C and C++ just deep enough for the style rules: tokens, functions, parameters, nesting.

Tokens come without comments, preprocessor lines and the inside of literals. Functions are found by
the shape of what stands before a brace, not by a grammar: code that clang-format has laid out reads
well this way, and a macro that opens a brace would not.
"""
import dataclasses
import re

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<raw>(?:u8|[uUL])?R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)")
      | (?P<literal>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|(?:u8|[uUL])?'(?:\\.|[^'\\\n])*')
      | (?P<number>\.?\d(?:'?[\w.]|[eEpP][+-])*)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<mark2>::|->|\.\.\.|&&|\|\||[=!<>]=|\S)""",
    re.X | re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M | re.S)
CLOSER = {"(": ")", "[": "]", "{": "}"}
TYPE_WORDS = {"class", "struct", "union", "enum"}
CONTROL = {"if", "for", "while", "switch"}


@dataclasses.dataclass
class Token:
    text: str
    line: int


@dataclasses.dataclass
class Function:
    name: str
    line: int
    lines: int
    parameters: list
    nesting: int


def tokens_of(text):
    """The tokens of a source text, each with its line."""
    text = DIRECTIVE.sub(lambda found: "\n" * found.group().count("\n"), text)
    tokens, line, end = [], 1, 0
    for found in TOKEN.finditer(text):
        line += text.count("\n", end, found.start())
        end = found.start()
        if found.lastgroup != "comment" and not found.group("comment"):
            literal = found.group("raw") or found.group("literal")
            tokens.append(Token('""' if literal else found.group(), line))
    return tokens


def closing(tokens, at):
    """Index of the bracket that closes the one at `at`; the end when there is none."""
    opener, closer, depth = tokens[at].text, CLOSER[tokens[at].text], 0
    for i in range(at, len(tokens)):
        depth += (tokens[i].text == opener) - (tokens[i].text == closer)
        if depth == 0:
            return i
    return len(tokens) - 1


def without_decoration(head):
    """A declaration without its leading template<...>, and without attributes anywhere."""
    plain, i = [], 0
    while i < len(head):
        word = head[i].text
        following = head[i + 1].text if i + 1 < len(head) else ""
        if word == "[" and following == "[":
            i = closing(head, i)
        elif word in ("alignas", "__attribute__", "decltype", "requires") and following == "(":
            i = closing(head, i + 1)
        elif word == "template" and following == "<":
            depth = 0
            while i + 1 < len(head):
                i += 1
                depth += (head[i].text == "<") - (head[i].text == ">")
                if depth == 0:
                    break
        else:
            plain.append(head[i])
        i += 1
    return plain


def parameter_list(head):
    """Indexes of the parentheses around a function's parameters, or None for no function."""
    for i, token in enumerate(head):
        if token.text == "operator":
            opened = next((j for j in range(i + 2, len(head)) if head[j].text == "("), None)
            return None if opened is None else (opened, closing(head, opened))
        if token.text == "=":
            return None
        if token.text == "(" and i > 0 and re.match(r"\w", head[i - 1].text):
            return i, closing(head, i)
    return None


def kind_of(head):
    """What the brace behind `head` opens: 'scope', 'function', 'member value' or 'value'."""
    if any(token.text == "namespace" for token in head[:2]):
        return "scope"
    if len(head) == 2 and head[0].text == "extern" or not head:
        return "scope"
    found = parameter_list(head)
    if found is None:
        words = [token.text for token in head]
        return "scope" if TYPE_WORDS & set(words) and "=" not in words else "value"
    behind = head[found[1] + 1:]
    starts_values = any(token.text == ":" for token in behind)
    if starts_values and re.match(r"\w|>", head[-1].text):
        return "member value"
    return "function"


def split_parameters(tokens):
    """The parameters between two parentheses, each as the list of its words."""
    parameters, current, depth = [], [], 0
    for token in tokens:
        depth += (token.text in "([{<") - (token.text in ")]}>")
        if token.text == "," and depth == 0:
            parameters.append(current)
            current = []
        else:
            current.append(token.text)
    if current and current != ["void"]:
        parameters.append(current)
    return parameters


def counted_parameters(parameters):
    """How many parameters there are when a pointer and its length are one."""
    names = []
    for words in parameters:
        plain = words[: words.index("=")] if "=" in words else words
        named = [word for word in plain if re.match(r"[A-Za-z_]", word)]
        names.append(named[-1] if named else "")
    count = 0
    for i, name in enumerate(names):
        is_length = re.fullmatch(r"(.*_)?(size|count|capacity|length)", name) is not None
        points = i > 0 and ("*" in parameters[i - 1] or "[" in parameters[i - 1])
        count += not (is_length and points)
    return count


class NestingMeter:
    """Walks the statements of one body and remembers the deepest control structure."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.deepest = 0

    def text(self, at):
        return self.tokens[at].text if at < len(self.tokens) else ""

    def block(self, at, depth):
        """From an opening brace to behind its closing one."""
        at += 1
        while at < len(self.tokens) and self.text(at) != "}":
            at = self.statement(at, depth)
        return at + 1

    def statement(self, at, depth):
        word = self.text(at)
        if word == "{":
            return self.block(at, depth)
        if word in CONTROL:
            return self.control(at, depth)
        if word in ("do", "try", "catch"):
            return self.guarded(at, depth)
        if word in ("case", "default"):
            while at < len(self.tokens) and self.text(at) != ":":
                at += 1
            return at + 1
        return self.expression(at, depth)

    def control(self, at, depth):
        self.deepest = max(self.deepest, depth + 1)
        is_branch = self.text(at) == "if"
        at += 1 + (self.text(at + 1) == "constexpr")
        at = self.statement(closing(self.tokens, at) + 1, depth + 1)
        if not is_branch or self.text(at) != "else":
            return at
        # An else-if continues its chain instead of going deeper.
        chained = self.text(at + 1) == "if"
        return self.statement(at + 1, depth if chained else depth + 1)

    def guarded(self, at, depth):
        self.deepest = max(self.deepest, depth + 1)
        if self.text(at) == "catch":
            return self.statement(closing(self.tokens, at + 1) + 1, depth + 1)
        is_loop = self.text(at) == "do"
        at = self.statement(at + 1, depth + 1)
        return self.expression(at, depth) if is_loop else at

    def expression(self, at, depth):
        """To behind the semicolon, or to the brace that closes what the expression stands in."""
        while at < len(self.tokens) and self.text(at) != "}":
            if self.text(at) == ";":
                return at + 1
            at = self.block(at, depth) if self.text(at) == "{" else at + 1
        return at


def functions_of(text):
    """Every function with a body, in the order of the text."""
    tokens = tokens_of(text)
    functions, start, i = [], 0, 0
    while i < len(tokens):
        word = tokens[i].text
        if word in ";}":
            start = i + 1
        elif word == ":" and i > start and tokens[i - 1].text in ("public", "private", "protected"):
            start = i + 1
        elif word == "(":
            i = closing(tokens, i)
        elif word == "{":
            head = without_decoration(tokens[start:i])
            kind = kind_of(head)
            if kind == "function":
                functions.append(measure(tokens, start, i, head))
            if kind != "scope":
                i = closing(tokens, i)
            if kind == "scope" or kind == "function":
                start = i + 1
        i += 1
    return functions


def measure(tokens, start, opened, head):
    closed = closing(tokens, opened)
    first, last = parameter_list(head)
    name = "operator" if any(t.text == "operator" for t in head) else head[first - 1].text
    meter = NestingMeter(tokens[opened:closed + 1])
    meter.block(0, 0)
    lines = tokens[closed].line - tokens[start].line + 1
    return Function(name, tokens[start].line, lines, split_parameters(head[first + 1:last]),
                    meter.deepest)


def types_of(text):
    """(name, line) of each class, struct, union and enum that the text defines or declares."""
    tokens = tokens_of(text)
    names = []
    for i, token in enumerate(tokens[:-1]):
        if token.text in TYPE_WORDS and (i == 0 or tokens[i - 1].text not in ("<", ",")):
            rest = without_decoration(tokens[i + 1:i + 12])
            rest = [t for t in rest if t.text not in TYPE_WORDS]
            if len(rest) > 1 and rest[1].text in ("{", ";", ":", "final"):
                names.append((rest[0].text, token.line))
    return names
