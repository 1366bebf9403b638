"""Put many companies of known truth through the product and print every miss.

``python -m tests.truth --seeds 20 [--first 100] [--kinds healthy,august]``
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.truth.generate import generate
from tests.truth.kinds import KINDS
from tests.truth.scoring import Score, reported


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.truth", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="how many of each kind")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--kinds", default=",".join(KINDS))
    options = parser.parse_args()
    found, begin = Score(), time.process_time()
    for kind in options.kinds.split(","):
        for seed in range(options.first, options.first + options.seeds):
            folder = Path(tempfile.mkdtemp(prefix="truth-"))
            try:
                company = generate(kind, seed)
                known = len(found.misses)
                found.add(company, reported(company, folder))
            finally:
                shutil.rmtree(folder)
            missed = len(found.misses) - known
            print(f"{kind}/{seed}: {missed} missed", file=sys.stderr, flush=True)
    seconds = time.process_time() - begin
    print(found)
    print(f"\n{seconds:.0f} s, {seconds / found.companies:.1f} s a company\n")
    for miss in sorted(found.misses, key=lambda m: (m.what, m.company, m.seed)):
        print(miss)


if __name__ == "__main__":
    main()
