"""The plan of a mailing: its days, the days off, what follows, and its files."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core import planner
from core.campaigns.counts import Campaign
from core.charts.figure import Look
from core.charts.sending import DAYS, sending
from core.i18n import formats, plural
from core.planner import FollowUp, Openings, Plan
from core.sending import tools
from core.sending.request import openings
from core.ui import components, drawings, links
from core.ui.components import Stat
from core.ui.tables import table
from core.ui.views import sending_files, sending_form
from core.ui.views import sending_words as words
from core.ui.views.sending_form import Asked
from core.visit import Visit

_ROWS = 14


def draw(visit: Visit, switch: Callable[[], None]) -> None:
    """Draw the title, ``switch``, what is asked, and the plan where there is one."""
    assert visit.workspace is not None
    asked = sending_form.read(visit)
    at = openings(visit.workspace.settings, asked.request, visit.language)
    plan = planner.plan(asked.request.ask(asked.rules), at)
    answer = words.title(visit, plan, asked.request, asked.today)
    components.show(components.verdict_header(_eyebrow(visit, asked), answer))
    switch()
    left, right = st.columns([0.34, 0.66], gap="small")
    with left:
        with st.container(key="card_sending_mailing"):
            title = visit.text("page.sending.mailing")
            components.show(components.heading(title))
            sending_form.mailing(visit, asked)
        with st.container(key="card_sending_days"):
            components.show(components.heading(visit.text("page.sending.days")))
            sending_form.days(visit, asked, plan)
    with right:
        _result(visit, asked, plan, at, answer)
    links.how(visit, "sending", _how(visit))


def _eyebrow(visit: Visit, asked: Asked) -> str:
    campaign = asked.campaign
    if campaign is None:
        return visit.text("page.sending.eyebrow")
    listed = asked.request.listed
    return visit.text(f"page.sending.eyebrow.{listed}", campaign=campaign.name)


def _result(visit: Visit, asked: Asked, plan: Plan, at: Openings, answer: str) -> None:
    """Draw the plan, or say what it lacks."""
    if asked.request.recipients is None or plan.ask.problem:
        problem = plan.ask.problem or "recipients"
        asked_for = visit.text(f"page.sending.empty.{problem}")
        title = visit.text("page.sending.empty")
        components.show(components.empty_state(title, asked_for))
        return
    if plan.left:
        body = visit.text("page.sending.too_long_note")
        components.show(components.notice("watch", body))
    _started(visit, asked, plan, at)
    limits = asked.rules
    ready = planner.follow_up(
        plan,
        at,
        verdict_hours=limits["campaign.settle_hours"],
        window_days=limits["campaign.window_days"],
    )
    with st.container(key="card_sending_plan"):
        _chart(visit, asked, plan, at, answer)
    _days(visit, asked, plan)
    left, right = st.columns(2, gap="small")
    with left:
        _skips(visit, asked, plan)
    with right, st.container(key="card_accent_sending_files", height="stretch"):
        sending_files.draw(visit, asked, plan, ready, answer)
    with st.container(key="card_sending_after"):
        _after(visit, asked, plan, ready, at)


def _started(visit: Visit, asked: Asked, plan: Plan, at: Openings) -> None:
    """Say that the first day is gone, and what should have left since."""
    if asked.request.start >= asked.today:
        return
    gone = plan.sent_before(asked.today)
    day = words.day(visit, asked.request.start, asked.today)
    body = plural("page.sending.started", gone, visit.language, day=day)
    components.show(components.notice("watch", body))
    opening = asked.today
    while at.skip(opening) and (opening - asked.today).days < planner.HORIZON:
        opening += planner.DAY
    st.button(
        visit.text("page.sending.restart", day=words.day(visit, opening, asked.today)),
        key="sending_restart",
        on_click=sending_form.start_on,
        args=(opening,),
    )


def _chart(visit: Visit, asked: Asked, plan: Plan, at: Openings, answer: str) -> None:
    by_week = (plan.last_day - plan.first_day).days >= DAYS
    figure = sending(
        plan,
        Look(visit.language, visit.theme),
        title=visit.text(f"page.sending.chart_{'weeks' if by_week else 'days'}"),
        alt_text=answer,
        today=asked.today,
        off=lambda day: words.why(visit, shut) if (shut := at.skip(day)) else "",
    )
    hours = asked.request.hours
    subtitle = visit.text("page.sending.chart_note")
    if hours and plan.batches:
        busiest = max(batch.mails for batch in plan.batches)
        pace = formats.number(busiest / (hours[1] - hours[0]), visit.language)
        subtitle = visit.text(
            "page.sending.chart_hours", first=hours[0], last=hours[1], pace=pace
        )
    drawings.draw(visit, figure, "sending", subtitle=subtitle)


def _days(visit: Visit, asked: Asked, plan: Plan) -> None:
    language, whole = visit.language, plan.ask.recipients
    digits = 1 if len(plan.batches) > _ROWS else 0
    rows = [
        {
            "day": formats.capital(words.day(visit, batch.day, asked.today)),
            "mails": formats.number(batch.mails, language),
            "total": formats.number(batch.total, language),
            "share": formats.percent(batch.total / whole, language, digits=digits),
        }
        for batch in plan.batches[:_ROWS]
    ]
    columns = {
        "day": visit.text("page.sending.day"),
        "mails": visit.text("page.sending.mails"),
        "total": visit.text("page.sending.total"),
        "share": visit.text("page.sending.part"),
    }
    title = visit.text("page.sending.by_day")
    numeric = {"mails", "total", "share"}
    parts = [
        table(
            columns,
            rows,
            caption=title,
            numeric=numeric,
            strong={"mails"},
            stack=False,
        )
    ]
    more = len(plan.batches) - len(rows)
    if more > 0:
        parts.append(components.note(plural("page.sending.more_days", more, language)))
    components.show(components.card(*parts, title=title))


def _skips(visit: Visit, asked: Asked, plan: Plan) -> None:
    """Draw the days on which nothing leaves, and why."""
    title = visit.text("page.sending.skips")
    lines = words.skipped(visit, plan, asked.today)
    if not lines:
        none = components.note(visit.text("page.sending.skips_none"))
        components.show(components.card(none, title=title))
        return
    stats = components.stat_list(Stat(formats.capital(d), why) for d, why in lines)
    place = components.note(visit.text("page.sending.skips_note"))
    components.show(components.card(stats, place, title=title))


def _expected(asked: Asked) -> tuple[float | None, Campaign | None]:
    """Return the share of recipients to call that a known campaign teaches."""
    known = [asked.campaign] if asked.campaign else list(asked.campaigns)
    for campaign in known:
        if campaign.to_call and campaign.targeted:
            return campaign.to_call / campaign.targeted, campaign
    return None, None


def _after(
    visit: Visit, asked: Asked, plan: Plan, ready: FollowUp, at: Openings
) -> None:
    """Draw when clicks are read, when calls begin, and what the team can call."""
    hours, days = (
        asked.rules["campaign.settle_hours"],
        asked.rules["campaign.window_days"],
    )
    wait = {"hours": f"{hours:g}", "days": f"{days:g}"}
    components.show(
        components.heading(
            visit.text("page.sending.after"),
            visit.text("page.sending.after_note", **wait),
        )
    )
    stats = [
        Stat(
            visit.text(f"page.sending.after.{name}", **wait),
            words.day(visit, getattr(ready, name), asked.today),
        )
        for name in ("first_calls", "verdict", "calls", "window_end")
    ]
    components.show(components.stat_list(stats))
    tool = asked.request.tool
    if not tools.tools()[tool].facts["clicks"].level:
        named = visit.text(f"page.sending.tool.{tool}")
        body = visit.text("page.sending.no_clicks", tool=named)
        components.show(components.notice("watch", body))
        links.page_link(
            visit, "sending", visit.text("page.sending.choose"), view="tool"
        )
    share, taught = _expected(asked)
    boxes = st.container(horizontal=True, key="sending_boxes")
    with boxes:
        sending_form.callers(visit, asked, share)
    if taught and asked.request.share is None:
        note = visit.text("page.sending.share_from", campaign=taught.name)
        components.show(components.note(note))
    if asked.request.share is not None:
        share = asked.request.share
    people = round(plan.ask.recipients * (share or 0))
    components.show(
        *(
            components.paragraph(x)
            for x in _calls(visit, asked, plan, ready, at, people)
        )
    )


def _calls(
    visit: Visit, asked: Asked, plan: Plan, ready: FollowUp, at: Openings, people: int
) -> list[str]:
    """Return what the team makes of the call list, or what is missing to tell."""
    language = visit.language
    if not people:
        return [visit.text("page.sending.calls.no_share")]
    listed = plural("count.person", people, language)
    callers = asked.request.callers or 0
    each = sending_form.calls_a_day(asked)
    found = planner.calls(people, callers, each, plan, ready, at)
    if found is None:
        return [visit.text("page.sending.calls.no_callers", people=listed)]
    said = [
        visit.text(
            "page.sending.calls.said",
            people=listed,
            each=plural("count.call", found.each, language),
            a_day=plural("count.call", found.a_day, language),
            days=plural("count.working_day", found.days, language),
            last=words.day(visit, found.last_day, asked.today),
        )
    ]
    busiest = max(batch.mails for batch in plan.batches)
    if found.pace is not None and found.pace < busiest:
        pace = plural("page.sending.mail_count", found.pace, language)
        said.append(visit.text("page.sending.calls.pace", pace=pace))
    return said


def _how(visit: Visit) -> list[str]:
    names = ("fewest", "off", "warm", "after", "address")
    return [visit.text(f"page.sending.how.{name}") for name in names]
