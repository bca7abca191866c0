"""Time from starting the program to its first painted window, as a ratio to an empty PySide6 window in the same run.

Run: ``python tests/benchmarks/startup.py [--runs 15]``. Both programs start in turn on a private X screen.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.end_to_end.harness.private_session import PrivateSession, home_variables

CHILD = Path(__file__).with_name("first_frame.py")
LIMIT = 2.2


def milliseconds_to_first_frame(program: str, environment: dict[str, str]) -> float:
    """Start one program and return the time until its first frame, in ms."""
    began = time.monotonic_ns()
    child = subprocess.run(
        [sys.executable, CHILD, program], env=environment, capture_output=True, text=True, check=True
    )
    return (int(child.stdout) - began) / 1e6


def main() -> None:
    """Measure in turn, and print medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    session = PrivateSession()
    try:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, **session.environment, **home_variables(Path(home)), "QT_QPA_PLATFORM": "xcb"}
            times: dict[str, list[float]] = {"empty": [], "explorer": []}
            for run in range(runs + 1):
                for program, measured in times.items():
                    took = milliseconds_to_first_frame(program, environment)
                    if run:  # the first one warms the disk cache
                        measured.append(took)
    finally:
        session.close()
    for program, measured in times.items():
        print(f"{program}: median {statistics.median(measured):.0f} ms ({min(measured):.0f} to {max(measured):.0f})")
    ratios = sorted(b / a for a, b in zip(times["empty"], times["explorer"], strict=True))
    fastest = min(times["explorer"]) / min(times["empty"])
    print(
        f"NMF Explorer against an empty PySide6 window: median of the pairs {statistics.median(ratios):.2f},"
        f" fastest of each {fastest:.2f} (aim: at most {LIMIT})"
    )


if __name__ == "__main__":
    main()
