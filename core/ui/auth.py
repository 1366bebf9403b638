"""Signing in and out. The only module that shows streamlit-authenticator's form.

The library draws the form and compares the hash. Its cookie, which a script can read
and nobody can revoke, is never made: a right password gives a one-time ticket, which
the browser exchanges for our own HttpOnly cookie (``core.web.routes.claim``).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController

from core import settings
from core.accounts import audit, passwords, people, sessions, throttle, workspaces
from core.accounts.sessions import Visitor
from core.errors import CrmError, InvalidSetting, TooManyTries, WrongCredentials
from core.i18n import text
from core.shares import door
from core.shares.model import Ended
from core.ui import cards, components, language
from core.ui.icons import icon
from core.web import cookies, uploads

_LIBRARY_STATE = (
    "name",
    "email",
    "roles",
    "username",
    "authentication_status",
    "logout",
)


# The library's form has a heading of a level that skips one, and a plain button.
_LOOK = """<style>
.st-key-login [data-testid="stForm"] [data-testid="stHeading"] { display: none; }
.st-key-login [data-testid="stBaseButton-secondaryFormSubmit"] { width: 100%;
  background: var(--accent); border-color: var(--accent); }
.st-key-login [data-testid="stBaseButton-secondaryFormSubmit"] p { font-weight: 600;
  color: var(--on-accent); }
.st-key-login [data-testid="stForm"] .stElementContainer,
.st-key-login .stFormSubmitButton { width: 100% !important; }
.st-key-login h1.brand { padding: 0; margin: 0; }
</style>"""


def token() -> str | None:
    """Return the session token of the browser's cookie."""
    return _cookie(cookies.SESSION)


def _cookie(name: str) -> str | None:
    value = st.context.cookies.get(name)
    return value if isinstance(value, str) else None


def visitor() -> Visitor | None:
    """Return who is signed in or came by a link, asked anew at each run, or None.

    An account goes before a link: who has one sees what it lets them see.
    """
    account = sessions.find(token())
    if account is not None:
        return account
    found = door.visitor(_cookie(cookies.SHARE))
    return found if isinstance(found, Visitor) else None


def ended_link() -> Ended | None:
    """Return why the link that this browser came by opens nothing any more."""
    found = door.visitor(_cookie(cookies.SHARE))
    return found if isinstance(found, Ended) else None


def _address() -> str:
    return st.context.ip_address or "local"


class _NoCookie:
    """Stands where the library would keep its cookie: nothing is kept."""

    def get_cookie(self) -> None:
        """Find no earlier sign-in."""

    def set_cookie(self) -> None:
        """Keep nothing in the browser."""


class _Throttled(AuthenticationController):
    """The library's comparison, behind the throttle and our own accounts."""

    def login(self, username: str = "", password: str = "", *_: Any, **__: Any) -> bool:
        """Tell whether the password is the account's; raise TooManyTries."""
        email = username.strip().lower()
        if not email or not password:
            return False
        throttle.admit(email, _address())
        kept = {"email": email, "name": "", "password": people.kept_hash(email)}
        self.authentication_model.credentials = {"usernames": {email: kept}}
        is_right = bool(super().login(email, passwords.digest(password)))
        if is_right:
            throttle.forgive(email, _address())
        else:
            audit.record("somebody", "sign_in_refused")
        return is_right


class _Form(Authenticate):
    """The library's sign-in form with nothing of its own kept anywhere."""

    def __init__(self) -> None:
        """Prepare the form; the library's own preparation would draw its cookie."""
        self.attrs = {"login_sleep_time": 0}
        self.path = None
        self.secret_key = secrets.token_hex(32)
        self.cookie_controller = _NoCookie()
        self.authentication_controller = _Throttled(
            {"usernames": {}}, auto_hash=False, secret_key=self.secret_key
        )


def _forget_library_state() -> dict[str, Any]:
    """Return and remove what the library wrote: only our session counts."""
    return {key: st.session_state.pop(key, None) for key in _LIBRARY_STATE}


def hand_over(account_id: str | None) -> None:
    """Let the browser open a session of ``account_id`` (None: the demo), and stop."""
    ticket = sessions.ticket(account_id)
    st.html(
        f'<i data-aplomb-ticket="{ticket}" hidden></i>'
        '<script src="/assets/claim.js"></script>',
        unsafe_allow_javascript=True,
    )
    st.stop()


def change_password(account_id: str, present: str, new: str) -> None:
    """Change a password, each try slowed as a sign-in is, and stay signed in here."""
    email = people.get(account_id).email
    throttle.admit(email, _address())
    people.change_password(account_id, present, new)
    throttle.forgive(email, _address())
    hand_over(account_id)


def sign_out(who: Visitor) -> None:
    """End the session, its files and its cookie."""
    if who.scope is None:
        uploads.remove(who.session_id)
        sessions.end(who.session_id)
    if st.user.get("is_logged_in"):
        st.logout()
    st.html('<script src="/assets/leave.js"></script>', unsafe_allow_javascript=True)
    st.stop()


