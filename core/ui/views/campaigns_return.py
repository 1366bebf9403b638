"""What a campaign earned: its return, by each way to share out won opportunities."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from core.campaigns import attribution
from core.campaigns.attribution import MODELS, Model, Return, Returns, Share
from core.campaigns.counts import Campaign
from core.i18n import formats, plural
from core.rules import Rules
from core.ui import components, deciding, export_guide, links
from core.ui.tables import Html, table
from core.ui.views import campaigns_cost
from core.ui.views.campaigns_pick import pick
from core.visit import Visit


def draw(visit: Visit, campaign: Campaign) -> None:
    """Draw the return by the model asked for, its formula, and what it leaves out."""
    assert visit.workspace is not None
    returns = attribution.read(visit.workspace)
    with st.container(border=True, key="card_return", gap="xsmall"):
        components.show(components.heading(visit.text("indicator.roi.label")))
        deciding.told()
        model = _model(visit)
        found = returns.of(model, campaign.campaign_id)
        components.show(*_answer(visit, found), *_beside(visit, found, campaign))
        formula = [
            visit.text("indicator.roi.help"),
            visit.text(f"page.campaigns.model_{model}.help", days=_days(visit)),
            visit.text("page.campaigns.roi_no_rate"),
        ]
        links.how(visit, "roi", formula)
        campaigns_cost.form(visit, campaign, found.cost, returns.currencies)


def _model(visit: Visit) -> Model:
    asked = pick(
        visit,
        "model",
        MODELS,
        lambda one: visit.text(f"page.campaigns.model_{one}"),
        is_labelled=True,
    )
    return next(model for model in MODELS if model == asked)


def _days(visit: Visit) -> str:
    assert visit.workspace is not None
    days = attribution.window(Rules.of(visit.workspace.settings.rules))
    return plural("unit.calendar_days", days, visit.language)


def money(visit: Visit, amount: float | None, currency: str | None) -> str:
    """Return an amount; where no export names a currency, in the workspace's."""
    assert visit.workspace is not None
    told = currency or visit.workspace.settings.currency
    is_small = amount is not None and 0 < abs(amount) < 100 and amount % 1 != 0
    digits = 2 if is_small else 0
    return formats.money(amount, visit.language, currency=told, digits=digits)


def _answer(visit: Visit, found: Return) -> list[str]:
    """Return the figure and its formula, or what it lacks and how to give it."""
    cost = money(visit, found.cost.amount, found.cost.currency)
    lack = found.lack
    if lack is None and found.won is not None:
        won = money(visit, found.won.won_amount, found.won.currency)
        gain = formats.percent(found.roi, visit.language)
        said = plural(
            "page.campaigns.won", found.won.won, visit.language, won=won, cost=cost
        )
        computed = visit.text(
            "page.campaigns.roi_computed", won=won, cost=cost, roi=gain
        )
        number = components.big_number(gain, "")
        return [number, components.paragraph(said), components.note(computed)]
    if lack == "mixed_currencies":
        won = won_words(visit, found.shares or ())
        words = visit.text("page.campaigns.mixed_currencies", won=won, cost=cost)
        return [components.partial_data(words)]
    said = visit.text(f"page.campaigns.{lack}")
    if lack == "no_cost":
        way = "type" if visit.can("configure") else "ask"
        said = f"{said} {visit.text(f'page.campaigns.no_cost_{way}')}"
    parts = [components.partial_data(said)]
    if lack == "no_won":
        parts.append(export_guide.folded(visit, "opportunity"))
    if found.won is not None and found.won.won:
        won = won_words(visit, found.shares or ())
        words = visit.text("page.campaigns.won_alone", won=won)
        parts.append(components.paragraph(words))
    return parts


def won_words(visit: Visit, shares: Iterable[Share]) -> str:
    """Return what was won, currency by currency: never a sum of several."""
    parts = [
        plural(
            "page.campaigns.won_part",
            share.won,
            visit.language,
            amount=money(visit, share.won_amount, share.currency),
        )
        for share in shares
        if share.won
    ]
    return formats.listing(parts, visit.language) if parts else formats.ABSENT


