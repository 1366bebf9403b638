"""Conversations: what the demo's files say, counted apart; rules, tiers and privacy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from core import conversations
from core.accounts.sessions import DEMO_WORKSPACE
from core.conversations import tracking
from core.demo.salesforce import NULL_ID
from core.rules import DEFAULTS, Rules
from core.store import Store
from core.workspace import Rights, Workspace, WorkspaceSettings

AS_OF = date(2026, 10, 30)  # the last day of the demo with a trace
Look = Callable[..., Workspace]


@pytest.fixture(scope="module")
def look(demo_data: Path) -> Look:
    """Look at the demo company: ``look(privacy, role, **settings)``."""
    store = Store(demo_data / "workspaces" / DEMO_WORKSPACE)

    def at(privacy: Any = "names", role: str = "admin", **chosen: Any) -> Workspace:
        settings = WorkspaceSettings(privacy=privacy, **chosen)
        return Workspace(store, settings, Rights.of(role))

    return at


def local(texts: pd.Series) -> pd.Series:
    """Return the local day of moments that the weekly export writes in UTC."""
    moments = pd.to_datetime(texts, utc=True).dt.tz_convert("Europe/Paris")
    return moments.dt.tz_localize(None).dt.normalize()


@pytest.fixture(scope="module")
def exchanges(demo_exports: Path) -> pd.DataFrame:
    """The exchanges of the demo's files, read with pandas alone."""

    def read(name: str) -> pd.DataFrame:
        path = demo_exports / f"{name}.csv"
        rows = pd.read_csv(path, encoding="latin-1", dtype=str, keep_default_na=False)
        return rows[rows["IsDeleted"] == "0"]

    task, event, mail = read("Task"), read("Event"), read("EmailMessage")
    task = task[task["IsClosed"] == "1"]
    is_call = task["CallDurationInSeconds"] != ""
    # A call has its day; a task, the day on which it was ticked.
    days = pd.to_datetime(task["ActivityDate"]).dt.normalize()
    days = days.where(is_call, local(task["CompletedDateTime"]))
    parts = [
        pd.DataFrame({"account": task["AccountId"], "day": days, "call": is_call}),
        pd.DataFrame(
            {"account": event["AccountId"], "day": local(event["ActivityDateTime"])}
        ),
        pd.DataFrame(
            {"account": mail["RelatedToId"], "day": local(mail["MessageDate"])}
        ),
    ]
    found = pd.concat(parts, ignore_index=True)
    return found[found["day"] <= pd.Timestamp(AS_OF)]


def with_accounts(exchanges: pd.DataFrame) -> pd.DataFrame:
    """Return the exchanges less those with leads, who have no account yet."""
    return exchanges[~exchanges["account"].isin(["", NULL_ID])]


def test_accounts_are_those_of_the_files(look: Look, exchanges: pd.DataFrame) -> None:
    exchanges = with_accounts(exchanges)
    rows = conversations.accounts(look(), AS_OF).set_index("account_id")
    by = exchanges.groupby("account")["day"]
    days = exchanges.drop_duplicates().groupby("account")["day"]
    last = by.max().reindex(rows.index)
    assert (last.dropna() == rows["last_day"].dropna()).all()
    assert last.isna().equals(rows["last_day"].isna())
    count = by.size().reindex(rows.index, fill_value=0)
    assert count.equals(rows["exchange_count"].rename("day"))
    gaps = (
        exchanges[["account", "day"]]
        .drop_duplicates()
        .sort_values(["account", "day"])
        .groupby("account")["day"]
        .diff()
        .dt.days.groupby(
            exchanges[["account", "day"]]
            .drop_duplicates()
            .sort_values(["account", "day"])["account"]
        )
        .max()
        .reindex(rows.index)
    )
    known = rows["longest_gap"].notna()
    assert (gaps[known] == rows.loc[known, "longest_gap"]).all()
    assert gaps[~known].isna().all()
    assert days.ngroups == int(rows["last_day"].notna().sum())


def test_summary_counts_the_silent(look: Look, exchanges: pd.DataFrame) -> None:
    found = conversations.summary(look(), AS_OF)
    leads = len(exchanges) - len(with_accounts(exchanges))
    exchanges = with_accounts(exchanges)
    last = exchanges.groupby("account")["day"].max()
    gap = (pd.Timestamp(AS_OF) - last).dt.days
    never = (found.accounts or 0) - len(last)
    assert found.never == never
    assert found.silent == never + int((gap > 365).sum())
    assert found.exchanges == len(exchanges) + leads
    assert found.unmatched == 0
    assert found.of_leads == leads > 0
    year = pd.Timestamp(AS_OF) - pd.DateOffset(months=12)
    assert found.talked_year == int((last > year).sum())


