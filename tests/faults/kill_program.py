"""The whole program killed: ``python -m ui`` without a screen, while it sends what officers did before it started.

Stands apart from the other lives because nothing of it is watched from inside: it dies some time after the portal
first heard of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.faults.kill_story import DESKS, Story

ROOT = Path(__file__).parents[2]
LONGEST_START_S = 60.0
WHERE = "whole program"
_DEEDS = (("act", "act"), ("act", "act with paper"), ("act doomed", "act"))
# "offscreen" alone means: no screen, say so and end.
_SCREEN = {"QT_QPA_PLATFORM": "offscreen:", "DISPLAY": ":none"}


class ProgramStory(Story):
    """Lives of the real program; its deeds are queued beforehand, because nobody presses its buttons."""

    def life(self, moment: str) -> None:
        """Queue some deeds, start the program, and kill it when the portal has heard of it."""
        desk = self.dice.choice(DESKS)
        self.prepare(desk)
        plan = self._plan(desk, self.dice.choice(_DEEDS), "")
        self._run(plan)
        heard = self._ask("heard")
        words = self._folder / "stderr"
        with words.open("wb") as said:
            program = subprocess.Popen(
                [sys.executable, "-X", "faulthandler", "-m", "ui", "--profile", str(self._folder / "desks" / desk)],
                cwd=ROOT, env=os.environ | _SCREEN, stderr=said,
            )  # fmt: skip
        ends = time.monotonic() + LONGEST_START_S
        while self._ask("heard") == heard and program.poll() is None and time.monotonic() < ends:
            time.sleep(0.01)
        if self._ask("heard") == heard:
            last = words.read_text(encoding="utf-8", errors="replace")[-6000:]
            self._tell("crashed", desk=desk, during="start", with_=f"ended with {program.poll()}, unheard: {last}")
        time.sleep(self.dice.uniform(0.0, 0.4))
        program.kill()
        program.wait()
        self.deaths[moment] += 1
        self._tell("killed", desk=desk, during=WHERE)
        self._ask("quiet")
