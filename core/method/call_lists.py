"""Figures of a campaign's lists: who to call, who to write to, what came of it."""

from __future__ import annotations

from core.campaigns import follow_up
from core.method.figure import Fact, Figure
from core.workspace import Workspace

_ROWS = ("int_campaign_row", "int_campaign_trace", "int_campaign_person")
_ABOUT = ("int_contact_activity", "int_contact_opportunity")
_OBJECTS = ("campaign", "campaign_member", "contact", "activity", "opportunity")


def _followed(workspace: Workspace) -> list[Fact]:
    campaigns = workspace.derive("mart_campaign_funnel")["campaign_id"]
    found = [follow_up.summary(workspace, str(one)) for one in campaigns]
    called = [one.called for one in found if one.called is not None]
    return [
        Fact("listed", sum(one.listed for one in found)),
        Fact("called", sum(called) if called else None),
    ]


FIGURES = (
    Figure(
        "to_call",
        *("campaigns", "persons", "campaign", "campaigns"),
        models=(*_ROWS, *_ABOUT, "mart_call_list", "mart_list_exit"),
        modules=(
            "core/campaigns/call_list.py",
            "core/campaigns/list_layouts.py",
            "core/exports.py",
        ),
        objects=_OBJECTS,
    ),
    Figure(
        "second_mail",
        *("campaigns", "persons", "campaign", "campaigns"),
        models=(*_ROWS, *_ABOUT, "mart_second_mail", "mart_list_exit"),
        modules=("core/campaigns/list_layouts.py", "core/exports.py"),
        objects=_OBJECTS,
    ),
    Figure(
        "follow_up",
        *("campaigns", "persons", "campaign", "campaigns"),
        models=(
            *(*_ROWS, "stg_click_import", "int_call_person", "int_call_trace"),
            "mart_follow_up",
        ),
        modules=("core/campaigns/follow_up.py",),
        limits=("campaign.follow_up.days", "campaign.follow_up.seconds"),
        objects=_OBJECTS[:4],
        tell=_followed,
    ),
)
