"""The small numbers in an answer that lead to the passage they cite."""

from assistant.texts import WEB_TEXTS
from assistant.types import Citation, Language
from assistant.web import links
from assistant.web.markup import escape

_WORD_JOINER = "\u2060"  # keeps the numbers on the line of the last word


def render_calls(citations: list[Citation], interface_language: Language) -> str:
    """The numbers of the citations, each a link that says where it leads."""
    return _WORD_JOINER.join(["", *(_call(citation, interface_language) for citation in citations)])


def _call(citation: Citation, interface_language: Language) -> str:
    texts = WEB_TEXTS[interface_language]
    label = f"{texts.source_line.format(source=f'{citation.number}, {citation.title}')} ({texts.new_tab})"
    return (
        f'<a class="call" href="{escape(links.passage_address(citation.quote, interface_language))}" '
        f'target="_blank" rel="noopener" aria-label="{escape(label)}">{citation.number}</a>'
    )
