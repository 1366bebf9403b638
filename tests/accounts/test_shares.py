"""A read-only link shows what its terms say, until it ends, and never more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from core import settings
from core.accounts import audit, database, derived, people, workspaces
from core.accounts.sessions import Visitor
from core.accounts.share_tables import ShareRow, ShareVisit
from core.errors import InvalidSetting, NotAllowed
from core.pages import PAGES, allowed
from core.shares import door, keeping
from core.shares.model import DAY, LONGEST_DAYS, OF_ONE_TEAM, SHAREABLE, Ended, Terms

PASSWORD = "la pluie tombe sur le toit"
HOME = Terms(pages=frozenset({"home"}))


@pytest.fixture
def admin() -> people.Person:
    return people.get(people.first_admin("chef@example.fr", "Ada Chef", PASSWORD))


@pytest.fixture
def workspace_id(admin: people.Person) -> str:
    return workspaces.create(admin, "Alpha", {"privacy": "names"})


def member(workspace_id: str, role: str) -> str:
    account_id, link = people.invite("t", f"{role}@example.fr", role.title(), role)
    people.use_link(link, PASSWORD)
    workspaces.admit("t", workspace_id, account_id)
    return account_id


def secret(share_id: str) -> str:
    found = keeping.token(share_id)
    assert found
    return found


def come_in(share_id: str) -> str:
    entry = door.enter(secret(share_id))
    assert isinstance(entry, door.Entry)
    return entry.session_token


def lines(what: str) -> int:
    return sum(entry.what == what for entry in audit.entries())


def test_a_link_opens_what_it_says(admin: people.Person, workspace_id: str) -> None:
    terms = Terms(
        frozenset({"home", "adoption"}),
        team="Sud-Est",
        page="adoption",
        query={"team": "Sud-Est", "month": "2026-10", "view": "teams"},
    )
    share = keeping.make(admin.account_id, workspace_id, terms)
    entry = door.enter(secret(share.share_id))
    assert isinstance(entry, door.Entry)
    parts = urlsplit(entry.address)
    assert parts.path == "/adoption"
    # The team is in the scope: an address could be rewritten.
    assert parse_qs(parts.query) == {"month": ["2026-10"], "view": ["teams"]}
    found = door.visitor(entry.session_token)
    assert isinstance(found, Visitor)
    assert found.scope is not None
    assert (found.role, found.account_id, found.email) == ("viewer", None, "")
    assert found.workspace_id == workspace_id
    assert found.scope.pages == {"home", "adoption"}
    assert (found.scope.team, found.scope.shows_names) == ("Sud-Est", False)
    assert found.scope.by == "Ada Chef"


def test_the_secret_is_long_and_only_its_digest_is_kept(
    admin: people.Person, workspace_id: str
) -> None:
    share = keeping.make(admin.account_id, workspace_id, HOME)
    token, session_token = secret(share.share_id), come_in(share.share_id)
    assert len(token) == 43  # 256 bits in 64 letters
    for file in settings.data_folder().glob("state.sqlite*"):
        content = file.read_bytes()
        assert token.encode() not in content
        assert session_token.encode() not in content
    other = keeping.make(admin.account_id, workspace_id, HOME)
    assert secret(other.share_id) != token


def test_without_its_key_a_link_opens_but_is_not_shown_again(
    admin: people.Person, workspace_id: str
) -> None:
    share = keeping.make(admin.account_id, workspace_id, HOME)
    token = secret(share.share_id)
    (settings.data_folder() / "share.key").unlink()
    assert keeping.token(share.share_id) is None
    assert isinstance(door.enter(token), door.Entry)


def test_the_key_is_for_nobody_else(admin: people.Person, workspace_id: str) -> None:
    keeping.make(admin.account_id, workspace_id, HOME)
    assert (settings.data_folder() / "share.key").stat().st_mode & 0o777 == 0o600
    assert derived.token("share", "a", 32) != derived.token("workshop", "a", 32)


@pytest.mark.parametrize("change", range(3))
def test_a_changed_secret_opens_nothing(
    admin: people.Person, workspace_id: str, change: int
) -> None:
    token = secret(keeping.make(admin.account_id, workspace_id, HOME).share_id)
    wrong = (token[:-1], token + "A", token[:5] + "~" + token[6:])[change]
    assert door.enter(wrong) == Ended("missing")
    assert door.visitor(wrong) is None


def test_a_link_ends_on_its_day(
    admin: people.Person, workspace_id: str, pass_time: Callable[[int], None]
) -> None:
    terms = replace(HOME, days=1)
    share = keeping.make(admin.account_id, workspace_id, terms)
    session_token = come_in(share.share_id)
    pass_time(DAY - 1)
    assert isinstance(door.visitor(session_token), Visitor)
    pass_time(1)
    assert door.visitor(session_token) == Ended("expired", "Ada Chef")
    assert door.enter(secret(share.share_id)) == Ended("expired", "Ada Chef")
    assert [one.state for one in keeping.of(workspace_id)] == ["expired"]


def test_a_revoked_link_ends_at_once(admin: people.Person, workspace_id: str) -> None:
    share = keeping.make(admin.account_id, workspace_id, HOME)
    session_token = come_in(share.share_id)
    assert keeping.revoke(admin.email, workspace_id, [share.share_id]) == 1
    assert door.visitor(session_token) == Ended("revoked", "Ada Chef")
    assert door.look(secret(share.share_id)) == Ended("revoked", "Ada Chef")
    assert keeping.revoke(admin.email, workspace_id, [share.share_id]) == 0


def test_nobody_revokes_the_links_of_another_workspace(
    admin: people.Person, workspace_id: str
) -> None:
    share = keeping.make(admin.account_id, workspace_id, HOME)
    other = workspaces.create(admin, "Beta", {"privacy": "names"})
    assert keeping.revoke(admin.email, other, [share.share_id]) == 0
    assert keeping.of(other) == []
    assert door.look(secret(share.share_id)) is None


def _disable(account_id: str, workspace_id: str) -> None:
    people.set_active("t", account_id, False)


def _dismiss(account_id: str, workspace_id: str) -> None:
    workspaces.dismiss("t", workspace_id, account_id)


def _demote(account_id: str, workspace_id: str) -> None:
    people.change_role("t", account_id, "marketing")


@pytest.mark.parametrize("lose", [_disable, _dismiss, _demote])
def test_a_link_ends_with_its_makers_right(
    workspace_id: str, lose: Callable[[str, str], None]
) -> None:
    maker = member(workspace_id, "director")
    share = keeping.make(maker, workspace_id, HOME)
    session_token = come_in(share.share_id)
    lose(maker, workspace_id)
    assert door.visitor(session_token) == Ended("withdrawn", "Director")
    assert keeping.of(workspace_id)[0].state == "withdrawn"
    with pytest.raises(NotAllowed):
        keeping.make(maker, workspace_id, HOME)


def test_one_team_is_no_longer_shown_where_only_teams_are(
    admin: people.Person, workspace_id: str
) -> None:
    alone = keeping.make(admin.account_id, workspace_id, replace(HOME, team="Sud"))
    whole = keeping.make(admin.account_id, workspace_id, HOME)
    workspaces.save(admin.email, workspace_id, "Alpha", {"privacy": "teams"})
    assert door.look(secret(alone.share_id)) == Ended("withdrawn", "Ada Chef")
    assert door.look(secret(whole.share_id)) is None


@pytest.mark.parametrize("role", ["marketing", "viewer"])
def test_who_may_not_make_a_link(workspace_id: str, role: str) -> None:
    with pytest.raises(NotAllowed):
        keeping.make(member(workspace_id, role), workspace_id, HOME)


def test_a_stranger_to_the_workspace_makes_none(workspace_id: str) -> None:
    account_id, _ = people.invite("t", "x@example.fr", "X", "admin")
    with pytest.raises(NotAllowed):
        keeping.make(account_id, workspace_id, HOME)


@pytest.mark.parametrize(
    ("terms", "privacy"),
    [
        (Terms(frozenset({"settings"}), page="settings"), "names"),
        (Terms(frozenset({"data"}), page="data"), "names"),
        (Terms(frozenset({"home", "audit"})), "names"),
        (Terms(frozenset({"campaigns"}), team="Sud", page="campaigns"), "names"),
        (replace(HOME, shows_names=True), "pseudonyms"),
        (replace(HOME, shows_names=True), "teams"),
        (replace(HOME, team="Sud"), "teams"),
    ],
)
def test_terms_beyond_the_rights(
    admin: people.Person, terms: Terms, privacy: str
) -> None:
    workspace_id = workspaces.create(admin, "Gamma", {"privacy": privacy})
    with pytest.raises(NotAllowed):
        keeping.make(admin.account_id, workspace_id, terms)


@pytest.mark.parametrize(
    "terms",
    [
        Terms(frozenset()),
        replace(HOME, page="adoption"),
        replace(HOME, days=0),
        replace(HOME, days=LONGEST_DAYS + 1),
        replace(HOME, language="de"),
        replace(HOME, query={str(n): "x" for n in range(31)}),
    ],
)
def test_terms_that_cannot_be(
    admin: people.Person, workspace_id: str, terms: Terms
) -> None:
    with pytest.raises(InvalidSetting):
        keeping.make(admin.account_id, workspace_id, terms)


def test_the_journal_hears_of_each_browser_once(
    admin: people.Person, workspace_id: str, pass_time: Callable[[int], None]
) -> None:
    share = keeping.make(admin.account_id, workspace_id, HOME)
    session_token = come_in(share.share_id)
    come_in(share.share_id)  # a messenger's preview, which never runs a page
    assert (lines("share_made"), lines("share_opened")) == (1, 0)
    for _ in range(3):
        door.visitor(session_token)
        pass_time(61)
    assert lines("share_opened") == 1
    kept = keeping.of(workspace_id)[0]
    assert kept.use_count == 1
    assert kept.used_at
    keeping.revoke(admin.email, workspace_id, [share.share_id])
    assert lines("share_revoked") == 1
    assert audit.first_broken() is None


def test_leaving_forgets_the_browser_and_not_the_link(
    admin: people.Person, workspace_id: str
) -> None:
    share = keeping.make(admin.account_id, workspace_id, HOME)
    session_token = come_in(share.share_id)
    door.leave(session_token)
    assert door.visitor(session_token) is None
    assert door.look(secret(share.share_id)) is None


def test_what_ended_long_ago_is_forgotten(
    admin: people.Person, workspace_id: str, pass_time: Callable[[int], None]
) -> None:
    share = keeping.make(admin.account_id, workspace_id, HOME)
    seen = come_in(share.share_id)
    door.visitor(seen)
    come_in(share.share_id)
    pass_time(DAY + 1)
    keeping.sweep()
    with database.reading() as session:
        assert session.query(ShareVisit).count() == 1
    pass_time(100 * DAY)
    keeping.sweep()
    with database.reading() as session:
        assert session.query(ShareVisit).count() == 0
        assert session.query(ShareRow).count() == 0


def test_a_link_offers_only_pages_that_a_reader_may_open() -> None:
    names = {spec.name for spec in PAGES}
    viewer = {spec.name for spec in PAGES if allowed(spec, "viewer")}
    assert set(keeping.pages_for("admin")) == set(SHAREABLE) & names & viewer
    assert set(keeping.pages_for("admin", "Sud")) == OF_ONE_TEAM
    forbidden = {"data", "settings", "audit", "portfolio", "sending", "method"}
    assert not forbidden & set(SHAREABLE)
