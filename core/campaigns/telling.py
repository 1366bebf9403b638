"""A campaign in words and drawn: the sentence that concludes it, and its funnel."""

from __future__ import annotations

from core.campaigns import counts
from core.campaigns.counts import Campaign
from core.campaigns.verdict import Finding, Window
from core.charts.figure import Figure, Look
from core.charts.funnel import funnel
from core.charts.steps import Funnel
from core.i18n import formats, plural, text
from core.workspace import Workspace

_SAID = ("targeted", "delivered", "opened", "clicked", "converted", "to_call")


def known(workspace: Workspace) -> list[Campaign]:
    """Return the campaigns that the exports tell anything of, the latest first."""
    found = counts.read(workspace.query("mart_campaign_funnel"))
    return [one for one in found if one.targeted or one.opened or one.clicked]


def sentence(finding: Finding, language: str) -> str:
    """Return what is concluded of a campaign, in one sentence."""
    key = f"page.campaigns.{finding.key}"
    digits = 1 if finding.share else 0
    share = formats.percent(finding.share, language, digits=digits)
    if finding.key == "call":
        return plural(key, finding.count, language)
    return text(key, language, share=share)


def figure(look: Look, campaign: Campaign, window: Window | None) -> Figure:
    """Return the funnel of a campaign, its counts in its words."""
    said = [
        look.text(f"step.{step}") + look.text("common.colon") + look.number(count)
        for step in _SAID
        if (count := getattr(campaign, step)) is not None
    ]
    return funnel(
        Funnel.of(vars(campaign)),
        look,
        title=look.text("page.campaigns.funnel"),
        alt_text=look.text("page.campaigns.funnel_alt", steps=", ".join(said)),
        is_running=bool(window and window.is_open),
    )
