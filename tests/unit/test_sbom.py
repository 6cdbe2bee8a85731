"""The bill of materials names exactly what is locked, each part with its digests."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

from tests.architecture.source_tree import ROOT


def test_every_locked_part_stands_in_the_bill_with_its_digests(tmp_path):
    pytest.importorskip("cyclonedx_py")
    out = tmp_path / "sbom.json"
    line = [sys.executable, "-m", "cyclonedx_py", "requirements", "requirements/runtime.txt", "--output-reproducible"]
    subprocess.run([*line, "--of", "JSON", "-o", str(out)], cwd=ROOT, check=True, capture_output=True, timeout=60)
    bill = json.loads(out.read_text())
    locked = dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)",
                             (ROOT / "requirements/runtime.txt").read_text(), re.MULTILINE))  # fmt: skip
    assert bill["bomFormat"] == "CycloneDX"
    assert {part["name"]: part["version"] for part in bill["components"]} == locked
    assert all("SHA-256" in json.dumps(part) for part in bill["components"])
