"""The report's ``missing``: each null figure, why, and the export that gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from core.workspace import Workspace

# The files as Salesforce names them, for its words are the best known of the trade.
FILES = {
    "user": "User.csv",
    "login": "LoginHistory.csv",
    "activity": "Task.csv",
    "account": "Account.csv",
    "contact": "Contact.csv",
    "opportunity": "Opportunity.csv",
    "campaign": "Campaign.csv",
    "campaign_member": "CampaignMember.csv",
}


class Missing:
    """Collects the entries of ``missing`` while a report is built.

    An entry has ``figure`` (the key's path in the report), ``reason`` (a code),
    ``unlock`` (a file, None when no export helps) and, where several items of a list
    share the reason, ``count``.
    """

    pyramid_sources: ClassVar[Mapping[str, str]] = {
        "accounts": "account",
        "contacts": "contact",
        "calls": "activity",
    }
    DEPENDING: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "accounts": ("shape", "contacts_per_account"),
        "contacts": (
            *("shape", "contacts_per_account", "calls_per_contact"),
            "missing_calls",
        ),
        "calls": ("shape", "calls_per_contact", "missing_calls"),
    }

    def __init__(self, workspace: Workspace) -> None:
        """Start without an entry."""
        self.workspace = workspace
        self.entries: list[dict[str, Any]] = []

    def add(
        self, figure: str, reason: str, source: str | None = None, **more: object
    ) -> None:
        """Say that ``figure`` is null for ``reason`` and that ``source`` gives it."""
        unlock = FILES[source] if source else None
        self.entries.append(
            {"figure": figure, "reason": reason, "unlock": unlock, **more}
        )

    def spans(
        self, spans: Mapping[str, tuple[str, str] | None], months: Iterable[str]
    ) -> None:
        """Say which monthly figures are null, wholly or for months not covered."""
        reasons = {
            "login_days": ("no_login_export", "login"),
            "actions": ("no_activity_export", "activity"),
            "active_days": ("no_login_export", "login"),
        }
        for name, (reason, source) in reasons.items():
            span = spans[name]
            if span is None:
                self.add(f"users.{name}", reason, source)
                continue
            without = [m for m in months if not span[0] <= m <= span[1]]
            if without:
                self.add(f"users.{name}", "month_not_covered", source, months=without)

    def users(self, users: Iterable[Mapping[str, Any]]) -> None:
        """Say how many persons have no team, profile or evolution."""
        empty: Counter[str] = Counter()
        count = 0
        for user in users:
            count += 1
            empty["team"] += user["team"] is None
            empty["profile"] += user["profile"] is None
            empty["profile_source"] += user["profile_source"] is None
            empty["profile_confidence"] += user["profile_confidence"] is None
            for name in ("active_days", "actions"):
                empty[f"evolution.{name}"] += user["evolution"][name] is None
        if not count:
            self.add("users", "no_user_export", "user")
        reasons = {
            "team": ("no_team", "user"),
            "profile": ("too_few_days", "login"),
            "profile_source": ("too_few_days", "login"),
            "profile_confidence": ("not_detected", None),
            "evolution.active_days": ("not_comparable", None),
            "evolution.actions": ("not_comparable", None),
        }
        for name, (reason, source) in reasons.items():
            if empty[name]:
                self.add(f"users.{name}", reason, source, count=empty[name])

    def pyramid(self, found: Mapping[str, Any]) -> None:
        """Say why figures of the company's pyramid are null."""
        without = {
            name: source
            for name, source in self.pyramid_sources.items()
            if not self.workspace.has(source)
        }
        for name, source in without.items():
            for key in (name, *self.DEPENDING[name]):
                self.add(f"pyramid.{key}", f"no_{source}_export", source)
        explained = {key for name in without for key in (name, *self.DEPENDING[name])}
        for key in ("calls", "shape", "contacts_per_account", "calls_per_contact"):
            if found[key] is None and key not in explained:
                self.add(f"pyramid.{key}", "nothing_to_divide")
        if found["months_observed"] is None:
            self.add("pyramid.months_observed", "no_activity_export", "activity")
        for level in ("teams", "account_types", "owners"):
            null = sum(entry["shape"] is None for entry in found[level])
            if null:
                self.add(f"pyramid.{level}.shape", "nothing_to_divide", count=null)

    def campaign(self, entry: Mapping[str, Any], won_count: int | None) -> None:
        """Say why figures of one campaign are null."""
        where = {"campaign_id": entry["campaign_id"]}
        member = self.workspace.has("campaign_member")
        for key, value in entry.items():
            if value is not None:
                continue
            reason, source = "step_not_in_export", "campaign_member"
            if key == "base":
                reason, source = "base_unknown", "contact"
            elif key == "cost":
                reason, source = "cost_blank", "campaign"
            elif key in ("won_amount", "roi"):
                reason, source = self._money(entry, won_count)
            elif key == "follow_up":
                known = self.workspace.has("activity")
                reason = "no_call_after_click" if known else "no_activity_export"
                source = "activity"
            elif key == "tool":
                reason, source = "tool_unknown", "campaign"
            elif key == "doubted" and entry["clicked"] is not None:
                reason = "clicks_without_time_or_link"
            elif key == "window" and entry["converted"] is not None:
                reason, source = "no_sending_day", "campaign"
            elif not member:
                reason = "no_campaign_member_export"
            self.add(f"campaigns.{key}", reason, source, **where)

    def _money(
        self, entry: Mapping[str, Any], won_count: int | None
    ) -> tuple[str, str]:
        if not self.workspace.has("opportunity"):
            return "no_opportunity_export", "opportunity"
        if won_count is None:
            return "no_campaign_on_opportunities", "opportunity"
        if entry["won_amount"] is None:
            return "several_currencies", "opportunity"
        return "cost_blank", "campaign"

    def unmatched(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Say where rows point to users that the user export does not hold."""
        for row in rows:
            if row["row_count"]:
                figure = f"unmatched.{row['object']}"
                count = row["row_count"]
                self.add(figure, "user_not_in_export", "user", count=count)
