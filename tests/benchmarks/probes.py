"""Measurements for several benchmarks: the memory of a process, and the delay of an event loop. Linux only."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

TICK = 0.005


def memory_mb(field: str) -> float:
    """Return the memory of this process in MB: VmRSS, RssAnon (without mapped files) or VmHWM (peak)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def forget_peak() -> float:
    """Reset the peak (VmHWM) and return its new value, in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory_mb("VmRSS")


def lateness(seconds: float) -> list[float]:
    """Run the event loop for a while and return the delay of each tick of a timer, in seconds."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    late, due = [], [time.perf_counter() + TICK]

    def tick() -> None:
        late.append(max(0.0, time.perf_counter() - due[0]))
        due[0] = time.perf_counter() + TICK

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(int(1000 * TICK))
    timer.timeout.connect(tick)
    timer.start()
    loop = QEventLoop()  # that of the application would stop the work of its windows when it ends
    QTimer.singleShot(int(1000 * seconds), loop.quit)
    loop.exec()
    timer.stop()
    return late


def told(late: list[float]) -> str:
    """Return delays as one line of text."""
    p50, p99 = np.percentile(late, [50, 99])
    return f"p50 {1000 * p50:.1f} ms, p99 {1000 * p99:.1f} ms, max {1000 * max(late):.1f} ms of {len(late)} ticks"
