"""What the operator may set, from the environment, with defaults that work."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Setting:
    """One setting: environment variable, default, and one line of help."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("APLOMB_DATA", str(ROOT / ".aplomb"), "folder of accounts and imports"),
    Setting(
        "APLOMB_DATABASE_URL", "", "accounts database; SQLite in the folder if empty"
    ),
    Setting("APLOMB_UPLOAD_MB", "2048", "largest file accepted, in MiB"),
    Setting("APLOMB_UNPACKED_MB", "20480", "largest unpacked archive, in MiB"),
    Setting("APLOMB_IMPORT_MEMORY_MB", "3072", "memory of the reading process, in MiB"),
    Setting("APLOMB_QUERY_MEMORY_MB", "2048", "memory of the figures, in MiB"),
    Setting("APLOMB_ADMIN_EMAIL", "", "first administrator, instead of the form"),
    Setting("APLOMB_ADMIN_PASSWORD", "", "first administrator's password"),
    Setting("APLOMB_PUBLIC_URL", "", "address people use, when behind a proxy"),
    Setting("APLOMB_DEMO", "1", "offer the demo company without an account: 1 or 0"),
    Setting("APLOMB_DEMO_COMPANIES", "1", "make three more demo companies: 1 or 0"),
    Setting("APLOMB_TOUR", "1", "show a first visitor round the product: 1 or 0"),
    Setting(
        "APLOMB_SMTP_HOST", "", "mail server of the weekly texts; none is sent if empty"
    ),
    Setting("APLOMB_SMTP_PORT", "587", "its port; 465 speaks TLS at once"),
    Setting("APLOMB_SMTP_STARTTLS", "1", "encrypt on other ports: 1 or 0"),
    Setting("APLOMB_SMTP_USER", "", "user of the mail server, if it asks for one"),
    Setting("APLOMB_SMTP_PASSWORD", "", "its password"),
    Setting("APLOMB_SMTP_PASSWORD_FILE", "", "a file that holds the password, instead"),
    Setting("APLOMB_SMTP_FROM", "", "sender of the texts; answers go there"),
    Setting("APLOMB_STRICT_TEXTS", "0", "1: a missing text is an error, for tests"),
)
_DEFAULTS = {setting.name: setting.default for setting in SETTINGS}


def value(name: str) -> str:
    """Return the setting ``name`` as text; KeyError for a name not in SETTINGS."""
    return os.environ.get(name) or _DEFAULTS[name]


def mebibytes(name: str) -> int:
    """Return a size setting in bytes."""
    return int(value(name)) * MEBIBYTE


def data_folder() -> Path:
    """Return the folder of accounts and imports; it may not exist yet."""
    return Path(value("APLOMB_DATA"))
