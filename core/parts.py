"""The tables of a warehouse: all of them, or what they hold of one team.

A row stays when its person, or its team, is of the team asked for; a table of nobody's
figures stays whole. Any other is left out, and with it every mart that reads it: what
nobody thought of is refused, not shown. Totals are then sums over the team, so that
nothing can be subtracted from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

IN_MEMORY_BYTES = 8 * 1024 * 1024
_NOBODY = frozenset({"int_calendar", "int_life_month", "int_open_day", "int_period"})
"""Tables of days alone: which there are, which are worked, which the exports cover."""
_USERS = "int_user"
# The manager of a team is of another one, most often.
_USERS_COLUMNS = "* replace (cast(null as varchar) as manager_id)"
_TEAM, _MEMBER = "part_team", "part_member"


def load(con: Any, built: Path, team: str | None) -> frozenset[str]:
    """Give ``con`` the tables of the folder ``built``; return their names.

    Small ones are held in memory. ``con`` is a DuckDB connection.
    """
    paths = {path.stem: path.resolve() for path in sorted(built.glob("*.parquet"))}
    found = {name: con.read_parquet(str(path)) for name, path in paths.items()}
    if team is not None:
        found = _of_team(con, found, team)
    for name, rows in found.items():
        if paths[name].stat().st_size <= IN_MEMORY_BYTES:
            rows.create(name)
        else:
            rows.create_view(name)
    return frozenset(found)


def _of_team(con: Any, tables: Mapping[str, Any], team: str) -> dict[str, Any]:
    """Return the tables that can be restricted to ``team``, restricted."""
    con.register(_TEAM, pa.table({"team": pa.array([team], pa.string())}))
    found: dict[str, Any] = {}
    users = tables.get(_USERS)
    if users is None:
        return found
    mine = users.join(con.table(_TEAM), "team", how="semi")
    mine.project("user_id").create(_MEMBER)
    for name, rows in tables.items():
        if name in _NOBODY:
            found[name] = rows
        elif name == _USERS:
            found[name] = mine.project(_USERS_COLUMNS)
        elif "user_id" in rows.columns:
            found[name] = rows.join(con.table(_MEMBER), "user_id", how="semi")
        elif "team" in rows.columns:
            found[name] = rows.join(con.table(_TEAM), "team", how="semi")
    return found
