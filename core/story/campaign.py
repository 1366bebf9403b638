"""The step of the campaign: where people left, and the gold, who is to be called."""

from __future__ import annotations

import pandas as pd

from core.campaigns import telling, verdict
from core.campaigns.counts import Campaign
from core.charts.figure import Look
from core.i18n import formats, plural
from core.rules import Rules
from core.story.asked import Asked, notes
from core.story.model import Number, Plot, Series, Step

_STEPS = ("base", "targeted", "delivered", "opened", "clicked", "to_call", "converted")
_NAMED = 3


def gold(asked: Asked) -> Step | None:
    """Return the campaign with the freshest call list, else the latest one."""
    if not asked.visit.can_open("campaigns"):
        return None
    known = telling.known(asked.workspace)
    if not known:
        return None
    chosen = asked.it.campaign or known[0]
    rules = Rules.of(asked.workspace.settings.rules)
    period = asked.workspace.period
    as_of = period[1] if period else None
    finding = verdict.verdict(chosen, rules, as_of)
    window = verdict.window(chosen, rules, as_of)
    counts = [
        (step, count) for step in _STEPS if (count := getattr(chosen, step)) is not None
    ]
    look = Look(asked.language, asked.visit.theme)
    told = "call" if chosen.to_call else "none"
    values = {
        "name": chosen.name,
        "call": formats.number(chosen.to_call or 0, asked.language),
        "clicked": plural("count.person", chosen.clicked or 0, asked.language),
        "mail": formats.number(chosen.second_mail or 0, asked.language),
    }
    lead = [asked.text(f"story.campaign.lead.{told}", **values)]
    if chosen.second_mail:
        key = "story.campaign.second_mail"
        lead.append(plural(key, chosen.second_mail, asked.language))
    steps = [step for step, _ in counts]
    gain = "to_call" if chosen.to_call else "clicked"
    return Step(
        code="campaign",
        topic=asked.text("story.campaign.topic", name=chosen.name),
        title=telling.sentence(finding, asked.language),
        lead=" ".join([*lead, *_first(asked, chosen)]),
        state=finding.state,
        word=asked.text(f"verdict.{finding.state}"),
        numbers=_numbers(asked, chosen),
        figure=telling.figure(look, chosen, window),
        plot=Plot(
            "funnel",
            tuple(asked.text(f"step.{step}") for step in steps),
            (
                Series(
                    asked.text("chart.people"),
                    tuple(float(count) for _, count in counts),
                ),
            ),
            written=tuple(look.number(count) for _, count in counts),
            lit=(steps.index(gain),) if gain in steps else (),
        ),
        source=asked.source("company", _sent(asked, chosen)),
        notes=notes(asked, "campaign", told, **values),
        page="campaigns",
        query={"campaign": chosen.campaign_id},
    )


def _sent(asked: Asked, campaign: Campaign) -> str:
    if formats.is_absent(campaign.start_day):
        return ""
    day = formats.day(campaign.start_day, asked.language)
    return asked.text("story.campaign.sent", day=day)


def _numbers(asked: Asked, campaign: Campaign) -> tuple[Number, ...]:
    """Return whom to call, whom to write to, who clicked, and what it brought."""
    found = []
    for step in ("to_call", "clicked", "second_mail"):
        count = getattr(campaign, step)
        if count is not None:
            label, shown = (
                asked.text(f"step.{step}"),
                formats.number(count, asked.language),
            )
            found.append(Number(label, shown, float(count)))
    if campaign.roi is not None:
        ratio = formats.number(campaign.roi, asked.language, digits=1)
        label = asked.text("story.campaign.roi")
        shown = asked.text("story.campaign.times", ratio=ratio)
        found.append(Number(label, shown, campaign.roi, _amounts(asked, campaign)))
    return tuple(found)


def _amounts(asked: Asked, campaign: Campaign) -> str:
    currency = campaign.currency or asked.workspace.settings.currency
    won, cost = (
        formats.money(amount, asked.language, currency=currency)
        for amount in (campaign.won_amount, campaign.cost)
    )
    return asked.text("story.campaign.amounts", won=won, cost=cost)


def _first(asked: Asked, campaign: Campaign) -> list[str]:
    """Return who is to be called first, where customers may be named in the room."""
    sees = asked.workspace.rights.can_see_contacts
    if asked.hides or not sees or asked.workspace.privacy != "names":
        return []
    key = campaign.campaign_id
    rows = asked.workspace.query("mart_call_list", campaign_id=key)
    rows = rows.dropna(subset=["name"]).sort_values(
        ["click_count", "clicked_day", "name"], ascending=[False, False, True]
    )
    named = [
        str(row["name"])
        if pd.isna(row["company"])
        else asked.text(
            "story.campaign.person", name=row["name"], company=row["company"]
        )
        for row in rows.head(_NAMED).to_dict("records")
    ]
    if not named:
        return []
    listed = formats.listing(named, asked.language)
    return [asked.text("story.campaign.first", people=listed)]
