"""The visitor's site as one FastAPI application: the chat, the source pages, and a health check."""

import logging
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.datastructures import Headers

from assistant.errors import AssistantError, UnknownDocument
from assistant.settings import Settings
from assistant.texts import WEB_TEXTS
from assistant.types import Language
from assistant.web import source_page
from assistant.web.envelope import Envelope, dress_gradio
from assistant.web.markup import escape
from assistant.web.negotiation import known_language, preferred_language
from assistant.web.protocols import Asker, Library
from assistant.web.visitor import VisitorPage

__all__ = ["Asker", "Library", "create_app"]

_FOLDER = Path(__file__).parent
_ASSETS = {"style.css": "text/css", "page.js": "text/javascript"}
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b4f45"/>'
    '<path d="M9 21c0-6 2-10 6-12M18 21c0-6 2-10 6-12" fill="none" stroke="#fbe38e" stroke-width="3.5" '
    'stroke-linecap="round"/></svg>'
)
_UPLOAD_LIMIT = "1kb"  # visitors send no files
_ASSET_CACHE = "public, max-age=31536000, immutable"  # the address holds a digest of the content


def create_app(
    asker: Asker, library: Library, *, settings: Settings, examples: Mapping[Language, Sequence[str]]
) -> FastAPI:
    """Build the whole site. ``examples`` are the questions offered before the first one, in each language."""
    app = FastAPI(title=settings.congress_name, docs_url=None, redoc_url=None, openapi_url=None)
    _add_assets(app)
    _add_health(app, library)
    _add_sources(app, library, settings)
    _refuse_uploads(app)
    head = _head()

    def dress(page: str, headers: Headers) -> str:
        language = preferred_language(headers.get("accept-language", ""))
        return dress_gradio(page, language=language, description=escape(WEB_TEXTS[language].strapline), head=head)

    app.add_middleware(Envelope, dress=dress)
    gr.mount_gradio_app(
        app,
        VisitorPage(asker, library, settings=settings, examples=examples).build(),
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=_UPLOAD_LIMIT,
        ssr_mode=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
    )
    return app


def _add_assets(app: FastAPI) -> None:
    @app.get("/interface/{name}")
    def asset(name: str) -> Response:
        if name not in _ASSETS:
            return Response(status_code=404)
        headers = {"Cache-Control": _ASSET_CACHE}
        return Response((_FOLDER / name).read_bytes(), media_type=_ASSETS[name], headers=headers)

    @app.get("/favicon.ico")
    def icon() -> Response:
        return Response(_ICON, media_type="image/svg+xml")


def _add_health(app: FastAPI, library: Library) -> None:
    @app.get("/health")
    def health() -> JSONResponse:
        try:
            return JSONResponse({"status": "ok", "documents": library.count()})
        except AssistantError:
            logging.exception("The library is not usable.")  # why is for the staff's log, not for the network
            return JSONResponse({"status": "error"}, status_code=503)


def _add_sources(app: FastAPI, library: Library, settings: Settings) -> None:
    @app.get("/source/{document_id:path}")
    def source(request: Request, document_id: str, start: str = "", end: str = "", ui: str = "") -> HTMLResponse:
        guess = preferred_language(request.headers.get("accept-language", ""))
        language = known_language(ui) or guess
        root = request.scope.get("root_path", "")
        texts = WEB_TEXTS[language]
        try:
            document = library.get(document_id)
        except UnknownDocument:
            title, status = texts.unknown_document, 404
            body = source_page.render_apology(title, texts.unknown_document_help)
        except AssistantError:
            logging.exception("%r could not be read.", document_id)
            title, status = texts.failure, 503
            body = source_page.render_apology(title, "")
        else:
            title, status = document.content.title, 200
            quote = source_page.valid_quote(document.content, start, end)
            body = source_page.render_source(document, language, quote=quote)
        site = source_page.Site(settings.congress_name, f"{root}/", f"{root}/{_asset_address('style.css')}")
        page = source_page.render_page(body, language, title=title, site=site)
        return HTMLResponse(page, status_code=status)


def _refuse_uploads(app: FastAPI) -> None:
    @app.post("/gradio_api/upload")
    def upload() -> Response:
        return Response(status_code=404)


def _head() -> str:
    return (
        '<link rel="icon" type="image/svg+xml" href="favicon.ico">'
        f'<link rel="stylesheet" href="{_asset_address("style.css")}">'
        f'<script src="{_asset_address("page.js")}" defer></script>'
    )


def _asset_address(name: str) -> str:
    digest = sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"interface/{name}?v={digest}"
