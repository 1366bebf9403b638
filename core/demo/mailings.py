"""What the demo company's mailing tools export, each in its own shape.

People are named by their e-mail address alone: the import finds the CRM's contacts.
Security programs leave their traces where a tool tells of them: opens and clicks that
HubSpot filtered, clicks within seconds of the sending, every link opened at once.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from core.demo.campaigns import Mailing, Recipient
from core.demo.salesforce import Clock

SENT = 34200  # half past nine
SITE = "https://www.valombre.example"
LINKS = (f"{SITE}/inscription", f"{SITE}/programme", f"{SITE}/acoustique")
OPENED = ("Ouvert", "Cliqué", "Converti")
CLICKED = ("Cliqué", "Converti")


def save(folder: Path, mailings: list[Mailing], clock: Clock) -> list[Path]:
    """Write the files of each mailing, the same bytes each time, and return them."""
    write: dict[str, Callable[[Path, Mailing, Clock], list[Path]]] = {
        "brevo": _brevo,
        "mailchimp": _mailchimp,
        "hubspot": _hubspot,
    }
    return [
        path
        for mailing in mailings
        for path in write[mailing.campaign.tool](folder, mailing, clock)
    ]


def _brevo(folder: Path, mailing: Mailing, clock: Clock) -> list[Path]:
    """Write a campaign's recipients, a file for each thing they did."""

    def local(day: int, second: int) -> str:
        hour, rest = divmod(second, 3600)
        return f"{clock.day(day):%d-%m-%Y} {hour:02}:{rest // 60:02}:{rest % 60:02}"

    def seen(rank: int, one: Recipient) -> tuple[int, int]:
        # One click in ten comes before anybody could have read the mail.
        quick = one.status == "Cliqué" and rank % 10 == 0
        return (mailing.start, SENT + 3) if quick else (one.day, one.second)

    campaign = mailing.campaign
    bounced = _those(mailing, "Rejeté")
    opened, clicked = _those(mailing, *OPENED), _those(mailing, *CLICKED)
    files: dict[str, tuple[str, list[Recipient]]] = {
        "all": ("", mailing.recipients),
        "openers": ("Open_Date", opened),
        "clickers": ("Click_Date", clicked),
        "softBounces": ("Bounce_Date", bounced[60:]),
        "hardBounces": ("Bounce_Date", bounced[:60]),
        "unsubscribed": ("Unsubscribe_Date", _those(mailing, "Désinscrit")),
    }
    sent, paths = local(mailing.start, SENT), []
    for kind, (column, people) in files.items():
        head = ["Campaign_ID", "Campaign_Name", "Email_ID", "Send_Date"]
        lines = [";".join([*head, *filter(None, [column])])]
        for rank, one in enumerate(people):
            row = f"12;{campaign.name};{one.contact.email};{sent}"
            when = seen(rank, one) if kind == "clickers" else (one.day, one.second)
            lines.append(f"{row};{local(*when)}" if column else row)
        paths.append(folder / f"{campaign.name.replace(' ', '_')}_{kind}.csv")
        _write(paths[-1], lines)
    return paths


def _mailchimp(folder: Path, mailing: Mailing, clock: Clock) -> list[Path]:
    """Write the account export: an archive whose files are named after the campaign."""
    opened = _those(mailing, *OPENED)
    bounced, out = _those(mailing, "Rejeté"), _those(mailing, "Désinscrit")
    clicks = []
    for rank, one in enumerate(_those(mailing, *CLICKED)):
        # A program opens every link of the mail, one after the other.
        links = LINKS if rank % 16 == 0 else (LINKS[rank % len(LINKS)],)
        clicks += [
            f"{one.contact.email},{clock.utc(one.day, one.second + 20 + step)},{link}"
            for step, link in enumerate(links)
        ]
    kinds = ("hard", "hard", "soft")
    files = {
        "aggregate_activity/sent": [
            "Email Address",
            *(one.contact.email for one in mailing.recipients),
        ],
        "aggregate_activity/bounces": [
            "Email Address,Bounce Type",
            *(f"{one.contact.email},{kinds[n % 3]}" for n, one in enumerate(bounced)),
        ],
        "aggregate_activity/unsubscribes": [
            "Email Address",
            *(one.contact.email for one in out),
        ],
        "granular_activity/opens": [
            "Email,Timestamp",
            *(f"{r.contact.email},{clock.utc(r.day, r.second)}" for r in opened),
        ],
        "granular_activity/clicks": ["Email,Timestamp,Url", *clicks],
    }
    path = folder / "mailchimp_account_export.zip"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in files.items():
            file = f"{name}/{mailing.campaign.name.replace(' ', '_')}.csv"
            # Without a date of its own a member would take the clock's.
            entry = zipfile.ZipInfo(file, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, "\n".join(lines) + "\n", zipfile.ZIP_DEFLATED)
    path.write_bytes(content.getvalue())
    return [path]


def _hubspot(folder: Path, mailing: Mailing, clock: Clock) -> list[Path]:
    """Write the log of events, one a row, and the name of its e-mail."""
    key = 48213907
    lines: list[str] = []

    def add(one: Recipient, kind: str, moment: str, machine: bool, link: str) -> None:
        told = "true" if machine else "false"
        number = f"e{len(lines) + 1:05d}"
        row = (number, moment, str(key), kind, told, one.contact.email, link)
        lines.append(",".join(row))

    sent = clock.utc(mailing.start, SENT)
    received = clock.utc(mailing.start, SENT + 2)
    ranks = dict.fromkeys((*OPENED, "Désinscrit"), 0)
    for one in mailing.recipients:
        add(one, "SENT", sent, False, "")
        if one.status == "Rejeté":
            add(one, "BOUNCE", received, False, "")
            continue
        add(one, "DELIVERED", received, False, "")
        if one.status not in ranks:
            continue
        rank = ranks[one.status] = ranks[one.status] + 1
        moment = clock.utc(one.day, one.second)
        if one.status == "Désinscrit":
            # Some press the other button.
            add(one, "SPAMREPORT" if rank > 8 else "UNSUBSCRIBED", moment, False, "")
            continue
        robot = one.status in CLICKED and rank % 4 == 0
        add(one, "OPEN", moment, robot or (one.status == "Ouvert" and rank < 150), "")
        if one.status in CLICKED:
            soon = clock.utc(mailing.start, SENT + 4)
            after = soon if rank % 12 == 1 else clock.utc(one.day, one.second + 35)
            add(one, "CLICK", after, robot, f"{SITE}/catalogue")
    head = "id,created,email_campaign_id,type,filtered_event,recipient,url"
    paths = [folder / "email_events.csv", folder / "email_campaigns.csv"]
    _write(paths[0], [head, *lines])
    size = len(mailing.recipients)
    row = f"{key},{mailing.campaign.name},Nos nouveautés,{key},{size}"
    _write(paths[1], ["id,name,subject,content_id,num_included", row])
    return paths


def _those(mailing: Mailing, *statuses: str) -> list[Recipient]:
    """Return the recipients who end at one of the statuses."""
    return [one for one in mailing.recipients if one.status in statuses]


def _write(path: Path, lines: Iterable[str]) -> None:
    """Write lines as these tools do: UTF-8, LF."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
