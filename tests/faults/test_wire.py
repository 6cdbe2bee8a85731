"""A fixed slice of the cells behind the fault proxy; all of them, and random schedules, are ``make campaign``."""

from __future__ import annotations

import pytest

from tests.faults.proxy import FAULTS
from tests.faults.wire import cells


@pytest.mark.slow
def test_whatever_the_line_does_each_command_has_one_effect():
    done, at = cells("slice", 20)
    assert at.found == []
    assert done == 20
    assert len(at.ran) >= 14, "hardly any type of command was tried"


def test_the_proxy_knows_every_moment():
    assert {fault.rpartition(" ")[2] for fault in FAULTS} >= {"before", "during", "after", "mid"}
    assert len(FAULTS) == len(set(FAULTS)) >= 45
