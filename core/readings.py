"""What a verdict rests on, and what one indicator says: facts without a judgement."""

from __future__ import annotations

from dataclasses import dataclass

from core.indicators import Team, Usage
from core.sentences import Sentence
from core.severity import Erosion


@dataclass(frozen=True)
class Reading:
    """What one indicator says: its state and the sentence that tells why."""

    state: str
    sentence: Sentence


@dataclass(frozen=True)
class Base:
    """The activity pyramid in counts; ``calls`` are those of a year, None if absent.

    ``shape`` is pyramid, diamond, stump, inverted, or None when it cannot be told.
    """

    accounts: int
    contacts: int
    calls: float | None
    shape: str | None


@dataclass(frozen=True)
class Company:
    """All that the verdict rests on; None is what no export tells.

    ``days_known`` are the working days of the data so far, ``down_twice`` people who
    fall for the second month in a row, ``to_call`` people of a campaign to call back,
    ``symptoms`` the codes of those that are present, the gravest first, ``erosion``
    what was measured of a blunted tool. ``team`` is the one that was chosen,
    ``is_part`` tells that filters leave a part of the company.
    """

    month: str
    days_known: int
    working_days: int
    usage: Usage | None = None
    has_logins: bool = True
    has_actions: bool = True
    down_twice: int = 0
    lagging: tuple[Team, ...] = ()
    falling: Team | None = None
    base: Base | None = None
    to_call: int | None = None
    symptoms: tuple[str, ...] = ()
    erosion: Erosion | None = None
    team: str = ""
    is_part: bool = False
