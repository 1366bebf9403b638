"""What the product says of companies of known truth, against that truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core import imports, report
from core.store import Store, Upload
from core.workspace import Rights, Workspace, WorkspaceSettings
from tests.truth.company import Company

PROFILES = ("always_connected", "field", "occasional")
SYMPTOMS: tuple[str, ...] = ("buried_alive", "abandoned_novelty", "gaulish_village")
SYMPTOMS += ("procrastination", "blunted_tool")
Report = Mapping[str, Any]


def reported(company: Company, folder: Path) -> Report:
    """Put a company's exports through the product; return its headless report."""
    paths = company.write(folder / "exports")
    settings = WorkspaceSettings(privacy="names")
    store = Store(folder / "store")
    uploads = [Upload(path, path.name) for path in paths]
    outcome = imports.run(store, settings, uploads, {}, "truth", isolate=False)
    refused = [r for r in outcome.refusals if not r.skipped]
    assert not refused, refused
    assert all(r.rows_read == r.rows_kept for r in outcome.reports)
    workspace = Workspace(store, settings, Rights.of("admin"))
    return report.build(workspace, company.as_of)


@dataclass(frozen=True)
class Miss:
    """One thing said that is not true."""

    company: str
    seed: int
    what: str
    who: str
    true: str
    said: str
    why: Mapping[str, object]

    def __str__(self) -> str:
        reasons = " ".join(f"{key}={value}" for key, value in self.why.items())
        return (
            f"{self.what:8} {self.company}/{self.seed} {self.who}: "
            f"{self.true}, said {self.said} ({reasons})"
        )


@dataclass
class Score:
    """What was right, over every company given to `add`."""

    profiles: Counter[tuple[str, str]] = field(default_factory=Counter)
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    companies: int = 0
    right: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add(self, company: Company, found: Report) -> None:
        """Compare a company's report with its truth."""
        users = {user["user_id"]: user for user in found["users"]}
        assert users.keys() == company.truth.keys()
        for user_id, truth in company.truth.items():
            user = users[user_id]
            said = {key: str(user[key]) for key in ("state", "profile", "verdict")}
            shown = {
                "story": truth.story,
                "state": said["state"],
                "verdict": said["verdict"],
                "rule": user["verdict_rule"],
                "profile": said["profile"],
                "confidence": user["profile_confidence"],
                **truth.figures,
            }

            def miss(
                what: str,
                true: str,
                heard: str,
                who: str = user_id,
                why: Mapping[str, object] = shown,
            ) -> None:
                self.misses.append(
                    Miss(company.kind, company.seed, what, who, true, heard, why)
                )

            if truth.state is not None:
                self.states[truth.state, said["state"]] += 1
                if truth.state != said["state"]:
                    miss("state", truth.state, said["state"])
            if truth.profile is not None:
                self.profiles[truth.profile, said["profile"]] += 1
                if truth.profile != said["profile"]:
                    miss("profile", truth.profile, said["profile"])
            if truth.health is not None:
                self.verdicts[truth.health, said["verdict"]] += 1
                wrong = {"healthy": "at_risk", "idle": "healthy"}[truth.health]
                if said["verdict"] == wrong:
                    miss("verdict", truth.health, said["verdict"])
        self._symptoms(company, found)

    def _symptoms(self, company: Company, found: Report) -> None:
        said = {entry["code"]: entry for entry in found["symptoms"] or ()}
        wrong = False
        for code in SYMPTOMS:
            true = code in company.plan.symptoms
            entry = said.get(code) or {"present": None, "confidence": None}
            known = entry["confidence"] != "not_enough_data"
            if entry["present"] is true and (company.plan.can_be_judged or not known):
                continue
            wrong = True
            heard = f"{entry['present']} ({entry['confidence']})"
            truth = str(true) if company.plan.can_be_judged else "not enough data"
            why = {
                f"{fact['figure']}": f"{fact['value']}/{fact['threshold']}"
                for key in ("evidence", "counter_evidence")
                for fact in entry.get(key) or ()
            }
            why["months"] = f"{company.plan.calendar.months:.1f}"
            self.misses.append(
                Miss(company.kind, company.seed, "symptom", code, truth, heard, why)
            )
        self.companies += 1
        self.right += not wrong

    @property
    def macro_f1(self) -> float:
        """The mean over profiles of the harmonic mean of precision and recall."""
        marks = []
        for profile in PROFILES:
            hit = self.profiles[profile, profile]
            true = sum(n for (t, _), n in self.profiles.items() if t == profile)
            said = sum(n for (_, s), n in self.profiles.items() if s == profile)
            marks.append(2 * hit / (true + said) if true + said else 1.0)
        return sum(marks) / len(marks)

    @property
    def state_accuracy(self) -> float:
        right = sum(n for (true, said), n in self.states.items() if true == said)
        return right / self.states.total()

    def called(self, health: str, verdict: str) -> float:
        """Return the share of the truly healthy or idle who are called ``verdict``."""
        true = sum(n for (t, _), n in self.verdicts.items() if t == health)
        return self.verdicts[health, verdict] / true if true else 0.0

    def __str__(self) -> str:
        lines = [
            f"companies {self.companies}, symptoms all right in {self.right}",
            f"profiles  {sum(self.profiles.values())} known, "
            f"macro F1 {self.macro_f1:.4f}",
            f"states    {self.states.total()} known, {self.state_accuracy:.4f} right",
            f"healthy called at_risk {self.called('healthy', 'at_risk'):.4f}, "
            f"idle called healthy {self.called('idle', 'healthy'):.4f}",
        ]
        for title, counts in (
            ("profile", self.profiles),
            ("state", self.states),
            ("verdict", self.verdicts),
        ):
            lines += ["", *_matrix(title, counts)]
        return "\n".join(lines)


def _matrix(title: str, counts: Mapping[tuple[str, str], int]) -> list[str]:
    """Draw who is what (rows) and was called what (columns)."""
    trues = sorted({true for true, _ in counts})
    saids = sorted({said for _, said in counts})
    width = max((len(word) for word in (*trues, *saids)), default=0) + 2
    lines = [f"{title:{width}}" + "".join(f"{said:>{width}}" for said in saids)]
    for true in trues:
        row = "".join(f"{counts.get((true, said), 0):>{width}}" for said in saids)
        lines.append(f"{true:{width}}{row}")
    return lines


def score(
    companies: Mapping[str, range],
    folder: Path,
    make: Callable[[str, int], Company],
    told: Callable[[str], None] = lambda _: None,
) -> Score:
    """Score every seed of every kind, each in a folder of its own."""
    found = Score()
    for kind, seeds in companies.items():
        for seed in seeds:
            company = make(kind, seed)
            found.add(company, reported(company, folder / f"{kind}-{seed}"))
            told(f"{kind}/{seed}")
    return found
