"""The page of a workshop on a phone: HTML of ours, small, whole without a script.

Every text of a person is escaped. The script only adds: saving at a tap, waiting for
the network, and following the rounds.
"""

from __future__ import annotations

import functools
from html import escape
from pathlib import Path

from core.charts.tokens import DARK, LIGHT
from core.i18n import LANGUAGES, text
from core.score_usage import CRITERIA, VALUES, Criterion
from core.workshops.door import Subject
from core.workshops.model import LONGEST_NAME, Seat

_LOOK = Path(__file__).with_name("workshop.css")
_SAID = ("saving", "saved", "waiting", "offline", "late")
"""What the script says: texts ``workshop.<code>``, handed to it by the page."""


@functools.cache
def _style() -> str:
    dark = f"@media (prefers-color-scheme: dark){{:root{{{DARK.as_css()}}}}}"
    return f":root{{{LIGHT.as_css()}}}{dark}{_LOOK.read_text('utf-8')}"


def page(title: str, language: str, main: str, *, attributes: str = "") -> str:
    """Return a whole page of ours; ``title`` is plain text, ``main`` is HTML."""
    other = next(one for one in LANGUAGES if one != language)
    switch = escape(text("workshop.language", other))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="icon" href="/favicon.png">'
        f"<title>{escape(title)} · Aplomb</title><style>{_style()}</style>"
        '<script src="/assets/workshop.js" defer></script></head>'
        f"<body{attributes}><header><p>{escape(text('workshop.brand', language))}</p>"
        f'<a href="?lang={other}" lang="{other}" hreflang="{other}">{switch}</a>'
        f"</header>{main}</body></html>"
    )


def refused(code: str, language: str) -> str:
    """Return the page of a link that opens nothing, and why."""
    title = text(f"workshop.refused.{code}", language)
    note = text(f"workshop.refused.{code}.note", language)
    main = f'<main class="alone"><h1>{escape(title)}</h1><p>{escape(note)}</p></main>'
    return page(title, language, main)


def _about(subject: Subject) -> str:
    description = escape(subject.description)
    about = f'<p class="about">{description}</p>' if description else ""
    return f"<h1>{escape(subject.name)}</h1>{about}"


def entrance(subject: Subject, language: str, path: str) -> str:
    """Return the page where a phone comes in, under a first name or none."""
    field, promise = "", "workshop.anonymous"
    if subject.workshop.terms.is_named:
        promise = "workshop.named"
        field = (
            f'<label for="name">{escape(text("workshop.name", language))}</label>'
            f'<input id="name" name="name" maxlength="{LONGEST_NAME}" '
            'autocomplete="given-name" autocapitalize="words">'
        )
    main = (
        f'<main class="alone">{_about(subject)}'
        f"<p>{escape(text('workshop.welcome', language))}</p>"
        f'<form method="post" action="{escape(path, quote=True)}/join?lang={language}">'
        f"{field}<button>{escape(text('workshop.come_in', language))}</button></form>"
        f'<p class="small">{escape(text(promise, language))}</p></main>'
    )
    return page(subject.name, language, main)


def questions(subject: Subject, seat: Seat, language: str, path: str) -> str:
    """Return the ten criteria with the answers that this phone gave."""
    is_open = seat.code == "open"
    said = "".join(
        f' data-{code.replace("_", "-")}="'
        f'{escape(text(f"workshop.{code}", language), quote=True)}"'
        for code in _SAID
    )
    state = (
        f' data-path="{escape(path, quote=True)}" data-phase="{seat.code}" '
        f'data-round="{seat.round_number}"{said}'
    )
    notice = "workshop.round.first"
    if not is_open:
        notice = "workshop.round.frozen"
    elif seat.round_number > 1:
        notice = "workshop.round.again"
    done = len(seat.answers)
    credit = escape(text("score.credit", language))
    rows = "".join(_row(one, seat, language, path) for one in CRITERIA)
    main = (
        f'<div class="bar"><p role="status" id="progress"><b>{done}</b> / '
        f"{len(CRITERIA)} {escape(text('workshop.answered', language))}</p>"
        '<p role="status" id="network"></p></div>'
        f'<main>{_about(subject)}<p class="notice {seat.code}">'
        f"{escape(text(notice, language))}</p>{rows}"
        f'<p class="small">{credit}</p></main>'
    )
    return page(subject.name, language, main, attributes=state)


def _row(criterion: Criterion, seat: Seat, language: str, path: str) -> str:
    """Return one criterion as a form of its own."""

    def words(part: str) -> str:
        return escape(text(f"score.{criterion.key}.{part}", language))

    given = seat.answers.get(criterion.key)
    shut = "" if seat.code == "open" else " disabled"
    choices = "".join(
        f'<label class="v{value}"><input type="radio" name="value" value="{value}"'
        f"{' checked' if value == given else ''}><i></i>"
        f"<span>{escape(text(f'score.answer.{value}', language))}</span></label>"
        for value in VALUES
    )
    examples = "".join(
        f"<p><b>{escape(text(f'score.{part}', language))}</b> {words(part)}</p>"
        for part in ("risky", "safe")
    )
    send = escape(text("workshop.send", language))
    kept = escape(text("workshop.saved", language)) if given is not None else ""
    key = criterion.key
    return (
        f'<form id="{key}" method="post" '
        f'action="{escape(path, quote=True)}/answer?lang={language}">'
        f'<input type="hidden" name="criterion" value="{key}">'
        f'<input type="hidden" name="round" value="{seat.round_number}">'
        f'<fieldset{shut}><legend><b aria-hidden="true">{criterion.letter}</b> '
        f"{words('name')}</legend><p>{words('question')}</p>"
        f'<div class="answers">{choices}</div>'
        f"<noscript><button>{send}</button></noscript></fieldset>"
        f'<p class="state" role="status">{kept}</p>'
        f"<details><summary>{escape(text('score.help', language))}</summary>"
        f"<p>{words('help')}</p>{examples}</details></form>"
    )
