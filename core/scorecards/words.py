"""The sentences of a scorecard, the same on the page and in every file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.i18n import formats, plural, text
from core.rules import Rules
from core.score_usage import Action, Outcome, Sheet, State, agreement, state

_LONGEST = 60


def shortened(words: str, most: int) -> str:
    """Return words of at most ``most`` signs, with dots where the rest was."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


@dataclass(frozen=True)
class Reading:
    """Who reads: the language, the day, the workspace's name and its limits."""

    language: str
    day: date
    workspace: str
    rules: Rules

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of the catalogue."""
        return text(key, self.language, **values)

    def name(self, key: str) -> str:
        """Return the name of a criterion."""
        return self.text(f"score.{key}.name")

    def answer(self, value: int | None) -> str:
        """Return an answer in words."""
        code = "none" if value is None else value
        return self.text(f"score.answer.{code}")

    def mark(self, value: float | None) -> str:
        """Return a mark as the language writes it, a dash for none."""
        return formats.number(value, self.language, digits=1)

    def state(self, sheet: Sheet) -> State:
        """Return what the mark of a scorecard announces."""
        return state(sheet.mark, self.rules)

    def verdict(self, sheet: Sheet) -> str:
        """Return the verdict in words, or how many answers there are."""
        found = self.state(sheet)
        if found == "not_enough_data":
            return plural("score.progress", sheet.answered, self.language)
        return self.text(f"score.state.{found}")

    def headline(self, sheet: Sheet) -> str:
        """Return a scorecard in one sentence: gates, high risks, then the mark."""
        name = shortened(sheet.name, _LONGEST)
        if sheet.closed_gates:
            gate = sheet.closed_gates[0]
            return self.text(f"score.headline.gate.{gate}", name=name)
        high = len(sheet.high_risks)
        if high:
            return plural("score.headline.high", high, self.language, name=name)
        found = self.state(sheet)
        if found == "not_enough_data":
            progress = plural("score.progress", sheet.answered, self.language)
            return self.text("score.headline.progress", name=name, progress=progress)
        return self.text(f"score.headline.{found}", name=name)

    def announced(self, mark: float) -> str:
        """Return what a mark announces, within a sentence: "rejet probable"."""
        words = self.text(f"score.state.{state(mark, self.rules)}")
        return words[:1].lower() + words[1:]

    def percent(self, share: float | None) -> str:
        """Return a share as the language writes it."""
        return formats.percent(share, self.language)

    def confronted(self, outcome: Outcome) -> str:
        """Return the mark kept at the launch against the use measured, or why not."""
        if outcome.share is None:
            day = formats.day(outcome.day, self.language)
            return self.text(f"score.retro.{outcome.found}", day=day)
        values = {
            "days": int(self.rules["score.retro.days"]),
            "share": self.percent(outcome.share),
        }
        if outcome.mark is None:
            said = self.text("score.retro.no_mark", **values)
        else:
            said = self.text(
                f"score.retro.{agreement(outcome.mark, outcome.share, self.rules)}",
                mark=self.mark(outcome.mark),
                announced=self.announced(outcome.mark),
                **values,
            )
        if outcome.now_share is None:
            return said
        now = self.text("score.retro.now", share=self.percent(outcome.now_share))
        return f"{said} {now}"

    def measure(self, action: Action) -> str:
        """Return what a line of the plan says to do."""
        return action.words or self.text(
            f"score.{action.criterion}.measure.{action.measure}"
        )

    def said(self, key: str, words: str) -> str:
        """Return a criterion and what is said of it: "Synergie : risque élevé"."""
        return self.text("score.said", name=self.name(key), words=words)

    def credit(self) -> str:
        """Return whose method it is."""
        return self.text("score.credit")

    def made(self) -> str:
        """Return the day and the workspace of a file."""
        day = formats.day(self.day, self.language)
        return self.text("score.made", day=day, workspace=self.workspace)

    def listed(self, keys: tuple[str, ...]) -> str:
        """Return criteria by name: "Synergie, Obligation et Apparence"."""
        return formats.listing([self.name(key) for key in keys], self.language)
