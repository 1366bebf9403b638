"""What a full workshop costs: fifty phones that poll and vote, beside one alone.

    python tests/benchmarks/workshop.py [--people 50] [--seconds 20] [--think 2.0]

Starts the real application on a folder of its own, opens a workshop, and lets phones
live as their page does: the state every four seconds, an answer every ``think`` seconds
on average. First one phone, then all of them, then all of them tapping at one moment.
Prints the median and the 95th percentile of each request, and of fifty as a ratio of
one; fails when an answer was lost, refused or not answered.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.accounts import workspaces
from core.rules import DEFAULTS
from core.score_usage import KEYS, Sheet
from core.scorecards.board import Board
from core.workshops.model import Terms
from core.workshops.room import Rooms

ROOT = Path(__file__).resolve().parents[2]
POLL = 4.0
Times = dict[str, list[float]]


class Phone:
    """A participant: what it answered, to be compared with what was kept."""

    def __init__(self, address: str, token: str, seed: int) -> None:
        self.client = httpx.AsyncClient(
            base_url=address, headers={"origin": address}, timeout=30
        )
        self.path, self.given = f"/w/{token}", dict[str, int]()
        self.chance = random.Random(seed)

    async def ask(self, times: Times, what: str, path: str, **form: object) -> None:
        """Send one request, note how long it took, fail unless it was answered."""
        start = time.perf_counter()
        if form:
            answer = await self.client.post(
                self.path + path, data=form, headers={"accept": "application/json"}
            )
        else:
            answer = await self.client.get(self.path + path)
        times[what].append(time.perf_counter() - start)
        if answer.status_code not in (200, 303):
            raise SystemExit(f"{what}: {answer.status_code} {answer.text[:200]}")

    async def come_in(self, times: Times) -> None:
        """Open the page, take part, and see the ten criteria."""
        await self.ask(times, "page", "")
        await self.ask(times, "join", "/join", name="Zoé")
        await self.ask(times, "page", "")

    async def vote(self, times: Times) -> None:
        """Answer one criterion."""
        key, value = self.chance.choice(KEYS), self.chance.randrange(4)
        await self.ask(times, "answer", "/answer", criterion=key, round=1, value=value)
        self.given[key] = value

    async def live(self, times: Times, seconds: float, think: float) -> None:
        """Poll and vote until the time is over."""
        end = time.perf_counter() + seconds

        async def poll() -> None:
            await asyncio.sleep(self.chance.uniform(0, POLL))
            while time.perf_counter() < end:
                await self.ask(times, "state", "/state")
                await asyncio.sleep(POLL)

        async def tap() -> None:
            while time.perf_counter() < end:
                await asyncio.sleep(self.chance.uniform(0, 2 * think))
                await self.vote(times)

        await asyncio.gather(poll(), tap())


async def measured(
    address: str, token: str, people: int, seconds: float, think: float
) -> tuple[Times, list[Phone]]:
    """Let ``people`` phones live; return the times and the phones."""
    times: Times = defaultdict(list)
    phones = [Phone(address, token, seed) for seed in range(people)]
    await asyncio.gather(*(phone.come_in(times) for phone in phones))
    await asyncio.gather(*(phone.live(times, seconds, think) for phone in phones))
    burst: Times = defaultdict(list)
    await asyncio.gather(*(phone.vote(burst) for phone in phones))
    times["all at once"] = burst["answer"]
    for phone in phones:
        await phone.client.aclose()
    return times, phones


def kept(rooms: Rooms, workshop_id: str, phones: list[Phone]) -> None:
    """Fail unless every answer that was confirmed is in the database."""
    spreads = rooms.standing(workshop_id).rounds[0].spreads
    for key in KEYS:
        given = [phone.given[key] for phone in phones if key in phone.given]
        expected = tuple(given.count(value) for value in range(4))
        if spreads[key].counts != expected:
            raise SystemExit(f"{key}: kept {spreads[key].counts}, given {expected}")


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def opened(rooms: Rooms, board: Board, people: int) -> tuple[str, str]:
    """Open a workshop on a new scorecard; return it and its secret."""
    feature = board.create(Sheet(name=f"{people} phones"))
    workshop_id = rooms.open(feature, Terms(1, max(people, 2), True), DEFAULTS)
    token = rooms.token(workshop_id)
    assert token is not None
    return workshop_id, token


def main() -> None:
    """Start the server, measure one phone then all, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--think", type=float, default=2.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        os.environ |= {"APLOMB_DATA": folder, "APLOMB_DEMO": "0"}
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py"]
            + ["--server.port", str(port), "--server.headless", "true"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address)
            workspace = workspaces.create(None, "Alpha", {})
            rooms = Rooms(workspace, "chef@example.fr")
            board = Board(workspace, "chef@example.fr", "fr")
            found = []
            for people in (1, asked.people):
                workshop_id, token = opened(rooms, board, people)
                times, phones = asyncio.run(
                    measured(address, token, people, asked.seconds, asked.think)
                )
                kept(rooms, workshop_id, phones)
                found.append(times)
        finally:
            server.terminate()
            server.wait(15)
    _print(found[0], found[1], asked.people)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            httpx.get(f"{address}/health", timeout=1).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def _print(one: Times, many: Times, people: int) -> None:
    print(f"{'':12}{'1 phone':>22}{f'{people} phones':>30}{'ratio':>8}")
    for what in ("page", "join", "state", "answer", "all at once"):
        alone, all_ = one[what], many[what]
        ratio = p95(all_) / p95(alone)
        print(
            f"{what:12}{1000 * statistics.median(alone):9.1f}"
            f"{1000 * p95(alone):9.1f} ms{1000 * statistics.median(all_):13.1f}"
            f"{1000 * p95(all_):9.1f} ms{len(all_):5}{ratio:8.1f}"
        )


if __name__ == "__main__":
    main()