def test_opportunities_wait_as_the_files_say(
    look: Look, exchanges: pd.DataFrame, demo_exports: Path
) -> None:
    deals = pd.read_csv(demo_exports / "Opportunity.csv", encoding="latin-1", dtype=str)
    last = exchanges.groupby("account")["day"].max()
    deals = deals[deals["IsClosed"] == "0"]
    opened = local(deals["CreatedDate"])
    start = deals["AccountId"].map(last)
    start = start.where(start > opened, opened)
    waiting = deals[(pd.Timestamp(AS_OF) - start).dt.days > 30]
    found = conversations.summary(look(), AS_OF)
    assert found.opportunities == len(deals)
    assert found.without == len(waiting) > 0
    total = pd.to_numeric(waiting["Amount"]).sum()
    assert found.waiting == {"EUR": pytest.approx(total)}
    rows = conversations.opportunities(look(), AS_OF)
    assert set(rows.loc[rows["is_waiting"], "opportunity_id"]) == set(waiting["Id"])


def test_a_day_before_counts_what_was_known_then(
    look: Look, exchanges: pd.DataFrame
) -> None:
    day = date(2026, 5, 13)
    rows = conversations.accounts(look(), day).set_index("account_id")
    before = exchanges[exchanges["day"] <= pd.Timestamp(day)]
    last = before.groupby("account")["day"].max().reindex(rows.index)
    assert last.isna().equals(rows["last_day"].isna())
    assert (last.dropna() == rows["last_day"].dropna()).all()
    count = before.groupby("account").size().reindex(rows.index, fill_value=0)
    assert (count == rows["exchange_count"]).all()


def test_every_account_has_one_state_and_buckets_hold_them_all(look: Look) -> None:
    rows = conversations.accounts(look(), AS_OF)
    assert set(rows["state"]) <= set(conversations.STATES)
    assert rows.loc[rows["state"] == "quiet", "reason"].notna().all()
    assert rows.loc[rows["state"] != "quiet", "reason"].isna().all()
    found = conversations.buckets(rows, DEFAULTS)
    assert [code for code, *_ in found] == list(conversations.BUCKETS)
    judged = rows[rows["state"] != "new"]
    assert sum(count for _, _, count, _ in found) == len(judged)
    silent = sum(count for _, _, count, state in found if state == "silent")
    assert silent == int(judged["is_silent"].sum())


def test_buckets_that_meet_leave_none_between() -> None:
    gaps = [0.0, 89.0, 91.0, 400.0, None]
    rows = pd.DataFrame({"gap": gaps, "state": "talking"})
    rules = Rules({"conversation.silent": 90, "conversation.quiet": 200})
    found = conversations.buckets(rows, rules)
    assert [(code, count) for code, _, count, _ in found] == [
        ("month", 1),
        ("quarter", 1),
        ("longer", 2),
        ("never", 1),
    ]
    assert [state for *_, state in found] == ["talking", "talking", "silent", "silent"]
    wide = Rules({"conversation.silent": 300, "conversation.quiet": 90})
    states = {code: state for code, _, _, state in conversations.buckets(rows, wide)}
    assert states["quarter"] == "talking"
    assert states["half"] == states["year"] == "quiet"


def test_limits_that_an_administrator_changes_decide(look: Look) -> None:
    strict = look(rules={"conversation.silent": 90})
    usual, changed = (conversations.summary(one, AS_OF) for one in (look(), strict))
    assert (changed.silent or 0) > (usual.silent or 0)
    assert changed.limit == 90
    assert changed.state != "healthy"
    assert changed.answer == "silent"


def test_the_line_of_an_account_is_whole(look: Look, exchanges: pd.DataFrame) -> None:
    busy = exchanges["account"].mode()[0]
    line = conversations.line(look(), AS_OF, busy)
    assert line is not None
    mine = exchanges[exchanges["account"] == busy]
    assert line.exchanges["event_count"].sum() == len(mine)
    days = mine["day"].drop_duplicates().sort_values()
    ends = [*days, pd.Timestamp(AS_OF)]
    long = [
        (one, other)
        for one, other in zip(ends, ends[1:], strict=False)
        if (other - one).days > line.limit
    ]
    told = line.silences[["start", "end"]].itertuples(index=False, name=None)
    assert [(pd.Timestamp(a), pd.Timestamp(b)) for a, b in told] == long
    assert conversations.line(look(), AS_OF, "nobody") is None


def test_names_of_ours_follow_the_mode(look: Look) -> None:
    named = conversations.accounts(look(), AS_OF)
    account = named.loc[named["exchange_count"].idxmax(), "account_id"]
    names = set(named["owner_name"].dropna())
    hidden = conversations.accounts(look("pseudonyms"), AS_OF)
    assert set(hidden["owner_name"].dropna()) & names == set()
    assert hidden["owner_name"].dropna().str.startswith("U-").all()
    line = conversations.line(look("pseudonyms"), AS_OF, account)
    assert line is not None
    assert line.events["user_name"].dropna().str.startswith("U-").all()
    teams = look("teams")
    rows = conversations.accounts(teams, AS_OF)
    assert rows[["owner_id", "owner_name"]].isna().all().all()
    waiting = conversations.opportunities(teams, AS_OF)
    assert waiting[["owner_id", "owner_name"]].isna().all().all()
    line = conversations.line(teams, AS_OF, account)
    assert line is not None
    assert line.events[["user_id", "user_name"]].isna().all().all()


