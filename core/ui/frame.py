"""The one way to open a page: sign-in and role first, then everything else.

A page file holds ``with page("<name>") as visit:`` and nothing before it. Whatever
goes wrong inside is shown here: a ``CrmError`` as a sentence with its remedy, anything
else as an apology with a reference number whose traceback is in the log only.
"""

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal

import streamlit as st

from core.accounts import audit, workspaces
from core.accounts.sessions import Visitor
from core.errors import CrmError, NoData, NotAllowed
from core.i18n import formats
from core.pages import PAGES, PageSpec
from core.ui import (
    auth,
    cards,
    components,
    language,
    links,
    opening,
    sidebar,
    style,
    tour,
    workspace_form,
)
from core.ui.views import shared
from core.visit import Visit, admits

_log = logging.getLogger("aplomb")


def in_menu(spec: PageSpec, visitor: Visitor | None) -> bool:
    """Tell whether a visitor's menu lists a page.

    The demo has nothing to set; whoever has one workspace has none to compare.
    """
    if visitor is None or not spec.listed:
        return False
    if visitor.is_demo and spec.name == "settings":
        return False
    account = visitor.account_id
    if not spec.opens_data and account and len(workspaces.open_to(account)) < 2:
        return False
    return admits(spec, visitor)


def _theme() -> Literal["light", "dark"]:
    return "dark" if st.context.theme.type == "dark" else "light"


def _visit(spec: PageSpec, visitor: Visitor, spoken: str) -> Visit:
    """Open the workspace that the visitor looks at."""
    info, is_opened = opening.current(visitor), spec.opens_data
    return Visit(
        account=visitor,
        role=visitor.role,
        language=spoken,
        workspace=(
            opening.opened(info, visitor.role, visitor.scope)
            if info and is_opened
            else None
        ),
        workspace_id=info.workspace_id if info else None,
        workspace_name=info.name if info else "",
        is_demo=visitor.is_demo,
        theme=_theme(),
        page=spec.name,
        is_phone="Mobi" in (st.context.headers.get("User-Agent") or ""),
    )


def _admitted(spec: PageSpec, visitor: Visitor, spoken: str) -> Visit | None:
    """Return the visit, or raise why this visitor cannot see this page now.

    None when there is no workspace to look at, and the page asks for the first one, or
    when the visitor's link does not open the page.
    """
    if not admits(spec, visitor):
        audit.record(visitor.who, "denied", visitor.workspace_id, page=spec.name)
        if visitor.scope is not None:
            shared.refuse(visitor.scope, spoken)
            return None
        raise NotAllowed()
    visit = _visit(spec, visitor, spoken)
    sidebar.draw(visit, spec.name)
    if spec.listed:
        links.remember(spec.name)
    if visit.workspace_id is None and (
        spec.name != "settings" or visit.can("configure")
    ):
        workspace_form.first(visit)
        return None
    if spec.needs_data and (visit.workspace is None or not visit.workspace.objects):
        raise NoData(unlock=spec.name, can_import=visit.can("import"))
    return visit


def _bug(spoken: str, where: str) -> None:
    """Log what only we may read; show a reference that finds it."""
    reference = secrets.token_hex(4)
    _log.exception("unexpected error %s on %s", reference, where)
    cards.apology(reference, spoken)


@contextmanager
def guarded(spoken: str, where: str) -> Iterator[None]:
    """Show what goes wrong inside, in the reader's language."""
    try:
        yield
    except CrmError as error:
        cards.trouble(error, spoken)
    except Exception:  # whatever it is, the reader gets a sentence and the log the rest
        _bug(spoken, where)


def _letterhead(visit: Visit, name: str) -> None:
    """Write what a print needs at its top: company, page and day."""
    topic = visit.text(f"page.{name}.nav")
    left = f"{visit.workspace_name} – {topic}" if visit.workspace_name else topic
    today = formats.day(date.today(), visit.language)
    right = visit.text("picture.printed", day=today)
    components.show(components.letterhead(left, right))


@contextmanager
def page(name: str) -> Iterator[Visit]:
    """Open the page ``name``: sign-in and role first, then look, workspace and body."""
    spec = next(spec for spec in PAGES if spec.name == name)
    visitor = auth.visitor()
    spoken = language.chosen()
    theme = _theme()
    style.inject(spoken, theme)
    if visitor is None:
        with guarded(spoken, "sign_in"):
            ended = auth.ended_link()
            if ended is None:
                auth.sign_in(spoken)
            else:
                shared.ended(ended, spoken)
        language.tell_browser(spoken)
        st.stop()
    visit = None
    with guarded(spoken, name):
        visit = _admitted(spec, visitor, spoken)
    if visit is None:
        language.tell_browser(spoken)
        st.stop()
    _letterhead(visit, name)
    with guarded(spoken, name):
        yield visit
    # What fills the window has no room for the tour.
    if spec.listed:
        with guarded(spoken, "tour"):
            tour.draw(visit, name)
    language.tell_browser(spoken)


def fragment(
    body: Callable[..., None] | None = None, *, run_every: float | None = None
) -> Callable[..., Any]:
    """Make ``body`` a part of a page that reruns alone, for a signed-in reader only.

    Streamlit reruns a fragment without the page around it, hence without the frame;
    use this instead of ``st.fragment``, so that an ended session ends here too.
    ``run_every`` makes it rerun by itself, in seconds.
    """
    if body is None:
        return functools.partial(fragment, run_every=run_every)

    @functools.wraps(body)
    def guarded_body(*arguments: Any, **named: Any) -> None:
        if auth.visitor() is None:
            st.rerun(scope="app")
        with guarded(language.chosen(), body.__name__):
            body(*arguments, **named)

    drawn: Callable[..., Any] = st.fragment(guarded_body, run_every=run_every)
    return drawn
