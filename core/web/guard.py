"""What every answer passes through: who may ask, and what a browser may do with it.

Streamlit itself sends no security header, accepts a websocket without an Origin, and
serves files made for one person to whoever has the address. This closes that.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core import settings
from core.accounts import sessions
from core.accounts.sessions import Visitor
from core.i18n import LANGUAGES
from core.shares import door
from core.web import cookies

YEAR: Final = 365 * 86400
_HIDDEN = re.compile(r"/_stcore/(metrics|agent|script-health-check)(/|$)")
_SIGNED_IN = re.compile(r"^/(media/|_stcore/upload_file/)")
_NOT_PAGES = re.compile(
    r"^/(static|_stcore|media|component|assets|api|auth|app|health|favicon|oauth2callback)"
    r"([/.]|$)|^/[sw]/"
)
_ADDRESSES = frozenset(
    path.stem for path in (settings.ROOT / "pages").glob("*.py") if path.stem != "home"
)
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_LOCAL_NAMES: Final = frozenset({"localhost", "testserver"})
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}


def content_policy(inline_scripts: tuple[str, ...] = ()) -> str:
    """Return the content policy: nothing from elsewhere, no script but our files.

    ``inline_scripts`` are digests of scripts inside the page's shell. Charts compile
    without ``eval``; the data grid needs WebAssembly.
    """
    scripts = "".join(f" 'sha256-{digest}'" for digest in inline_scripts)
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{scripts}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "frame-src 'self'; frame-ancestors 'none'; base-uri 'self'; "
        "form-action 'self'; object-src 'none'"
    )


def _public() -> tuple[str, str] | None:
    """Return scheme and host of the address people use, when it is set."""
    parts = urlsplit(settings.value("APLOMB_PUBLIC_URL"))
    return (parts.scheme, parts.netloc.lower()) if parts.netloc else None


def is_known_host(host: str) -> bool:
    """Tell whether a request may be for ``host``.

    Names with a dot must be declared: otherwise a foreign name pointed at this server
    would make its pages "the same origin" (DNS rebinding). Addresses and bare names
    cannot be used so.
    """
    public = _public()
    if public and host.lower() == public[1]:
        return True
    name = urlsplit(f"//{host}").hostname or ""
    if name in _LOCAL_NAMES or (name and "." not in name and ":" not in name):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_own_origin(origin: str | None, host: str) -> bool:
    """Tell whether a request comes from a page that this server itself sent."""
    if not origin or not is_known_host(host):
        return False
    parts = urlsplit(origin)
    public = _public()
    if public and (parts.scheme, parts.netloc.lower()) == public:
        return True
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def is_secure(scope: Scope) -> bool:
    """Tell whether the browser speaks https, to us or to the proxy before us."""
    public = _public()
    return scope.get("scheme") == "https" or bool(public and public[0] == "https")


def cookie(headers: Headers, name: str) -> str | None:
    """Return a cookie's value, or None."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


def _is_known(headers: Headers) -> bool:
    """Tell whether a browser is signed in, or came by a link that still opens."""
    if sessions.find(cookie(headers, cookies.SESSION)) is not None:
        return True
    return isinstance(door.visitor(cookie(headers, cookies.SHARE)), Visitor)


def page_language(scope: Scope, headers: Headers) -> tuple[str, bool]:
    """Return the language of the shell, and whether the address asked for it."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])
    if asked[0] in LANGUAGES:
        return asked[0], True
    kept = cookie(headers, cookies.LANGUAGE)
    if kept in LANGUAGES:
        return str(kept), False
    accepted = headers.get("accept-language", "").lower()
    return ("fr" if accepted.startswith("fr") else "en"), False


def is_lost(path: str) -> bool:
    """Tell whether an address is that of no page: Streamlit would say so in English.

    Home is at the root, so that its own name is an address to lead back from.
    """
    name = path.strip("/")
    is_page = not name or "/" in name or "." in name or name in _ADDRESSES
    return not is_page and not _NOT_PAGES.match(path)


class Guard:
    """ASGI middleware around everything that the server answers."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what nobody should ask, then add the headers to the answer."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if scope["type"] == "websocket":
            if is_own_origin(headers.get("origin"), host):
                await self.app(scope, receive, send)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 4403})
            return
        answer = _Answer(scope, headers, send)
        refusal = await self._refusal(scope, headers, host)
        if refusal is not None:
            await refusal(scope, receive, answer.send)
        elif answer.is_shell:
            await self.app(_uncompressed(scope), receive, answer.send_shell)
        else:
            await self.app(scope, receive, answer.send)

    async def _refusal(
        self, scope: Scope, headers: Headers, host: str
    ) -> Response | None:
        path: str = scope["path"]
        if not is_known_host(host):
            sentence = "Unknown host name. Set APLOMB_PUBLIC_URL to the address in use."
            return PlainTextResponse(sentence, 421)
        if _HIDDEN.search(path):
            return PlainTextResponse("Not found", 404)
        if is_lost(path):
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(f"/?{query}" if query else "/", 303)
        if _SIGNED_IN.match(path) and not await run_in_threadpool(_is_known, headers):
            return PlainTextResponse("Sign in first", 401)
        return None


def _uncompressed(scope: Scope) -> Scope:
    """Return the request without what would make its answer packed or skipped."""
    dropped = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
    kept = [(k, v) for k, v in scope["headers"] if k.lower() not in dropped]
    return {**scope, "headers": kept}


class _Answer:
    """One answer on its way out."""

    def __init__(self, scope: Scope, headers: Headers, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = b""
        path: str = scope["path"]
        self.is_shell = scope["method"] == "GET" and not _NOT_PAGES.match(path)
        self._private = bool(_SIGNED_IN.match(path))
        self._language, self._asked = page_language(scope, headers)

    def _dress(self, message: Message, policy: str) -> None:
        headers = MutableHeaders(raw=message["headers"])
        for name, value in _HEADERS.items():
            headers[name] = value
        headers["content-security-policy"] = policy
        if is_secure(self._scope):
            headers["strict-transport-security"] = f"max-age={YEAR}"
        if self._private:
            headers["cache-control"] = "no-store"
        if "server" in headers:
            del headers["server"]

    async def send(self, message: Message) -> None:
        """Pass a message on, its headers added."""
        if message["type"] == "http.response.start":
            message = {**message, "headers": list(message["headers"])}
            self._dress(message, content_policy())
        await self._send(message)

    async def send_shell(self, message: Message) -> None:
        """Hold the page's shell until it is whole, then send it in its language."""
        if message["type"] == "http.response.start":
            self._start = {**message, "headers": list(message["headers"])}
            return
        if message["type"] != "http.response.body" or self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(raw=self._start["headers"])
        if "text/html" in headers.get("content-type", ""):
            self._translate(headers)
        scripts = _INLINE_SCRIPT.findall(self._body)
        digests = (base64.b64encode(hashlib.sha256(s).digest()) for s in scripts)
        policy = content_policy(tuple(digest.decode() for digest in digests))
        self._dress(self._start, policy)
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": self._body})

    def _translate(self, headers: MutableHeaders) -> None:
        spoken = f'<html lang="{self._language}"'.encode()
        self._body = self._body.replace(b'<html lang="en"', spoken, 1)
        headers["content-length"] = str(len(self._body))
        headers["cache-control"] = "no-store"
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        if self._asked:
            secure = "; Secure" if is_secure(self._scope) else ""
            headers.append(
                "set-cookie",
                f"{cookies.LANGUAGE}={self._language}; Path=/; Max-Age={YEAR}; "
                f"SameSite=Lax{secure}",
            )
