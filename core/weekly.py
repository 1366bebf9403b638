"""The command that sends the texts of the week: ``python -m core digest WORKSPACE...``.

Run it every day: each recipient has a day, and gets one text a week whatever happens.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from core import imports
from core.accounts import workspaces
from core.accounts.digests import Recipient
from core.accounts.workspaces import WorkspaceInfo
from core.digest import mail, post, rounds
from core.digest.model import Digest
from core.digest.rounds import Outcome
from core.errors import CrmError, ImportRunning, MailRefused
from core.i18n import text
from core.sentences import of_error
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings

FAILED, UNUSABLE = 1, 2
_ROLE = "director"


def run(options: argparse.Namespace) -> int:
    """Send, write or announce the texts that are due; one line for each recipient.

    Return 0 when all went well, 1 when somebody got nothing, 2 when nothing could be
    tried: no such workspace, or no mail server set.
    """
    try:
        given = [one for name in options.workspaces for one in workspaces.named(name)]
        line = post.Post(post.server()) if options.send else None
    except CrmError as error:
        print(of_error(error, options.language), file=sys.stderr)
        return UNUSABLE
    failures = 0
    try:
        for info in {one.workspace_id: one for one in given}.values():
            failures += _workspace(info, line, options)
    finally:
        if line is not None:
            line.close()
    return FAILED if failures else 0


def _workspace(
    info: WorkspaceInfo, line: post.Post | None, options: argparse.Namespace
) -> int:
    """Do the round of one workspace; return how many recipients got nothing."""
    failures = 0
    try:
        for outcome in _outcomes(info, _sender(line) if line else None, options.today):
            failures += outcome.status == "failed"
            _tell(outcome, info.name, options)
    except CrmError as error:
        # Its data are damaged, say: the other workspaces have their texts all the same.
        print(f"{info.name}: {of_error(error, options.language)}", file=sys.stderr)
        return 1
    return failures


def _outcomes(
    info: WorkspaceInfo,
    send: Callable[[Recipient, Digest], None] | None,
    today: date | None,
) -> Iterator[Outcome]:
    store = Store(workspaces.folder(info.workspace_id))
    settings = WorkspaceSettings.from_json(info.settings)
    with suppress(ImportRunning):
        imports.refresh(store, settings, "aplomb")
    workspace = Workspace(store, settings, Rights.of(_ROLE))
    visit = rounds.reader(workspace, info.workspace_id, info.name)
    day = today or datetime.now(ZoneInfo(settings.timezone)).date()
    return rounds.run(visit, day, send)


def _sender(line: post.Post) -> Callable[[Recipient, Digest], None]:
    def send(to: Recipient, found: Digest) -> None:
        try:
            made = mail.message(found, line.sender, to.email, datetime.now(UTC))
        except ValueError as error:
            raise MailRefused(said=str(error)) from error
        line.send(made)

    return send


def _tell(outcome: Outcome, name: str, options: argparse.Namespace) -> None:
    to, language = outcome.recipient, options.language
    if options.to_stdout and outcome.digest is not None:
        print(f"To: {to.email}\nSubject: {outcome.digest.subject}\n")
        print(outcome.digest.words)
        return
    said = text(f"digest.outcome.{outcome.status}", language)
    if outcome.error is not None:
        said = f"{said} {of_error(outcome.error, language)}"
    line = f"{name}: {to.email}: {said}"
    print(line, file=sys.stderr if outcome.status == "failed" else sys.stdout)
