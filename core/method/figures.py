"""The figures of the product: what each one is, and which files compute it."""

from __future__ import annotations

from core.method import (
    call_lists,
    conversations,
    lifecycle,
    practices,
    questionnaire,
    returns,
    symptoms,
)
from core.method.figure import Figure
from core.rules import RULES

_STEP = (
    *("int_campaign_row", "int_campaign_trace", "int_campaign_person"),
    "int_campaign_step",
)
_FUNNEL = ("int_campaign_count", "int_campaign_funnel", "mart_campaign_funnel")


_ALL = (
    Figure(
        "login_days",
        *("use", "days", "month", "adoption"),
        models=(
            *("stg_login", "int_user_ref", "int_user_login_day", "int_user_day"),
            *("int_user_month", "mart_user_month"),
        ),
    ),
    Figure(
        "active_days",
        *("use", "days", "month", "adoption"),
        models=("int_user_day", "int_user_month", "mart_user_month"),
    ),
    Figure(
        "expected_days",
        *("use", "days", "month", "adoption"),
        models=(
            *("int_calendar", "int_user_contract", "int_absence_day"),
            *("int_user_month", "mart_user_month"),
        ),
    ),
    Figure(
        "actions",
        *("use", "actions", "month", "adoption"),
        models=(
            *("int_record_slot", "int_user_record_day", "int_user_activity_day"),
            *("int_user_day", "int_user_month"),
        ),
        limits=("update_seconds", "mass_records", "mass_activities"),
    ),
    Figure(
        "idle_days",
        *("use", "days", "month", "adoption"),
        models=("int_user_month", "mart_user_month"),
        modules=("core/indicators.py",),
        limits=("idle_share", "idle_logins"),
    ),
    Figure(
        "evolution",
        *("use", "change", "two_months", "adoption"),
        models=("mart_user_month",),
        modules=("core/indicators.py",),
        limits=("compared_days", "stable", "range_out", "chance_errors"),
    ),
    Figure(
        "states",
        *("people", "state", "as_of", "adoption"),
        models=("int_user_contract", "mart_user"),
        limits=("never_days", "new_days", "recent_days", "dormant_days"),
    ),
    Figure(
        "programs",
        *("people", "yes_no", "history", "adoption"),
        models=(
            *("int_machine_name", "int_user_trace_day", "int_user_rhythm"),
            "int_user_contract",
        ),
        limits=(
            "rhythm_span",
            "rhythm_days",
            "rhythm_weekends",
            "rhythm_night",
            "rhythm_dawn",
        ),
    ),
    Figure(
        "profiles",
        *("people", "profile", "rhythm", "adoption"),
        models=("int_open_day", "mart_user_week"),
        modules=("core/weeks.py", "core/rhythm.py", "core/profiles.py"),
        limits=(
            "rhythm_weeks",
            *(code for code in RULES if code.startswith("profile.")),
        ),
    ),
    Figure(
        "verdicts",
        *("people", "state", "six_weeks", "adoption"),
        models=("mart_user", "mart_user_week", "mart_user_silence", "mart_user_quiet"),
        modules=("core/rhythm.py", "core/verdicts.py"),
        limits=(
            *("week_days", "leave_least", "leave_most"),
            *("fall_errors", "token_days", "idle_days"),
            *("now_days", "season_days", "rare_days"),
            *(code for code in RULES if code.startswith(("verdict.", "rhythm."))),
        ),
    ),
    Figure(
        "usual_range",
        *("people", "days", "past_months", "adoption"),
        models=("mart_user_months",),
        modules=("core/people.py",),
        limits=("range_months", "range_fewest", "range_days"),
    ),
    Figure(
        "company_verdict",
        *("company", "state", "month", "home"),
        models=("mart_month", "mart_pyramid", "mart_user_month"),
        modules=("core/headline.py", "core/severity.py", "core/indicators.py"),
        limits=(
            *("enough_days", "enough_people", "range_healthy", "range_watch"),
            *("many_symptoms", "fall_few"),
            *("idle_watch", "idle_sick", "fall_watch", "fall_sick", "stands_out"),
            *("collapse", "nearly_none"),
        ),
    ),
    Figure(
        "ladder",
        *("company", "people", "as_of", "lifecycle"),
        models=("int_user_contract", "mart_adoption"),
        limits=("active_days",),
    ),
    Figure(
        "habitual",
        *("company", "people", "twelve_weeks", "lifecycle"),
        models=("mart_adoption",),
        limits=("habit_weeks", "habit_window"),
    ),
    *lifecycle.FIGURES,
    Figure(
        "pyramid",
        *("pyramid", "counts", "year", "pyramid"),
        models=(
            *("int_contact", "int_base_by_owner", "int_call_by_owner_day"),
            *("mart_pyramid", "mart_pyramid_month", "mart_pyramid_owner"),
        ),
        modules=("core/pyramid.py",),
        limits=("contacts_per_account", "calls_per_contact"),
    ),
    Figure(
        "shapes",
        *("pyramid", "shape", "year", "pyramid"),
        models=("mart_pyramid",),
        modules=("core/pyramid.py", "core/headline.py"),
        limits=("stump", "diamond", "calls_healthy", "calls_watch", "calls_fallen"),
    ),
    Figure(
        "missing_calls",
        *("pyramid", "calls", "year", "pyramid"),
        models=("mart_pyramid",),
        modules=("core/pyramid.py", "core/headline.py"),
        limits=("calls_per_contact", "calls_expected", "worked_weeks"),
    ),
    Figure(
        "base",
        *("campaigns", "persons", "campaign", "campaigns"),
        models=("int_contact_person", "int_campaign", *_FUNNEL),
        limits=("strangers",),
    ),
    *(
        Figure(
            code, "campaigns", "persons", "campaign", "campaigns", (*_STEP, *_FUNNEL)
        )
        for code in (
            *("targeted", "bounced", "delivered", "opted_out", "complained"),
            "opened",
        )
    ),
    Figure(
        "clicked",
        *("campaigns", "persons", "campaign", "campaigns"),
        models=(*_STEP, "int_campaign_click", *_FUNNEL),
        limits=(
            "campaign.click.instant_seconds",
            "campaign.click.burst_seconds",
            "campaign.click.burst_people",
        ),
    ),
    Figure(
        "converted",
        *("campaigns", "persons", "campaign", "campaigns"),
        models=(*_STEP, "int_campaign", *_FUNNEL),
        modules=("core/campaigns/verdict.py",),
        limits=("campaign.window_days",),
    ),
    Figure(
        "rates",
        *("campaigns", "share", "campaign", "campaigns"),
        models=_FUNNEL,
        modules=(
            "core/campaigns/counts.py",
            "core/campaigns/verdict.py",
            "core/campaigns/benchmarks.py",
        ),
        limits=(
            "campaign.few",
            "campaign.settle_hours",
            "campaign.click_low",
            "campaign.limit.bounced_hard",
            "campaign.limit.opted_out",
            "campaign.limit.complained",
            "campaign.limit.complained_gmail",
        ),
    ),
    *call_lists.FIGURES,
    Figure(
        "roi",
        *("campaigns", "share", "campaign", "campaigns"),
        models=("stg_opportunity", "int_campaign_ref", "int_campaign", _FUNNEL[-1]),
        modules=("core/campaigns/attribution.py",),
    ),
    Figure(
        "sending",
        *("campaigns", "days", "always", "sending"),
        modules=("core/planner.py", "core/sending/request.py"),
        limits=tuple(code for code in RULES if code.startswith("sending.")),
    ),
    Figure(
        "score_usage",
        *("rules", "mark", "always", "score"),
        modules=(
            *("core/score_usage/marks.py", "core/score_usage/lift.py"),
            "core/workshops/agreement.py",
        ),
        limits=tuple(
            code
            for code in RULES
            if code.startswith(("score.mark.", "score.work.", "score.workshop."))
        ),
    ),
    Figure(
        "retro_test",
        *("rules", "share", "always", "score"),
        models=("mart_feature_kind", "mart_feature_week"),
        modules=("core/score_usage/retro.py", "core/scorecards/measured.py"),
        limits=tuple(code for code in RULES if code.startswith("score.retro.")),
    ),
    Figure(
        "portfolio",
        *("rules", "share", "twelve_weeks", "portfolio"),
        models=("int_user_day", "mart_adoption"),
        modules=("core/portfolio/figures.py", "core/portfolio/project.py"),
        limits=(
            *("habit_weeks", "habit_window", "portfolio.old", "portfolio.launch"),
            "portfolio.settled",
        ),
    ),
    Figure(
        "privacy",
        *("rules", "people", "always", "settings"),
        modules=("core/privacy.py", "core/workspace.py", "core/models.py"),
        limits=("floor", "default_k"),
    ),
    Figure(
        "time_zones",
        *("rules", "moments", "always", "settings"),
        models=("int_user", "int_user_login_day", "int_record_slot"),
    ),
    Figure(
        "working_days",
        *("rules", "days", "always", "settings"),
        models=("int_calendar", "mart_month"),
        modules=("core/calendar.py",),
    ),
    Figure(
        "rows",
        *("rules", "rows", "always", "data"),
        models=("stg_record", "int_unmatched", "mart_unmatched"),
        modules=("core/sources/convert.py", "core/store.py"),
    ),
    Figure(
        "gaps",
        *("rules", "days", "history", "data"),
        models=("int_team_day", "mart_event_gap"),
    ),
)
_PARTS: tuple[tuple[Figure, ...], ...] = (
    returns.FIGURES,
    conversations.FIGURES,
    practices.FIGURES,
    symptoms.FIGURES,
    questionnaire.FIGURES,
)
FIGURES = {
    figure.code: figure for figure in (*_ALL, *(f for part in _PARTS for f in part))
}
"""Every figure by its code, in the order in which the method page tells them."""
