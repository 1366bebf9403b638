"""The funnel of a campaign: its drawing, what is in doubt, what the files leave out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.campaigns import telling, verdict
from core.campaigns.counts import Campaign
from core.charts.figure import Look
from core.i18n import formats, plural
from core.ui import components, drawings, export_guide
from core.visit import Visit

_STEPS = (
    *("base", "targeted", "delivered", "bounced_hard", "bounced_soft"),
    *("opted_out", "complained", "opened", "clicked", "converted"),
)
"""The stages that a campaign may have; one that no file tells is not zero."""


def draw(
    visit: Visit, campaign: Campaign, rules: Mapping[str, float], as_of: date | None
) -> None:
    """Draw the funnel, then in words what it cannot show."""
    window = verdict.window(campaign, rules, as_of)
    look = Look(visit.language, visit.theme)
    figure = telling.figure(look, campaign, window)
    drawings.draw(visit, figure, "funnel")
    words = [*_sent(visit, campaign), *_window(visit, campaign, window)]
    words += _doubts(visit, campaign)
    components.show(*map(components.note, words))
    if absent := _absent(visit, campaign):
        components.show(absent)


def _sent(visit: Visit, campaign: Campaign) -> list[str]:
    if not campaign.suppressed:
        return []
    return [plural("page.campaigns.suppressed", campaign.suppressed, visit.language)]


def _window(
    visit: Visit, campaign: Campaign, window: verdict.Window | None
) -> list[str]:
    """Return what the window of conversions changes, if anything."""
    if window is None:
        return []
    words = []
    if window.is_open:
        last = formats.day(window.last_day, visit.language)
        words.append(
            visit.text("page.campaigns.window_open", day=last, days=window.days)
        )
    if campaign.late:
        words.append(
            plural(
                "page.campaigns.late", campaign.late, visit.language, days=window.days
            )
        )
    return words


def _doubts(visit: Visit, campaign: Campaign) -> list[str]:
    """Return how many opens and clicks may not be persons', or that none can tell."""
    words = []
    if campaign.opened:
        if campaign.machine_opened is None:
            words.append(visit.text("page.campaigns.open_doubt"))
        else:
            persons = campaign.opened - campaign.machine_opened
            words.append(
                plural(
                    "page.campaigns.machine_opened",
                    campaign.machine_opened,
                    visit.language,
                    persons=formats.number(persons, visit.language),
                )
            )
    if campaign.clicked:
        words.append(_clicks(visit, campaign))
    return words


def _clicks(visit: Visit, campaign: Campaign) -> str:
    clicked, checked = campaign.clicked or 0, campaign.checked or 0
    if not checked:
        return visit.text("page.campaigns.click_unchecked")
    doubted = campaign.doubted or 0
    words = plural(
        "page.campaigns.click_doubt",
        doubted,
        visit.language,
        persons=formats.number(clicked - doubted, visit.language),
        clicked=formats.number(clicked, visit.language),
    )
    if checked < clicked:
        rest = plural("page.campaigns.click_rest", clicked - checked, visit.language)
        words = f"{words} {rest}"
    return words


def _absent(visit: Visit, campaign: Campaign) -> str:
    """Return the stages that no file tells, each with the export that would."""
    absent = [step for step in _STEPS if getattr(campaign, step) is None]
    if not absent:
        return ""
    named = [visit.text(f"step.{step}").lower() for step in absent]
    steps = formats.listing(named, visit.language)
    lines = [
        visit.text(
            "page.campaigns.unlock",
            step=visit.text(f"step.{step}"),
            export=visit.text(f"page.campaigns.unlock.{step}"),
        )
        for step in absent
    ]
    summary = visit.text("page.campaigns.unlock_summary")
    return components.partial_data(
        visit.text("page.campaigns.absent", steps=steps)
    ) + components.how(summary, [*lines, *export_guide.lines(visit, "campaign_member")])
