"""One round of a workspace: which texts are due, written, and sent once a week each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.accounts import digests
from core.accounts.digests import Recipient
from core.accounts.sessions import Visitor
from core.digest import company, person, team, week, writing
from core.digest.model import Digest, Kind
from core.errors import CrmError, NobodyThere, NoData
from core.visit import Visit
from core.workspace import Workspace

Status = Literal["sent", "due", "early", "done", "failed"]
_ROLE = "director"


@dataclass(frozen=True)
class Outcome:
    """What became of one recipient's text.

    "due" would be sent, "early" waits for its day, "done" was sent this week, "failed"
    says why in ``error`` and is tried again by the next round.
    """

    recipient: Recipient
    status: Status
    digest: Digest | None = None
    error: CrmError | None = None


def reader(workspace: Workspace, workspace_id: str, name: str) -> Visit:
    """Return the visit of nobody: a director who looks at the workspace to write."""
    nobody = Visitor("", None, "", "", _ROLE, workspace_id, False)
    return Visit(
        account=nobody,
        role=_ROLE,
        language="en",
        workspace=workspace,
        workspace_id=workspace_id,
        workspace_name=name,
        is_demo=False,
        theme="light",
    )


def compose(visit: Visit, today: date, kind: Kind, about: str, language: str) -> Digest:
    """Return a text about a user, a team or the company, as the visit may see them.

    Raises NoData where nobody left a trace, NobodyThere where ``about`` is not known,
    NamesHidden and GroupTooSmall as the workspace's privacy decides.
    """
    if visit.workspace is None or not visit.workspace.objects:
        raise NoData(unlock="digest")
    found = week.last(visit.workspace, today)
    if found is None:
        raise NoData(unlock="digest")
    name = visit.workspace_name
    try:
        if kind == "person":
            return writing.person(person.read(visit, found, about), language, name)
        if kind == "team":
            return writing.team(team.read(visit, found, about), language, name)
    except KeyError as error:
        raise NobodyThere(name=about) from error
    return writing.company(company.read(visit, found), language, name)


def run(
    visit: Visit,
    today: date,
    send: Callable[[Recipient, Digest], None] | None = None,
) -> Iterator[Outcome]:
    """Go through the recipients of a workspace; ``send`` None sends nothing.

    What goes wrong with one is said in its outcome and stops no other.
    """
    assert visit.workspace_id is not None
    now = digests.week_of(today)
    for one in digests.recipients(visit.workspace_id):
        if not one.is_due(today):
            yield Outcome(one, "early")
        elif digests.was_sent(one.recipient_id, now):
            yield Outcome(one, "done")
        else:
            yield _outcome(visit, today, one, send, now)


def _outcome(
    visit: Visit,
    today: date,
    one: Recipient,
    send: Callable[[Recipient, Digest], None] | None,
    now: str,
) -> Outcome:
    if send is not None and not digests.claim(one.recipient_id, now):
        return Outcome(one, "done")
    try:
        kind: Kind = one.kind  # type: ignore[assignment]
        found = compose(visit, today, kind, one.about, one.language)
        if send is None:
            return Outcome(one, "due", found)
        send(one, found)
    except CrmError as error:
        if send is not None:
            digests.failed(one, now, error.code)
        return Outcome(one, "failed", error=error)
    except BaseException:
        if send is not None:
            digests.failed(one, now, "bug")
        raise
    digests.sent(one, now)
    return Outcome(one, "sent", found)
