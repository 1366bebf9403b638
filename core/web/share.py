"""``/s/<token>``: a read-only link, exchanged for a session and left behind.

    GET  /s/<token>        a session's cookie and the view, or why it opens nothing
    POST /s/<token>/open   the same for who is signed in and prefers to see as a reader

The secret is in no page's address afterwards: neither in the history nor in what a
page tells another of where it came from. An account stays signed in until its owner
chooses: a link that somebody sends must not sign anybody out.
"""

from __future__ import annotations

from html import escape
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from core.accounts import sessions
from core.i18n import text
from core.shares import door
from core.shares.model import Ended, Ending
from core.web import cookies, workshop_page
from core.web.guard import YEAR, is_own_origin, is_secure, page_language
from core.web.pace import Pace

_PRIVATE: Final = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}
_STATUS: Final[dict[Ending, int]] = {
    "missing": 404,
    "expired": 410,
    "revoked": 410,
    "withdrawn": 410,
    "busy": 429,
}
# A room that scans the same code shares one address behind its router.
_by_address = Pace(burst=60, rate=2)


def _language(request: Request) -> str:
    return page_language(request.scope, request.headers)[0]


def _closed(request: Request, ended: Ended) -> Response:
    """Return the page that says why a link opens nothing, and whom to ask."""
    spoken = _language(request)
    title = text(f"share.ended.{ended.reason}", spoken)
    key = "share.ended.ask" if ended.maker else f"share.ended.{ended.reason}.note"
    note = text(key, spoken, name=ended.maker)
    main = f'<main class="alone"><h1>{escape(title)}</h1><p>{escape(note)}</p></main>'
    page = workshop_page.page(title, spoken, main)
    return HTMLResponse(page, _STATUS[ended.reason], _PRIVATE)


def _is_too_fast(request: Request) -> bool:
    return not _by_address.allows(request.client.host if request.client else "")


def _is_a_person(request: Request) -> bool:
    """Tell whether a browser asks for a page: not a picture of another site."""
    return request.headers.get("sec-fetch-dest", "document") == "document"


async def _enter(request: Request) -> Response:
    """Give the browser its cookie and lead it to the view."""
    entry = await run_in_threadpool(door.enter, request.path_params["token"])
    if isinstance(entry, Ended):
        return _closed(request, entry)
    answer = RedirectResponse(entry.address, 303, _PRIVATE)
    secure = is_secure(request.scope)
    answer.set_cookie(
        cookies.SHARE,
        entry.session_token,
        max_age=entry.seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=secure,
    )
    if cookies.LANGUAGE not in request.cookies:
        answer.set_cookie(
            cookies.LANGUAGE,
            entry.language,
            max_age=YEAR,
            path="/",
            samesite="lax",
            secure=secure,
        )
    return answer


async def _sign_out(request: Request, answer: Response) -> Response:
    """End the account's session, so that the link's is the one that counts."""
    token = request.cookies.get(cookies.SESSION)
    visitor = await run_in_threadpool(sessions.find, token)
    if visitor is not None:
        await run_in_threadpool(sessions.end, visitor.session_id)
    answer.delete_cookie(cookies.SESSION, path="/", httponly=True, samesite="lax")
    return answer


def _choice(request: Request, name: str) -> Response:
    """Ask who is signed in whether to stay so."""
    spoken = _language(request)
    title = text("share.signed_in.title", spoken, name=name)
    path = escape(request.url.path, quote=True)
    main = (
        f'<main class="alone"><h1>{escape(title)}</h1>'
        f"<p>{escape(text('share.signed_in.note', spoken))}</p>"
        f'<p><a href="/">{escape(text("share.signed_in.stay", spoken))}</a></p>'
        f'<form method="post" action="{path}/open">'
        f"<button>{escape(text('share.signed_in.leave', spoken))}</button></form>"
        "</main>"
    )
    return HTMLResponse(workshop_page.page(title, spoken, main), headers=_PRIVATE)


async def show(request: Request) -> Response:
    """Exchange a link for a session and lead to its view."""
    if _is_too_fast(request):
        return _closed(request, Ended("busy"))
    if request.method != "GET" or not _is_a_person(request):
        return Response(status_code=204, headers=_PRIVATE)
    token = request.cookies.get(cookies.SESSION)
    visitor = await run_in_threadpool(sessions.find, token)
    if visitor is None or visitor.is_demo:
        answer = await _enter(request)
        is_open = answer.status_code == 303
        return await _sign_out(request, answer) if visitor and is_open else answer
    ended = await run_in_threadpool(door.look, request.path_params["token"])
    return _choice(request, visitor.name) if ended is None else _closed(request, ended)


async def open_as_reader(request: Request) -> Response:
    """Leave the account for the link, as its owner chose on our own page."""
    headers = request.headers
    if not is_own_origin(headers.get("origin"), headers.get("host", "")):
        return Response(status_code=403)
    if _is_too_fast(request):
        return _closed(request, Ended("busy"))
    answer = await _enter(request)
    if answer.status_code == 303:
        await _sign_out(request, answer)
    return answer


async def nowhere(request: Request) -> Response:
    """Answer what is under ``/s/`` and is nothing, before Streamlit does."""
    return _closed(request, Ended("missing"))


ROUTES = (
    Route("/s/{token}", show, methods=["GET"]),
    Route("/s/{token}/open", open_as_reader, methods=["POST"]),
    Route("/s/{rest:path}", nowhere, methods=["GET", "POST"]),
)
