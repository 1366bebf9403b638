"""The step of SCORE-USAGE: the feature most at risk, letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.i18n import formats, plural
from core.score_usage import CRITERIA, KEYS, LARGEST, MEASURES
from core.scorecards.model import Scorecard
from core.scorecards.opened import rules
from core.scorecards.words import Reading
from core.story.asked import Asked, notes
from core.story.model import Number, Plot, Series, Step

_STATES = {0: "sick", 1: "watch", 2: "healthy", 3: "healthy", None: "not_enough_data"}
_TOLD = 2


def feature(asked: Asked, cards: Sequence[Scorecard]) -> Step | None:
    """Return the scorecard that speaks first; None where nothing was scored."""
    answered = [card for card in cards if card.sheet.answered]
    if not answered:
        return None
    # High risks come before the mark, whatever it is.
    chosen = min(
        answered,
        key=lambda card: (
            -len(card.sheet.high_risks),
            LARGEST if card.sheet.mark is None else card.sheet.mark,
            card.sheet.name,
        ),
    )
    sheet = chosen.sheet
    read = Reading(
        asked.language, date.today(), asked.visit.workspace_name, rules(asked.visit)
    )
    state = read.state(sheet)
    values = [sheet.answers[key].value for key in KEYS]
    high = sheet.high_risks
    lead = _lead(asked, read, high)
    mark = read.mark(sheet.mark)
    names = read.listed(high) if high else asked.text("story.score.no_risk")
    return Step(
        code="score",
        topic=asked.text("story.score.topic"),
        title=read.headline(sheet),
        lead=lead,
        state=state,
        word=read.verdict(sheet),
        numbers=_numbers(asked, read, chosen, len(answered)),
        plot=Plot(
            "tiles",
            tuple(f"{one.letter} {read.name(one.key)}" for one in CRITERIA),
            (
                Series(
                    asked.text("score.mark"),
                    tuple(None if value is None else float(value) for value in values),
                ),
            ),
            written=tuple(read.answer(value) for value in values),
            lit=tuple(KEYS.index(key) for key in high),
            states=tuple(_STATES[value] for value in values),
        ),
        source=asked.source("company", read.credit()),
        notes=notes(asked, "score", "high" if high else "none", mark=mark, risks=names),
        page="score",
        query={"feature": chosen.feature_id},
    )


def _lead(asked: Asked, read: Reading, high: tuple[str, ...]) -> str:
    """Return the first counter-measures, one a high risk."""
    if not high:
        return asked.text("story.score.lead")
    todo = [
        asked.text(
            "story.score.measure",
            name=read.name(key),
            measure=asked.text(f"score.{key}.measure.{MEASURES[0]}"),
        )
        for key in high[:_TOLD]
    ]
    return " ".join([asked.text("story.score.lead_high"), *todo])


def _numbers(
    asked: Asked, read: Reading, chosen: Scorecard, count: int
) -> tuple[Number, ...]:
    sheet = chosen.sheet
    shown = formats.ABSENT if sheet.mark is None else read.mark(sheet.mark)
    mark = asked.text("story.score.out_of", mark=shown, most=LARGEST)
    high = len(sheet.high_risks)
    return (
        Number(asked.text("score.mark"), mark, sheet.mark, read.verdict(sheet)),
        Number(
            asked.text("story.score.high"),
            formats.number(high, asked.language),
            float(high),
            state="sick" if high else "healthy",
        ),
        Number(
            asked.text("story.score.features"),
            formats.number(count, asked.language),
            float(count),
            plural("story.score.scored", count, asked.language),
        ),
    )
