"""The pages of the repository as the tests see them: prose, tables, links, code blocks.

A page is Markdown below the root: README, ARCHITECTURE, CHANGELOG, docs/ and the bindings' READMEs.
"""
import dataclasses
import re
from pathlib import Path

FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.M | re.S)


@dataclasses.dataclass
class Page:
    path: str  # relative to the root
    text: str

    @property
    def prose(self):
        """The text without its code blocks, each of which leaves its empty lines behind."""
        return FENCE.sub(lambda block: "\n" * block.group(0).count("\n"), self.text)

    def blocks(self, language):
        """Contents of the code blocks of this language, in order."""
        return [body for name, body in FENCE.findall(self.text) if name == language]

    def anchors(self):
        """What a link may name behind a `#`: its headings, as GitHub spells them."""
        headings = re.findall(r"^#+ (.*)$", self.prose, re.M)
        return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-")
                for heading in headings}


def read_page(root, path):
    return Page(path, (Path(root) / path).read_text(encoding="utf-8"))


def read_pages(root):
    folder = Path(root)
    found = [*folder.glob("*.md"), *folder.glob("docs/**/*.md"), *folder.glob("bindings/*/*.md"),
             *folder.glob("bench/*.md")]
    return [read_page(root, str(path.relative_to(folder))) for path in sorted(found)]
