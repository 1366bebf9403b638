"""Texts leave once a week each, by a checked connection, whatever happens to one."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from core.__main__ import main
from core.accounts import audit, database, digests
from core.digest import mail, post, rounds
from core.digest.model import Block, Digest
from core.errors import InvalidSetting, MailRefused, MailUnset
from core.visit import Visit
from tests.unit.digest.conftest import DEMO
from tests.unit.digest.mailbox import Mailbox, serving

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
TEXT = Digest("company", "fr", "Été", "Tout **va**", blocks=(Block("<b>", ("a & b",)),))


@pytest.fixture
def server_of(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Name a server in the settings."""

    def name(mailbox: Mailbox, **others: str) -> None:
        given = {
            "HOST": "localhost",
            "PORT": str(mailbox.port),
            "FROM": "Aplomb <crm@valombre.example>",
            "STARTTLS": "0",
            **others,
        }
        for key, value in given.items():
            monkeypatch.setenv(f"APLOMB_SMTP_{key}", value)

    return name


def certificate(folder: Path, name: str) -> Path:
    """Make a key and a certificate for ``name``, signed by itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / f"{name}.pem"
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(pem))
    return file


def run(*options: str) -> int:
    return main(["digest", DEMO, "--language", "fr", *options])


def test_a_text_is_sent_once_a_week(
    get_text: Callable[..., str],
    server_of: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    get_text("a@valombre.example")
    get_text("b@valombre.example", weekday=1, language="en")
    with serving(Mailbox()) as mailbox:
        server_of(mailbox)
        assert run("--send", "--today", MONDAY.isoformat()) == 0
        assert [made["To"] for made in mailbox.mails] == ["a@valombre.example"]
        assert run("--send", "--today", MONDAY.isoformat()) == 0
        assert len(mailbox.mails) == 1
        # The day after: the other's day. Nobody gets the same week twice.
        assert run("--send", "--today", TUESDAY.isoformat()) == 0
        assert [made["To"] for made in mailbox.mails[1:]] == ["b@valombre.example"]
        assert run("--send", "--today", "2026-11-30") == 0
        assert len(mailbox.mails) == 3
    shown = capsys.readouterr()
    assert "déjà envoyé cette semaine" in shown.out
    assert shown.err == ""
    first = mailbox.mails[0]
    assert first["From"] == "Aplomb <crm@valombre.example>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert "crm@valombre.example" in first["List-Unsubscribe"]
    body = first.get_body(("plain",))
    assert body is not None
    assert "répondez à crm@valombre.example" in body.get_content()
    lines = [entry.what for entry in audit.entries(DEMO)]
    assert lines.count("digest_sent") >= 3
    assert audit.first_broken() is None


def test_one_that_fails_stops_nobody_and_is_tried_again(
    get_text: Callable[..., str],
    server_of: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    get_text("gone@valombre.example")
    get_text("kind@valombre.example", kind="team", about="Nulle part")
    get_text("fine@valombre.example")
    day = ("--today", "2026-12-07")
    with serving(Mailbox(refused=frozenset({"gone@"}))) as mailbox:
        server_of(mailbox)
        assert run("--send", *day) == 1
        assert [made["To"] for made in mailbox.mails] == ["fine@valombre.example"]
        error = sorted(capsys.readouterr().err.splitlines())
        assert len(error) == 2
        assert "gone@valombre.example" in error[0]
        assert "550 no such person" in error[0]
        assert "kind@valombre.example" in error[1]
        assert "Nulle part" in error[1]
        mailbox.refused = frozenset()
        assert run("--send", *day) == 1
        assert [made["To"] for made in mailbox.mails[1:]] == ["gone@valombre.example"]


def test_nothing_leaves_without_being_asked(
    get_text: Callable[..., str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    get_text("a@valombre.example")
    assert run("--today", "2026-12-14") == 0
    assert "serait envoyé aujourd" in capsys.readouterr().out
    assert run("--to-stdout", "--today", "2026-12-14") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("To: a@valombre.example\nSubject: Valombre")
    assert "**" not in shown
    assert main(["digest", "no such place", "--language", "en"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_without_a_server_nothing_is_tried(
    capsys: pytest.CaptureFixture[str], demo_data: Path
) -> None:
    assert run("--send") == 2
    assert "APLOMB_SMTP_HOST" in capsys.readouterr().err


def test_a_connection_is_encrypted_and_checked_or_refused(
    server_of: Callable[..., None], tmp_path: Path
) -> None:
    made = mail.message(TEXT, "a@x.example", "b@x.example", datetime.now(UTC))
    # A server that does not encrypt gets nothing.
    with serving(Mailbox()) as plain:
        server_of(plain, STARTTLS="1")
        with pytest.raises(MailRefused):
            post.Post(post.server()).send(made)
        assert plain.mails == []
    ours = certificate(tmp_path, "localhost")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(ours)
    with serving(Mailbox(tls=tls)) as mailbox:
        server_of(mailbox, STARTTLS="1", USER="crm", PASSWORD="secret")
        # Nobody known signed its certificate.
        with pytest.raises(MailRefused):
            post.Post(post.server()).send(made)
        assert not any(line.startswith("AUTH") for line in mailbox.said)
        line = post.Post(post.server(), ssl.create_default_context(cafile=ours))
        line.send(made)
        line.send(made)
        line.close()
        assert len(mailbox.mails) == 2
        assert [one for one in mailbox.said if one.startswith("AUTH")] != []
        # The same certificate, for another name.
        other = ssl.create_default_context(cafile=ours)
        server_of(mailbox, STARTTLS="1", HOST="127.0.0.1")
        with pytest.raises(MailRefused):
            post.Post(post.server(), other).send(made)


def test_a_password_never_goes_in_clear(
    server_of: Callable[..., None], tmp_path: Path
) -> None:
    server_of(Mailbox(port=25), USER="crm", PASSWORD="secret")
    with pytest.raises(MailUnset):
        post.server()
    file = tmp_path / "password"
    file.write_text("from a file\n", "utf-8")
    server_of(Mailbox(port=465), USER="crm", PASSWORD_FILE=str(file))
    found = post.server()
    assert found.password == "from a file"
    assert "from a file" not in repr(found)
    server_of(Mailbox(port=465), PASSWORD_FILE=str(tmp_path / "none"))
    with pytest.raises(MailUnset):
        post.server()


def test_two_rounds_at_once_send_once(get_text: Callable[..., str]) -> None:
    identifier = get_text("a@valombre.example")
    assert digests.claim(identifier, "2026-W51")
    assert not digests.claim(identifier, "2026-W51")


def test_a_claim_whose_sender_died_is_free_again(
    get_text: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = get_text("a@valombre.example")
    assert digests.claim(identifier, "2026-W51")
    later = database.now() + 3601
    monkeypatch.setattr(digests, "now", lambda: later)
    assert not digests.was_sent(identifier, "2026-W51")
    assert digests.claim(identifier, "2026-W51")


def test_a_recipient_is_checked(get_text: Callable[..., str]) -> None:
    get_text("a@valombre.example")
    for wrong in (
        {"email": "a@valombre.example"},
        {"email": "not an address"},
        {"email": "a@b.example", "kind": "team"},
        {"email": "a@b.example", "kind": "company", "about": "x"},
        {"email": "a@b.example", "weekday": 7},
    ):
        with pytest.raises(InvalidSetting):
            get_text(**wrong)


def test_the_mail_holds_words_and_html_and_fetches_nothing(
    look: Callable[..., Visit],
) -> None:
    visit = look()
    for language in ("fr", "en"):
        told = rounds.compose(visit, MONDAY, "company", "", language)
        made = mail.message(told, "a@x.example", "b@x.example", datetime.now(UTC))
        kinds = [part.get_content_type() for part in made.iter_parts()]
        assert kinds == ["text/plain", "text/html"]
        page = told.page
        for sign in ("<img", "<link", "<script", "http", "url(", "src="):
            assert sign not in page
        assert "**" not in told.words
        assert told.words.isprintable() or "\n" in told.words
        for block in told.blocks:
            assert block.lines


def test_signs_in_names_are_no_html_and_no_header() -> None:
    assert "&lt;b&gt;" in TEXT.page
    assert "a &amp; b" in TEXT.page
    with pytest.raises(ValueError, match="nobody"):
        mail.address("nobody")
    draft = mail.draft(TEXT, "Ana <a@x.example>")
    assert b"X-Unsent: 1" in draft
    assert b"To: Ana <a@x.example>" in draft


def test_a_long_text_still_opens_a_mail() -> None:
    long = Digest("company", "fr", "S", "L", intro=tuple("é" * 60 for _ in range(40)))
    link = mail.link(long, "a@x.example")
    assert link.startswith("mailto:a@x.example?subject=S&body=L")
    assert len(link) <= 1900
    assert link.endswith("%E2%80%A6")
    assert "%E2%80%A6" not in mail.link(TEXT)
