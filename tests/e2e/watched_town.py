"""A town whose windows are watched: the line is pulled without a word to anyone, and a witness looks at every step.

Stands apart because the stories of the three cases and those of two officers at odds are watched alike.
"""

from __future__ import annotations

from app.sandbox.faults import Fault
from tests.e2e.fee_deeds import find, page
from tests.e2e.fee_town import FeeTown
from tests.e2e.keyboard_officers import Hands
from tests.e2e.witness import Witness, said
from tests.ui.window_fixture import until

EVER = 10**9
NOBODY = Fault("/v1/*", "drop_before", times=EVER)
ANSWER_LOST = Fault("/v1/commands", "drop_after_commit", method="POST")
NO_FEED = [Fault("/v1/sync*", "drop_before", times=EVER), Fault("/v1/dossiers/*", "drop_before", times=EVER)]
SLOW = Fault("/v1/commands", "delay", method="POST", delay_s=1.0)


class Watched(FeeTown):
    """A town in which every step ends with a look of the witness."""

    def watch(self) -> None:
        """Begin to watch the windows that are open."""
        self.witness = Witness(self.here, self.office._folder / "portal" / "portal.db")

    def pulled(self, *faults: Fault, half: bool = False) -> None:
        """Pull the line without a word to anyone; ``half``: only one direction of it."""
        self.office.server.faults.replace(faults)
        self.office.server.hang_up("/v1/")
        since = None if half else f"{self.office.clock.now():%H:%M}"
        self.witness.offline_since = {hands.username: since for hands in self.here}

    def tried(self, hands: Hands) -> None:
        """Let nine seconds go by and the sender try what may leave."""
        self.office.clock.advance(seconds=9)
        hands._runner.wake()

    def looked(self, step: str) -> None:
        """Let the witness look at the windows."""
        self.witness.look(step)

    def outbox(self, hands: Hands, name: str, step: str) -> None:
        """Look at the outbox page of an officer, then come back to the dossier."""
        page(hands, "cho gui", "Chờ gửi")
        self.looked(f"{step}: outbox")
        find(hands, name)

    def killed(self, hands: Hands, name: str, step: str) -> None:
        """End a program where it stands, start it again and look for the dossier."""
        hands.kill()
        hands.open()
        if self.witness.offline_since.get(hands.username):
            self.witness.offline_since[hands.username] = f"{self.office.clock.now():%H:%M}"
        find(hands, name)
        self.looked(f"{step}, killed and opened")

    def whole(self, step: str) -> None:
        """Give the line back and look."""
        self.mend()
        self.witness.offline_since = {}
        self.undo_time_passes()
        self.looked(f"{step}, line back")

    def says(self, hands: Hands, words: str) -> None:
        """Wait until the pane says something."""
        until(lambda: any(words in sentence for sentence in said(hands.window.desk_page.preview)), words)