def test_a_team_of_too_few_is_not_named(look: Look) -> None:
    teams = look("teams", k=12)
    told = conversations.teams(teams, AS_OF)
    assert told["is_suppressed"].any()
    hidden = set(told.loc[told["is_suppressed"], "team"])
    assert told.loc[told["is_suppressed"], "silent"].isna().all()
    assert set(conversations.accounts(teams, AS_OF)["team"].dropna()) & hidden == set()
    kept = conversations.tiers(teams, AS_OF)
    assert kept.loc[kept["is_suppressed"], "tier"].isna().all()


def test_customers_people_follow_the_role(look: Look) -> None:
    rows = conversations.accounts(look(), AS_OF)
    account = rows.loc[rows["exchange_count"].idxmax(), "account_id"]
    theirs = ["contact_id", "contact_name", "contact_title"]
    seen = conversations.line(look(), AS_OF, account)
    unseen = conversations.line(look(role="viewer"), AS_OF, account)
    assert seen is not None
    assert unseen is not None
    assert seen.events["contact_name"].notna().any()
    assert unseen.events[theirs].isna().all().all()


def test_report_of_the_demo(look: Look) -> None:
    found = conversations.report(look("teams"), AS_OF)
    assert found["tier"] == "advanced"
    assert found["unmatched"] == 0
    assert found["silent_accounts"] == conversations.summary(look(), AS_OF).silent
    assert set(found) == {
        "tier",
        "accounts_with_exchange_12m",
        "silent_accounts",
        "open_opportunities_without_exchange",
        "unmatched",
    }


@dataclass(frozen=True)
class Company:
    """A workspace of nothing but exchanges by person and channel."""

    rows: list[tuple[str, str | None, int]]
    privacy: str = "names"
    settings: WorkspaceSettings = field(default_factory=WorkspaceSettings)

    def derive(self, mart: str, **_: object) -> pd.DataFrame:
        assert mart == "mart_conversation_channel"
        names = ["channel", "user_id", "exchange_count"]
        return pd.DataFrame(self.rows, columns=names).assign(team="T")


def tier_of(**channels: int) -> tracking.Tier:
    """Return the tier of twenty people, so many of whom use each channel."""
    rows: list[tuple[str, str | None, int]] = [("other", f"u{n}", 1) for n in range(20)]
    for code, people in channels.items():
        rows += [(code, f"u{n}", 4) for n in range(people)]
    return tracking.tier(Company(rows), AS_OF)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("channels", "code", "missing"),
    [
        ({}, "none", ("meeting", "note", "task")),
        ({"meeting": 1}, "none", ("meeting", "note", "task")),
        (
            {"meeting": 15},
            "basic",
            ("call", "email_out", "email_in", "web_meeting", "chat"),
        ),
        ({"call": 15}, "basic", ("email_out", "email_in", "web_meeting", "chat")),
        # Mails both ways are one habit.
        (
            {"email_in": 15, "email_out": 15},
            "basic",
            ("call", "web_meeting", "chat"),
        ),
        ({"call": 15, "email": 15}, "advanced", ("social",)),
        ({"call": 15, "email_out": 2}, "advanced", ("social",)),
        ({"call": 15, "chat": 2, "social": 2}, "social", ()),
        # Networks alone are no conversation kept.
        (
            {"social": 15},
            "basic",
            ("call", "email_out", "email_in", "web_meeting", "chat"),
        ),
    ],
)
def test_tier(channels: dict[str, int], code: str, missing: tuple[str, ...]) -> None:
    found = tier_of(**channels)
    assert (found.code, found.missing) == (code, missing)


def test_few_people_are_not_told_where_teams_are_shown() -> None:
    rows: list[tuple[str, str | None, int]] = [("call", f"u{n}", 9) for n in range(20)]
    rows += [("chat", f"u{n}", 9) for n in range(3)]
    shown = Company(rows)
    hidden = replace(shown, privacy="teams")
    chat = tracking.tier(shown, AS_OF).of("chat")  # type: ignore[arg-type]
    assert (chat.people, chat.exchanges) == (3, 27)
    chat = tracking.tier(hidden, AS_OF).of("chat")  # type: ignore[arg-type]
    assert (chat.state, chat.people, chat.exchanges) == ("kept", None, None)


def test_no_exchange_is_no_tier() -> None:
    found = tracking.tier(Company([]), AS_OF)  # type: ignore[arg-type]
    assert found.code is None
    # Exchanges entered by nobody known still show what the company keeps.
    nobody = Company([("call", None, 5), ("chat", None, 5)])
    assert tracking.tier(nobody, AS_OF).code == "advanced"  # type: ignore[arg-type]
