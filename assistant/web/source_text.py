"""The text of a stored document as HTML: escaped, the quoted words highlighted, the note calls in place."""

from itertools import pairwise

from assistant.types import ParsedDocument, SourceMark, Span
from assistant.web.links import QUOTE_ANCHOR
from assistant.web.markup import escape


class SourceText:
    """Renders slices of one text in reading order; only the first highlight carries the anchor."""

    def __init__(self, content: ParsedDocument, quote: Span | None, *, call_label: str) -> None:
        self._text = content.text
        self._quote = quote
        self._calls = sorted(content.marks, key=lambda mark: mark.position)
        self._call_label = call_label
        self._labels = {source.label for source in content.sources}
        self._anchored = False

    def slice(self, start: int, end: int) -> str:
        """``text[start:end]`` as HTML, with the note calls that vouch for words of it."""
        calls = [call for call in self._calls if start < call.position <= end]
        edges = sorted({start, end, *(call.position for call in calls), *self._quote_edges(start, end)})
        pieces = []
        for left, right in pairwise(edges):
            pieces.append(self._piece(left, right))
            pieces += [self._call(call) for call in calls if call.position == right]
        return "".join(pieces)

    def _quote_edges(self, start: int, end: int) -> list[int]:
        if self._quote is None:
            return []
        return [edge for edge in (self._quote.start, self._quote.end) if start < edge < end]

    def _piece(self, start: int, end: int) -> str:
        words = escape(self._text[start:end])
        if self._quote is None or not (self._quote.start <= start and end <= self._quote.end):
            return words
        anchor = "" if self._anchored else f' id="{QUOTE_ANCHOR}"'
        self._anchored = True
        return f"<mark{anchor}>{words}</mark>"

    def _call(self, call: SourceMark) -> str:
        label = escape(call.label)
        if call.label not in self._labels:
            return f'<sup class="note-call">{label}</sup>'
        title = escape(self._call_label.format(label=call.label))
        return f'<sup class="note-call"><a href="#note-{label}" aria-label="{title}">{label}</a></sup>'
