"""HTML as a stream of blocks: what stands between two borders of paragraphs, cells and divisions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

from ..article import ArticleError

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 head"
    " header hr html li main nav ol p pre section table tbody td text th thead title tr ul".split()
)
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_UNSEEN = frozenset("button iframe noscript script select style svg template textarea".split())
_DEEPEST = 100  # elements one in another: pages have some dozens, and what is deeper was made to do harm
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u200b]+")
_UNSEEN_SIGNS = str.maketrans("", "", "\xad\u2060\ufeff")  # shown only where a line ends, or not at all
_AROUND = re.compile(r" *\n *")


class Tag(NamedTuple):
    """An element: its name, its attributes, and its place among those of the page, which tells it from others."""

    name: str
    attributes: dict[str, str]
    number: int

    @property
    def classes(self) -> list[str]:
        """The classes of the element."""
        return self.attributes.get("class", "").split()


@dataclass(slots=True)
class Block:
    """Words with a line feed for each ``<br>``; the elements around them, outermost first; the elements inside them;
    and the comments, identifiers and names of anchors that came before them; ``linked`` letters are links'."""

    text: str
    within: tuple[Tag, ...]
    inside: list[Tag] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    linked: int = 0

    def has_class(self, pattern: re.Pattern[str]) -> bool:
        """Whether an element around or inside has a class that matches as a whole."""
        return any(pattern.fullmatch(each) for tag in (*self.within, *self.inside) for each in tag.classes)


def blocks(html: str) -> list[Block]:
    """The blocks of a page that hold words.

    Raises `ArticleError` for what cannot be parsed.

    >>> [block.text for block in blocks("<p>Ferry <b>fares</b> rise<br>again<p>It rained.")]
    ['Ferry fares rise\\nagain', 'It rained.']
    """
    reader = _Reader()
    last = html.rfind(">") + 1  # behind it there are no elements, for each of which the parser would go on to the end
    try:
        reader.feed(html[:last] + html[last:].replace("<", " "))
        reader.close()
    except AssertionError as error:  # html.parser's answer to a malformed "<!["
        raise ArticleError(f"not a web page ({error})") from None
    reader.flush()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Block] = []
        self._open: list[Tag] = []
        self._words: list[str] = []
        self._inside: list[Tag] = []
        self._marks: list[str] = []
        self._unseen = self._count = self._links = self._linked = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        if tag == "br":
            self._words.append("\n")
        elif tag == "q":
            self._words.append("“")
        elif tag == "a":
            self._links = 1
        if tag in BLOCKS:
            self.flush()
            if self._open and self._open[-1].name == "p" and tag not in {"text", "html", "body", "head", "title"}:
                self._open.pop()  # a paragraph ends where the next block begins
        self._count += 1
        new = Tag(tag, {name: value or "" for name, value in attrs}, self._count)
        self._marks += [new.attributes[name] for name in ("id", "name") if new.attributes.get(name)]
        if tag not in BLOCKS:
            self._inside.append(new)
        if tag not in VOID and tag in BLOCKS and len(self._open) < _DEEPEST:
            self._open.append(new)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        if tag == "q":
            self._words.append("”")
        elif tag == "a":
            self._links = 0
        if tag in BLOCKS:
            self.flush()
            at = next((k for k in range(len(self._open) - 1, -1, -1) if self._open[k].name == tag), -1)
            if at >= 0:
                del self._open[at:]

    def parse_comment(self, i: int, report: bool = True) -> int:
        """A comment ends at ``-->``; to the library at ``-- >``, too, which stands in scripts ("n-- > 0")."""
        end = self.rawdata.find("-->", i + 2)
        if end >= 0 and report:
            self.handle_comment(self.rawdata[i + 4 : end])
        return end + 3 if end >= 0 else -1

    def handle_comment(self, data: str) -> None:
        self._marks.append(data)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            words = _BLANKS.sub(" ", data.translate(_UNSEEN_SIGNS))
            self._words.append(words)
            self._linked += self._links * len(words)

    def flush(self) -> None:
        """Keeps the block that is open, if it holds words."""
        text = _lines("".join(self._words))
        if text:
            self.found.append(Block(text, tuple(self._open), self._inside, self._marks, self._linked))
            self._marks = []
        self._words, self._inside, self._linked = [], [], 0


def _lines(words: str) -> str:
    """Words with single blanks, and none at the ends of lines."""
    return _AROUND.sub("\n", re.sub(" {2,}", " ", words)).strip()
