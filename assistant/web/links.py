"""Addresses that the pages link to. They are relative, so that the site may live below any path."""

from urllib.parse import quote, urlencode, urlsplit

from assistant.types import Language, Quote

QUOTE_ANCHOR = "quote"


def passage_address(passage: Quote, interface_language: Language) -> str:
    """Point to the source page of a quote, with its words highlighted and scrolled to."""
    query = urlencode({"start": passage.start, "end": passage.end, "ui": interface_language})
    return f"source/{quote(passage.document_id)}?{query}#{QUOTE_ANCHOR}"


def document_address(document_id: str, interface_language: Language) -> str:
    """Point to the source page of a whole document."""
    return f"source/{quote(document_id)}?{urlencode({'ui': interface_language})}"


def outside_address(url: str | None) -> str | None:
    """``url`` if it is a web address that a reader may safely follow, else None: never ``javascript:``."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else None