def brand() -> None:
    """Draw the product's name and mark."""
    components.show(
        f'<h1 class="brand">{icon("verdict")}<span>Aplomb</span></h1>', _LOOK
    )


def _form(spoken: str) -> None:
    """Draw the form; a right password opens a session."""
    fields = {
        "Form name": text("page.sign_in.form", spoken),
        "Username": text("page.sign_in.email", spoken),
        "Password": text("page.sign_in.password", spoken),
        "Login": text("action.sign_in", spoken),
    }
    components.show(components.heading(fields["Form name"]))
    _forget_library_state()
    try:
        _Form().login(fields=fields, key="sign_in")
    except TooManyTries as error:
        _forget_library_state()
        components.show(components.notice("watch", cards.sentence(error, spoken)))
        return
    state = _forget_library_state()
    if state["authentication_status"]:
        person = people.find(str(state["username"]))
        if person:
            hand_over(person.account_id)
    elif state["authentication_status"] is False:
        refused = cards.sentence(WrongCredentials(), spoken)
        components.show(components.notice("sick", refused))


def _providers() -> list[str]:
    """Return the company sign-ins that secrets declare; "" is one without a name."""
    try:
        section = st.secrets.get("auth", {})
    except FileNotFoundError:
        return []
    named = [name for name, value in section.items() if hasattr(value, "keys")]
    return named or ([""] if "client_id" in section else [])


def _company_sign_in(spoken: str) -> None:
    """Offer the company's own sign-in; the role comes from our accounts."""
    providers = _providers()
    if not providers:
        return
    if st.user.get("is_logged_in"):
        person = people.find(str(st.user.get("email", "")))
        is_verified = st.user.get("email_verified", True) is not False
        if person and person.is_active and is_verified:
            hand_over(person.account_id)
        unknown = text("page.sign_in.no_access", spoken)
        components.show(components.notice("watch", unknown))
    for name in providers:
        label = text("action.company_sign_in", spoken, provider=name.title()).strip()
        if st.button(label, key=f"company_{name}", width="stretch"):
            st.login(name or None)


def _demo(spoken: str) -> None:
    """Offer the demo company, where there is one."""
    if settings.value("APLOMB_DEMO") != "1":
        return
    if workspaces.get(sessions.DEMO_WORKSPACE) is None:
        return
    components.show(components.note(text("page.sign_in.demo", spoken)))
    if st.button(text("action.try_demo", spoken), key="demo", width="stretch"):
        hand_over(None)


def _new_password(spoken: str, link: str) -> None:
    """Let the owner of a single-use link choose a password."""
    owner = people.link_owner(link)
    if owner is None:
        components.show(components.notice("watch", text("page.link.dead", spoken)))
        return
    heading = text("page.link.title", spoken, name=owner.name)
    components.show(components.heading(heading, text("page.link.lead", spoken)))
    with st.form("new_password"):
        first, second = password_twice(spoken)
        label = text("action.save_password", spoken)
        sent = st.form_submit_button(label, type="primary", width="stretch")
    if sent:
        with saying(spoken):
            same(first, second)
            hand_over(people.use_link(link, first))


def _first_administrator(spoken: str) -> None:
    """Ask who runs this installation, where nobody does yet."""
    heading = text("page.first_start.title", spoken)
    components.show(components.heading(heading, text("page.first_start.lead", spoken)))
    with st.form("first_admin"):
        name = st.text_input(
            text("page.first_start.name", spoken), autocomplete="name", max_chars=120
        )
        email = st.text_input(
            text("page.sign_in.email", spoken), autocomplete="email", max_chars=254
        )
        first, second = password_twice(spoken)
        sent = st.form_submit_button(
            text("action.create_admin", spoken), type="primary", width="stretch"
        )
    if sent:
        with saying(spoken):
            same(first, second)
            hand_over(people.first_admin(email, name, first))


def password_twice(spoken: str) -> tuple[str, str]:
    """Draw the two fields of a new password and return what is in them."""
    first = st.text_input(
        text("page.sign_in.new_password", spoken),
        type="password",
        autocomplete="new-password",
    )
    components.show(components.note(text("page.sign_in.rule", spoken)))
    second = st.text_input(
        text("page.sign_in.again", spoken), type="password", autocomplete="new-password"
    )
    return first, second


def same(first: str, second: str) -> None:
    """Raise unless the two passwords are the same."""
    if first != second:
        raise InvalidSetting(setting="password_differs", value="")


@contextmanager
def saying(spoken: str) -> Iterator[None]:
    """Show a refused entry as a sentence under its form."""
    try:
        yield
    except CrmError as error:
        components.show(components.notice("sick", cards.sentence(error, spoken)))


def sign_in(spoken: str) -> None:
    """Draw the page that a visitor sees before anything else, on any address."""
    with st.container(key="login"):
        brand()
        link = st.query_params.get("link")
        if people.nobody_yet():
            _first_administrator(spoken)
        elif link:
            _new_password(spoken, link)
        else:
            _form(spoken)
            _company_sign_in(spoken)
        _demo(spoken)
        language.switch(spoken)
