"""``motcua-cli sandbox`` as a program of its own: serve, citizen, clock, faults."""

from __future__ import annotations

import argparse
import io
import json
import os
import signal
import subprocess
import sys

import pytest

from app.cli import sandbox as cli

SERVE = """
import argparse, sys
from app.cli import sandbox
parser = argparse.ArgumentParser()
sandbox.add_parsers(parser.add_subparsers(required=True))
sys.exit(sandbox.run(parser.parse_args(sys.argv[1:])))
"""


def answer(capsys, *words):
    parser = argparse.ArgumentParser()
    cli.add_parsers(parser.add_subparsers(required=True))
    code = cli.run(parser.parse_args(["sandbox", *words]))
    out = capsys.readouterr()
    return code, (json.loads(out.out) if out.out else None), out.err


def test_serve_says_where_it_is_and_ends_when_told(tmp_path, capsys):
    words = ["sandbox", "serve", "--data", str(tmp_path), "--dossiers", "5", "--now", "2026-11-20T08:00:00+07:00"]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=os.getcwd(),
    )
    try:
        ready = json.loads(process.stdout.readline())
        assert ready["event"] == "ready"
        assert ready["base_url"].startswith("http://127.0.0.1:")
        code, filed, _ = answer(
            capsys, "citizen", "--portal", ready["base_url"], "file", "--procedure", "1.001193", "--name", "Lê Thị Bé"
        )
        assert (code, filed.keys()) == (0, {"id", "code"})
        assert filed["code"].startswith("H32.8-261120-")
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_track_prints_what_the_public_may_know(sandbox, capsys):
    portal = ["citizen", "--portal", sandbox.base_url]
    _, filed, _ = answer(capsys, *portal, "file", "--procedure", "1.001193", "--name", "Y Bhăm Niê")
    code, public, _ = answer(capsys, *portal, "track", filed["code"].lower())
    assert (code, public["id"], public["state"], public["notices"]) == (0, filed["id"], 1, [])
    assert "Y Bhăm" not in json.dumps(public, ensure_ascii=False)


def test_a_refusal_is_a_sentence_on_stderr_and_exit_1(sandbox, capsys):
    portal = ["citizen", "--portal", sandbox.base_url]
    code, out, err = answer(capsys, *portal, "track", "H32.8-000000-0000")
    assert (code, out) == (1, None)
    assert err.startswith("Cổng thử không nhận yêu cầu")
    assert answer(capsys, *portal, "file", "--procedure", "9.9", "--name", "A")[0] == 1


def test_no_portal_is_exit_3(capsys):
    assert answer(capsys, "clock", "--portal", "http://127.0.0.1:1", "--advance", "5")[0] == 3


def test_clock_and_faults_are_set(sandbox, capsys, monkeypatch):
    code, clock, _ = answer(capsys, "clock", "--portal", sandbox.base_url, "--now", "2026-11-24T09:00:00+07:00")
    assert (code, clock["now"][:16]) == (0, "2026-11-24T09:00")
    monkeypatch.setattr(sys, "stdin", io.StringIO('[{"path": "/v1/sync", "kind": "html", "times": 2}]'))
    code, faults, _ = answer(capsys, "faults", "--portal", sandbox.base_url)
    assert [fault["times"] for fault in faults["faults"]] == [2]
    monkeypatch.setattr(sys, "stdin", io.StringIO("[]"))
    assert answer(capsys, "faults", "--portal", sandbox.base_url)[1] == {"faults": []}


@pytest.mark.parametrize("fault", ['[{"path": "/x", "kind": "explode"}]', '[{"kind": "html"}]', '{"a": 1}'])
def test_a_fault_nobody_knows_is_refused(sandbox, capsys, monkeypatch, fault):
    monkeypatch.setattr(sys, "stdin", io.StringIO(fault))
    assert answer(capsys, "faults", "--portal", sandbox.base_url)[0] == 1
