"""The reference campaign comes out exactly from each mailing tool's own shape.

The base is a CRM's contact export; the tool writes e-mail addresses in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.figures.conftest import write

Report = Callable[..., dict[str, Any]]
Files = dict[str, list[dict[str, object]]]

SENT, BOUNCED, REFUSED = range(5000), range(100), range(3100, 3150)
CONVERTED, CLICKED, OPENED = range(100, 110), range(100, 200), range(100, 3100)
EXPECTED = {
    "base": 50_000,
    "targeted": 5000,
    "bounced": 100,
    "delivered": 4900,
    "opted_out": 50,
    "opened": 3000,
    "clicked": 100,
    "converted": 10,
    "to_call": 90,
    "second_mail": 2900,
}


def email(n: int) -> str:
    """Return an address as people type it: capitals, spaces, an ending of its own."""
    return (f"c{n}@client.fr", f" C{n}@Client.FR ", f"c{n}+offre@client.fr")[n % 3]


def time(n: int, day: str = "02") -> str:
    """Return a moment of its own, to the second, long after the sending."""
    return f"2026-09-{day} {8 + n // 360:02}:{n // 6 % 60:02}:{n % 6 * 10 + 7:02}"


def brevo() -> Files:
    def file(people: Iterable[int]) -> list[dict[str, object]]:
        head = {"Campaign_ID": "12", "Campaign_Name": "Offre"}
        return [{**head, "Email_ID": email(n)} for n in people]

    return {
        "Offre_all.csv": file(SENT),
        "Offre_openers.csv": file(OPENED),
        "Offre_clickers.csv": file(CLICKED),
        "Offre_hardBounces.csv": file(range(80)),
        "Offre_softBounces.csv": file(range(80, 100)),
        "Offre_unsubscribed.csv": file(REFUSED),
        "Offre_convertis.csv": file(CONVERTED),
    }


def mailchimp() -> Files:
    kind = {n: "hard" if n < 80 else "soft" for n in BOUNCED}
    return {
        "sent_Offre.csv": [{"Email Address": email(n)} for n in SENT],
        "opens_Offre.csv": [
            {"Email": email(n), "Timestamp": time(n)} for n in OPENED for _ in (1, 2)
        ],
        "clicks_Offre.csv": [
            {"Email": email(n), "Timestamp": time(n, "03"), "Url": "https://y.fr/offre"}
            for n in CLICKED
        ],
        "bounces_Offre.csv": [
            {"Email Address": email(n), "Bounce Type": kind[n]} for n in BOUNCED
        ],
        "unsubscribes_Offre.csv": [{"Email Address": email(n)} for n in REFUSED],
        "Offre_convertis.csv": [{"Email": email(n)} for n in CONVERTED],
    }


def hubspot() -> Files:
    return {
        "recipients.csv": [
            {
                "Recipient": email(n),
                "Email name": "Offre",
                "Sent": 1,
                "Delivered": int(n not in BOUNCED),
                "Open": 2 * int(n in OPENED),
                "Click": int(n in CLICKED),
                "Bounce": int(n < 80),
                "Deferred": int(80 <= n < 100),
                "Unsubscribed": int(n in REFUSED),
                "SpamReport": 0,
                "Converted": int(n in CONVERTED),
            }
            for n in SENT
        ]
    }


def account_engagement() -> Files:
    events = [
        *(("Sent", n) for n in SENT),
        *(("Open", n) for n in OPENED),
        *(("Click", n) for n in CLICKED),
        *(("Bounced", n) for n in range(80)),
        *(("Soft Bounce", n) for n in range(80, 100)),
        *(("Unsubscribe Page", n) for n in REFUSED),
        *(("Success", n) for n in CONVERTED),
    ]
    return {
        "prospects.csv": [
            {"id": 9000 + n, "email": email(n), "crm_contact_fid": "", "opted_out": 0}
            for n in SENT
        ],
        "list_emails.csv": [
            {"id": 901, "name": "Offre", "subject": "Vos postes", "sent_at": time(0)}
        ],
        "visitor_activity.csv": [
            {
                "id": rank,
                "prospect_id": 9000 + n,
                "type_name": kind,
                "list_email_id": 901,
                "created_at": time(n, "02" if kind == "Sent" else "03"),
            }
            for rank, (kind, n) in enumerate(events, start=1)
        ],
    }


def status(n: int, words: tuple[str, ...]) -> str:
    """Return the furthest that somebody went, in a tool's words."""
    steps = (range(80), BOUNCED, CONVERTED, CLICKED, OPENED, REFUSED, SENT)
    return next(word for people, word in zip(steps, words, strict=True) if n in people)


def activetrail() -> Files:
    words = ("Hard", "Transient", "Conversion", "Clic", "Ouvert", "Désinscrit", "Reçu")
    return {
        "rapport ActiveTrail Offre.csv": [
            {"Email": email(n), "Campaign Name": "Offre", "State": status(n, words)}
            for n in SENT
        ]
    }


def by_hand() -> Files:
    words = ("NPAI", "rebond temporaire", "Transformé", "A cliqué", "Lu")
    words += ("désabonnée", "Délivré")
    return {
        "suivi campagne.csv": [
            {"Campagne": "Offre", "E-mail": email(n), "Statut": status(n, words)}
            for n in SENT
        ]
    }


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [
        {"Contact ID": f"003{n}", "Full Name": f"Nom {n}", "Email": f"c{n}@client.fr"}
        for n in range(50_000)
    ]
    return write(tmp_path_factory.mktemp("base") / "contacts.csv", rows)


@pytest.mark.parametrize(
    "tool",
    [brevo, mailchimp, hubspot, activetrail, by_hand],
    ids=lambda tool: tool.__name__,
)
def test_reference_campaign_of_a_tool(
    reported: Report, tool: Callable[[], Files]
) -> None:
    (found,) = reported(tool())["campaigns"]
    told = {key: count for key, count in EXPECTED.items() if key != "base"}
    assert {key: found[key] for key in told} == told
    assert (found["bounced_hard"], found["bounced_soft"]) == (80, 20)
    assert found["name"] == "Offre"
    assert not found["doubted"]


def test_prospects_are_the_contacts_of_the_crm(reported: Report, base: Path) -> None:
    files = {"contacts.csv": base, **account_engagement()}
    (found,) = reported(files)["campaigns"]
    assert {key: found[key] for key in EXPECTED} == EXPECTED
    assert (found["bounced_hard"], found["bounced_soft"]) == (80, 20)
    assert found["name"] == "Offre"
    assert not found["doubted"]


def test_a_second_tool_tells_of_the_same_people(reported: Report, base: Path) -> None:
    both = {
        "contacts.csv": base,
        **brevo(),
        "recipients.csv": hubspot()["recipients.csv"],
    }
    (found,) = reported(both)["campaigns"]
    assert {key: found[key] for key in EXPECTED} == EXPECTED
