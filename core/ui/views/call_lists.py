"""Who to call and who to write to again: counts, files, and who is left out."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from core.campaigns import call_list, list_layouts
from core.campaigns.call_list import Choice, List
from core.campaigns.counts import Campaign
from core.campaigns.list_layouts import Layout
from core.i18n import formats, plural
from core.ui import components, export_guide, links
from core.ui.views import call_lists_files as files
from core.ui.views import call_lists_follow_up, call_lists_people
from core.ui.views.call_lists_files import Kind, Wanted
from core.visit import Visit


def cards(visit: Visit, campaign: Campaign) -> None:
    """Draw the call list and the second mail: how many, why, and their files."""
    call_lists_people.arrive(campaign)
    if campaign.to_call is None:
        lacking = components.partial_data(visit.text("page.campaigns.no_clicks_note"))
        guide = export_guide.folded(visit, "campaign_member")
        title = visit.text("list.call.title")
        components.show(components.card(lacking, guide, title=title))
        return
    with st.container(key="card_accent_call", gap="small"):
        _calls(visit, campaign, campaign.to_call)
    if campaign.second_mail:
        with st.container(key="card_second_mail", gap="small"):
            _second_mail(visit, campaign, campaign.second_mail)


def _head(visit: Visit, which: List, count: int, sentences: list[str]) -> str:
    """Return the title of a list, how many are on it, and why."""
    number = components.big_number(
        formats.number(count, visit.language),
        plural(f"list.{which}.count", count, visit.language),
    )
    said = components.paragraph(" ".join(sentences)) if sentences else ""
    title = components.heading(visit.text(f"list.{which}.title"))
    return f"{title}{number}{said}"


def _calls(visit: Visit, campaign: Campaign, calls: int) -> None:
    language = visit.language
    ratio = (campaign.opened or 0) / calls if calls else 0
    say = [] if calls else [visit.text("list.call.none")]
    if ratio >= 2:
        openers = formats.number(campaign.opened, language)
        times = formats.number(ratio, language)
        say.append(visit.text("list.call.saved", openers=openers, times=times))
    if calls and campaign.converted:
        say.append(plural("list.call.why", campaign.converted, language))
    components.show(_head(visit, "call", calls, say))
    if not _may_take(visit):
        components.show(components.note(visit.text("list.not_for_role")))
    elif calls:
        _take_calls(visit, campaign)


def _second_mail(visit: Visit, campaign: Campaign, count: int) -> None:
    why = visit.text("list.second_mail.why")
    components.show(_head(visit, "second_mail", count, [why]))
    if _may_take(visit):
        _take_second_mail(visit, campaign)


def people(visit: Visit, campaign: Campaign) -> None:
    """Draw the people to call."""
    if campaign.to_call and _may_take(visit):
        call_lists_people.draw(visit, campaign)


def follow_up(visit: Visit, campaign: Campaign) -> None:
    """Draw what came of the list."""
    if campaign.clicked:
        call_lists_follow_up.draw(visit, campaign)


def _may_take(visit: Visit) -> bool:
    assert visit.workspace is not None
    return visit.can("export") and visit.workspace.rights.can_see_contacts


def _take_calls(visit: Visit, campaign: Campaign) -> None:
    assert visit.workspace is not None
    everybody = call_list.read(visit.workspace, campaign.campaign_id)
    choice = call_lists_people.chosen(everybody)
    _still_waiting(visit, everybody, choice)
    layout = _layout("call", list_layouts.offered("call", everybody))
    is_split = bool(st.session_state.get("split_call"))
    wanted = Wanted(campaign, "call", layout, choice, is_split)
    people = files.people(visit, wanted)
    count = len(people)
    label = plural("list.call.take", count, visit.language)
    if not choice.is_everybody:
        whole = formats.number(len(everybody), visit.language)
        label = plural("list.call.take_some", count, visit.language, whole=whole)
    parts = len(call_list.shares(people))
    if is_split:
        label += " " + plural("list.call.in_files", parts, visit.language)
    notes = [files.left_out(visit, campaign, "call")]
    if count:
        _buttons(visit, wanted, label, primary=True)
        notes += files.warnings(visit, people)
    else:
        components.show(components.note(visit.text("list.call.no_match")))
    shares = call_list.shares(everybody)
    by = ("_team" if shares[0].is_team else "") if len(shares) > 1 else "_tool"
    with st.expander(visit.text(f"list.options{by}"), key="options_call"):
        _choose_layout(visit, "call", list_layouts.offered("call", everybody))
        if len(shares) > 1:
            st.toggle(visit.text(f"list.split{by}"), key="split_call")
        components.show(*_hints(visit, layout, people))
    components.show(components.note(" ".join(notes)))


def _still_waiting(visit: Visit, everybody: pd.DataFrame, choice: Choice) -> None:
    """Say how many were called already, and offer to keep those who wait."""
    called = int(everybody["last_call_day"].notna().sum())
    waiting = int(everybody["state"].eq("waiting").sum())
    if not called or not waiting:
        return
    already = formats.number(called, visit.language)
    said = plural("list.call.waiting", waiting, visit.language, called=already)
    components.show(components.paragraph(said))
    if "waiting" not in choice.conditions:
        label = plural("list.call.keep_waiting", waiting, visit.language)
        st.button(label, key="call_waiting", on_click=call_lists_people.keep_waiting)


def _take_second_mail(visit: Visit, campaign: Campaign) -> None:
    assert visit.workspace is not None
    people = call_list.read(visit.workspace, campaign.campaign_id, "second_mail")
    offered = list_layouts.offered("second_mail", people)
    layout = _layout("second_mail", offered)
    wanted = Wanted(campaign, "second_mail", layout)
    label = plural("list.second_mail.take", len(people), visit.language)
    _buttons(visit, wanted, label, primary=False)
    with st.expander(visit.text("list.options_mail"), key="options_second_mail"):
        _choose_layout(visit, "second_mail", offered)
        components.show(*_hints(visit, layout, people))
    components.show(components.note(files.left_out(visit, campaign, "second_mail")))
    links.plan_sending(visit, campaign.campaign_id, "second_mail")


def _layout(which: List, offered: list[Layout]) -> Layout:
    """Return the layout chosen before, if it is still offered, else the spreadsheet."""
    asked = st.session_state.get(f"layout_{which}", list_layouts.SPREADSHEET)
    names = {layout.name: layout for layout in offered}
    if asked not in names:
        st.session_state.pop(f"layout_{which}", None)
    return names.get(asked) or names[list_layouts.SPREADSHEET]


def _choose_layout(visit: Visit, which: List, offered: list[Layout]) -> None:
    st.selectbox(
        visit.text("list.layout"),
        [layout.name for layout in offered],
        format_func=lambda name: visit.text(f"layout.{name}"),
        key=f"layout_{which}",
    )


def _hints(visit: Visit, layout: Layout, people: pd.DataFrame) -> list[str]:
    """Return what to know before the file goes into a tool."""
    assert visit.workspace is not None
    lines = [visit.text(f"layout.{layout.name}.help")]
    if unknown := layout.unknown(people):
        lines.append(plural("list.unknown", unknown, visit.language))
    if layout.has_owners and visit.workspace.privacy != "names":
        lines.append(visit.text("list.no_owner_names"))
    return [components.note(line) for line in lines]


def _buttons(visit: Visit, wanted: Wanted, label: str, *, primary: bool) -> None:
    """Draw the two files of a list: CSV first, the workbook beside it."""
    which = wanted.which
    kinds: tuple[Kind, ...] = ("csv", "xlsx") if wanted.layout.sheet else ("csv",)
    pair = st.container(horizontal=True, key=f"files_{which}", gap="small")
    for kind in kinds:
        is_first, suffix = kind == "csv", wanted.suffix(kind)
        pair.download_button(
            label if is_first else "Excel",
            partial(files.build, visit, wanted, kind),
            files.name(visit, wanted, suffix),
            files.MIME[suffix],
            key=f"take_{which}_{kind}",
            type="primary" if primary and is_first else "secondary",
            help=None if is_first else visit.text("list.xlsx_help"),
            on_click="ignore",
            width="stretch" if is_first else "content",
        )