def _beside(visit: Visit, found: Return, campaign: Campaign) -> list[str]:
    """Return what stands beside the return: pipeline, budget, unit costs, origin."""
    language, cost = visit.language, found.cost
    lines = []
    for share in found.shares or ():
        if share.open:
            amount = money(visit, share.open_amount, share.currency)
            key = "page.campaigns.pipeline"
            lines.append(plural(key, share.open, language, amount=amount))
        if share.unpriced:
            lines.append(plural("page.campaigns.unpriced", share.unpriced, language))
    over = cost.over_budget
    if cost.budget is not None:
        budget = money(visit, cost.budget, cost.currency)
        key = "page.campaigns.budget_alone"
        words = visit.text(key, budget=budget)
        if over is not None:
            way = "over" if over > 0 else "under"
            share_ = formats.percent(abs(over), language)
            spent = money(visit, cost.amount, cost.currency)
            words = visit.text(
                f"page.campaigns.budget_{way}", cost=spent, budget=budget, share=share_
            )
        lines.append(words)
    for name, value in attribution.unit_costs(cost, campaign).items():
        amount = money(visit, value, cost.currency)
        lines.append(visit.text(f"page.campaigns.per_{name}", amount=amount))
    if cost.origin in ("typed", "corrected", "outdated"):
        lines.append(
            visit.text(
                f"page.campaigns.cost_{cost.origin}",
                exported=money(visit, cost.exported, cost.currency),
                typed=money(visit, cost.typed, cost.currency),
            )
        )
    return [components.note(line) for line in lines]


def has_models(visit: Visit) -> bool:
    """Tell whether the exports let any model share out the won deals."""
    assert visit.workspace is not None
    return bool(attribution.read(visit.workspace).models)


def models(visit: Visit, campaign: Campaign) -> None:
    """Draw the same campaign by every model, and what they all share out."""
    assert visit.workspace is not None
    returns = attribution.read(visit.workspace)
    rows = [_row(visit, returns, model, campaign) for model in MODELS]
    names = ("model", "won", "amount", "roi", "pipeline")
    columns = {name: visit.text(f"page.campaigns.models.{name}") for name in names}
    title = visit.text("page.campaigns.models.title")
    total = [
        money(visit, share.won_amount, share.currency)
        for share in returns.total("primary")
        if share.won
    ]
    note = visit.text(
        "page.campaigns.models.note",
        total=formats.listing(total, visit.language) if total else formats.ABSENT,
        days=_days(visit),
    )
    model = _asked()
    rest = [share for share in returns.unattributed(model) if share.won]
    left = visit.text(
        "page.campaigns.models.rest",
        model=visit.text(f"page.campaigns.model_{model}"),
        amount=_amounts(visit, rest, "won_amount"),
    )
    drawn = table(
        columns,
        rows,
        caption=title,
        numeric=set(names) - {"model"},
        strong={"roi"},
        chosen=MODELS.index(model),
    )
    notes = [components.note(line) for line in ([left] if rest else []) + [note]]
    components.show(components.card(drawn, *notes, title=title))


def _asked() -> Model:
    asked = st.query_params.get("model")
    return next((model for model in MODELS if model == asked), MODELS[0])


def _row(
    visit: Visit, returns: Returns, model: Model, campaign: Campaign
) -> dict[str, str]:
    found = returns.of(model, campaign.campaign_id)
    row: dict[str, str] = {"model": visit.text(f"page.campaigns.model_{model}")}
    if found.shares is None:
        unknown = visit.text("page.campaigns.unknown")
        return {**row, "won": unknown}
    won = [share for share in found.shares if share.won]
    waiting = [share for share in found.shares if share.open]
    count = formats.number(sum(share.won for share in won), visit.language)
    return {
        **row,
        "won": count,
        "amount": _lines(_amounts(visit, won, "won_amount")),
        "roi": formats.percent(found.roi, visit.language),
        "pipeline": _lines(_amounts(visit, waiting, "open_amount")),
    }


def _lines(amounts: str) -> Html:
    """Return amounts one under the other: several currencies hold in a column."""
    return Html(escape(amounts).replace(" + ", " +<br>"))


def _amounts(visit: Visit, shares: Iterable[Share], name: str) -> str:
    """Return amounts, a currency each; none at all is zero."""
    found = [money(visit, getattr(one, name), one.currency) for one in shares]
    return " + ".join(found) if found else formats.number(0, visit.language)
