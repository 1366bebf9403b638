"""The colours of the product, once for the page and for the charts.

Contrasts are WCAG ratios, computed by ``contrast`` and held by tests: text at least
4.5 on what it lies on, meaningful marks at least 3.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Palette:
    """Every colour of one theme, as #RRGGBB.

    A state has three: for text, for a mark, and for a tint under text (``_t``).
    ``p1``..``p3`` and ``p0`` are the profiles, ``seq0``..``seq5`` more and more
    actions.
    """

    bg: str
    card: str
    sunken: str
    line: str
    line2: str
    ghost: str
    text: str
    muted: str
    accent: str
    accent_t: str
    on_accent: str
    ok: str
    ok_m: str
    ok_t: str
    warn: str
    warn_m: str
    warn_t: str
    bad: str
    bad_m: str
    bad_t: str
    na: str
    na_m: str
    na_t: str
    p0: str
    p1: str
    p2: str
    p3: str
    on_profile: str
    second_mail: str
    seq0: str
    seq1: str
    seq2: str
    seq3: str
    seq4: str
    seq5: str

    @property
    def sequence(self) -> list[str]:
        """The six steps of the sequential scale, palest first."""
        return [getattr(self, f"seq{step}") for step in range(6)]

    def ink(self, state: str) -> str:
        """Return the text colour of a state."""
        return str(getattr(self, STATE_TOKEN.get(state, "na")))

    def mark(self, state: str) -> str:
        """Return the mark colour of a state."""
        return str(getattr(self, STATE_TOKEN.get(state, "na") + "_m"))

    def profile(self, profile: str) -> str:
        """Return the colour of a profile; the unclassified grey for an unknown one."""
        return str(getattr(self, PROFILE_TOKEN.get(profile, "p0")))

    def as_css(self) -> str:
        """Return the colours as CSS custom properties: ``--bg:#F6F5F1;…``."""
        return "".join(
            f"--{name.replace('_', '-')}:{value};"
            for name, value in asdict(self).items()
        )


# A person is "at_risk", a project "sick": the same red, never the same word.
STATE_TOKEN = {
    "healthy": "ok",
    "watch": "warn",
    "at_risk": "bad",
    "sick": "bad",
    "not_enough_data": "na",
    "excluded": "na",
}
PROFILE_TOKEN = {"always_connected": "p1", "field": "p2", "occasional": "p3"}

LIGHT = Palette(
    bg="#F6F5F1",
    card="#FFFFFF",
    sunken="#EFEDE6",
    line="#E0DCD2",
    line2="#827D72",
    ghost="#8A857A",
    text="#171E2E",
    muted="#535D70",
    accent="#2A4BC9",
    accent_t="#E8EDFB",
    on_accent="#FFFFFF",
    ok="#0B6F65",
    ok_m="#12877B",
    ok_t="#E1F2EF",
    warn="#9A4D06",
    warn_m="#C7700E",
    warn_t="#FCEFDD",
    bad="#AD241C",
    bad_m="#C8372D",
    bad_t="#FBE8E5",
    na="#5A6373",
    na_m="#7B8494",
    na_t="#ECEDEF",
    p0="#7B8494",
    p1="#3657D6",
    p2="#A8398F",
    p3="#5F6B14",
    on_profile="#FFFFFF",
    second_mail="#758EDC",
    seq0="#E4EAF9",
    seq1="#BCCBF2",
    seq2="#8BA4E8",
    seq3="#5979DB",
    seq4="#2F50CC",
    seq5="#17308A",
)
DARK = Palette(
    bg="#11141B",
    card="#1A1F2A",
    sunken="#242B38",
    line="#343D4E",
    line2="#7C879C",
    ghost="#97A1B3",
    text="#EDF0F5",
    muted="#AEB7C7",
    accent="#93ABFF",
    accent_t="#222D52",
    on_accent="#11141B",
    ok="#5CD0BE",
    ok_m="#3DB7A5",
    ok_t="#12332F",
    warn="#F3B25C",
    warn_m="#E39A36",
    warn_t="#3A2B13",
    bad="#FF9A8F",
    bad_m="#F0675B",
    bad_t="#421F1C",
    na="#A3ADBD",
    na_m="#8691A3",
    na_t="#272E3B",
    p0="#8691A3",
    p1="#8CA5FF",
    p2="#E58CD0",
    p3="#C2CC5C",
    on_profile="#11141B",
    second_mail="#5F78C4",
    seq0="#232C44",
    seq1="#2E4077",
    seq2="#3C5AB0",
    seq3="#5B7FE0",
    seq4="#8FACF8",
    seq5="#D3DEFF",
)
TOKENS = tuple(field.name for field in fields(Palette))
# What stands on white paper for each colour of the dark theme. Two names may share one
# colour there: a chart has the page's as the ink on its marks, white in light.
ON_PAPER = {
    **{getattr(DARK, token): getattr(LIGHT, token) for token in TOKENS},
    DARK.on_accent: LIGHT.on_accent,
}


def palette(theme: str | None) -> Palette:
    """Return the colours of ``theme``: "dark", or anything else for light."""
    return DARK if theme == "dark" else LIGHT


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)
