"""What each answer means, as a literal table (reliability: failure classes)."""

from __future__ import annotations

import pytest

from app.contract.wire import CommandEnvelope
from app.errors import KnownError, NotTrusted, Offline, PortalProblem, SignedOut
from app.portal.classify import error_of, outcomes, retry_after_s
from app.portal.exchange import Response

MADE = "Fri, 20 Nov 2026 01:00:00 GMT"
JSON = {"content-type": "application/json"}
PROBLEM = {"content-type": "application/problem+json; charset=utf-8"}
HTML = {"content-type": "text/html"}

ONE = CommandEnvelope("k1", "o1", "notify", "d1", 7, "aa", "{}")
TWO = CommandEnvelope("k2", "o1", "notify", "d2", 7, "bb", "{}")


def problem(status: int, type_: str, extra: str = "") -> Response:
    return Response(status, PROBLEM, f'{{"type":"tag:motcua,2026:{type_}","status":{status}{extra}}}'.encode())


def result(status: str, more: str = '"version":8', key: str = "k1", sha: str = "aa", dossier: str = "d1") -> Response:
    body = f'{{"results":[{{"key":"{key}","sha256":"{sha}","status":"{status}","dossier_id":"{dossier}",{more}}}]}}'
    return Response(200, JSON, body.encode())


def refusal(type_: str, status: int = 409) -> str:
    return f'"problem":{{"type":"tag:motcua,2026:{type_}","status":{status},"retry_after_s":30}}'


DONE = result("done").body

ANSWERS: dict[str, tuple[Response | KnownError, str, str, float | None]] = {
    # what only the portal's own voice may settle
    "done": (result("done"), "ack", "done", None),
    "replayed": (result("replayed"), "ack", "replayed", None),
    "with parameters": (Response(200, {"content-type": "Application/JSON; charset=utf-8"}, DONE), "ack", "done", None),
    # 200 that proves nothing
    "201": (Response(201, JSON, DONE), "unknown", "bad-answer", None),
    "204": (Response(204), "unknown", "bad-answer", None),
    "captive page": (Response(200, HTML, b"<html>Welcome"), "unknown", "captive-page", None),
    "captive page that claims JSON": (Response(200, JSON, b"<html>"), "unknown", "bad-answer", None),
    "JSON that claims text": (Response(200, {"content-type": "text/plain"}, DONE), "unknown", "bad-answer", None),
    "no content type": (Response(200, {}, DONE), "unknown", "bad-answer", None),
    "problem as 200": (Response(200, PROBLEM, DONE), "unknown", "bad-answer", None),
    "redirect": (Response(302, {"location": "http://x"}), "unknown", "captive-page", None),
    "cut JSON": (Response(200, JSON, DONE[:-3]), "unknown", "bad-answer", None),
    "a key twice": (Response(200, JSON, DONE.replace(b'"version":8', b'"version":8,"version":9')),
                    "unknown", "bad-answer", None),
    "NaN": (Response(200, JSON, DONE.replace(b"8", b"NaN")), "unknown", "bad-answer", None),
    "other key": (result("done", key="k9"), "unknown", "echo-mismatch", None),
    "other digest": (result("done", sha="ff"), "unknown", "echo-mismatch", None),
    "other dossier": (result("done", dossier="d9"), "unknown", "echo-mismatch", None),
    "no result": (Response(200, JSON, b'{"results":[]}'), "unknown", "echo-mismatch", None),
    "done without version": (result("done", '"version":null'), "unknown", "bad-answer", None),
    "done at version 0": (result("done", '"version":0'), "unknown", "bad-answer", None),
    "a new word": (result("pondering"), "unknown", "bad-answer", None),
    "refused without saying why": (result("refused"), "unknown", "bad-answer", None),
    # each command's own refusal
    "rule": (result("refused", refusal("refused")), "refused", "refused", 30.0),
    "conflict": (result("refused", refusal("version-conflict", 412)), "refused", "version-conflict", 30.0),
    "key reused": (result("refused", refusal("key-reused", 422)), "refused", "key-reused", 30.0),
    "no right": (result("refused", refusal("forbidden", 403)), "parked", "forbidden", 30.0),
    "gone": (result("refused", '"problem":{"type":"about:blank","status":410}'), "parked", "gone", None),
    "strange": (result("refused", '"problem":{"type":"x:y","status":409}'), "refused", "x:y", None),
    "being worked on": (result("retry", refusal("in-progress")), "retry", "in-progress", 30.0),
    "after another": (result("retry", '"version":null'), "retry", "in-progress", None),
    # the whole request refused
    "400": (problem(400, "bad-request"), "refused", "bad-request", None),
    "401": (problem(401, "session-over"), "signed_out", "session-over", None),
    "403": (problem(403, "forbidden"), "parked", "forbidden", None),
    "404": (problem(404, "not-found"), "parked", "not-found", None),
    "409": (problem(409, "in-progress"), "retry", "in-progress", None),
    "410": (problem(410, "scope-changed"), "retry", "scope-changed", None),
    "413": (problem(413, "too-large"), "refused", "too-large", None),
    "415": (problem(415, "unsupported-type"), "refused", "unsupported-type", None),
    "422": (problem(422, "key-reused"), "refused", "key-reused", None),
    "426": (problem(426, "client-too-old"), "parked", "client-too-old", None),
    "428": (problem(428, "precondition-required"), "refused", "precondition-required", None),
    "429": (problem(429, "rate-limited", ',"retry_after_s":7'), "gate", "rate-limited", 7.0),
    "503": (problem(503, "unavailable"), "gate", "unavailable", None),
    "500": (problem(500, "internal"), "retry", "internal", None),
    "a strange 409": (Response(409, PROBLEM, b'{"type":"x:y"}'), "refused", "x:y", None),
    "a plain JSON 404": (Response(404, JSON, b'{"detail":"Not Found"}'), "parked", "not-found", None),
    # somebody else's refusal
    "proxy 403": (Response(403, HTML, b"<html>blocked"), "unknown", "captive-page", None),
    "proxy 404": (Response(404, HTML, b"<html>"), "unknown", "captive-page", None),
    "proxy 401": (Response(401, HTML, b"<html>"), "unknown", "captive-page", None),
    "proxy 407": (Response(407, HTML, b"<html>"), "retry", "proxy-password", None),
    "403 with cut JSON": (Response(403, PROBLEM, b'{"type":"tag:motcua,20'), "unknown", "captive-page", None),
    "gateway 502": (Response(502, HTML, b"<html>"), "retry", "internal", None),
    "gateway 504": (Response(504, HTML, b"<html>"), "retry", "internal", None),
    "balancer 503": (Response(503, HTML | {"retry-after": "9"}, b"<html>"), "gate", "unavailable", 9.0),
    "balancer 429": (Response(429, HTML | {"retry-after": "soon"}, b"<html>"), "gate", "rate-limited", None),
    # no answer at all
    "no name": (Offline("no-dns"), "retry", "no-dns", None),
    "refused connection": (Offline("connection-refused"), "retry", "connection-refused", None),
    "handshake": (Offline("tls-handshake"), "retry", "tls-handshake", None),
    "silence": (Offline("no-answer"), "unknown", "no-answer", None),
    "cut": (Offline("cut-answer"), "unknown", "cut-answer", None),
    "bloated": (Offline("answer-too-large"), "unknown", "answer-too-large", None),
    "certificate": (NotTrusted("tls-not-trusted"), "not_trusted", "tls-not-trusted", None),
    "renewal refused": (SignedOut("session-over"), "signed_out", "session-over", None),
    "renewal gated": (PortalProblem("unavailable", status=503, retry_after_s=4.0), "gate", "unavailable", 4.0),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_to_one_command_means(name):
    answer, kind, code, wait_s = ANSWERS[name]
    (outcome,) = outcomes([ONE], answer)
    assert (outcome.kind, outcome.code, outcome.retry_after_s) == (kind, code, wait_s)
    assert outcome.version == (8 if kind == "ack" else None)


def test_each_command_of_a_batch_has_its_own_outcome():
    body = (
        b'{"results":[{"key":"k1","sha256":"aa","status":"done","dossier_id":"d1","version":8},'
        b'{"key":"k2","sha256":"bb","status":"refused","dossier_id":"d2","problem":{"type":"tag:motcua,2026:forbidden",'
        b'"status":403}}]}'
    )
    assert [item.kind for item in outcomes([ONE, TWO], Response(200, JSON, body))] == ["ack", "parked"]
    assert [item.kind for item in outcomes([TWO, ONE], Response(200, JSON, body))] == ["unknown", "unknown"]


def test_the_portals_problem_comes_with_the_outcome():
    more = '"problem":{"type":"tag:motcua,2026:refused","status":409,"failed":[{"code":"accept-first"}]}'
    (outcome,) = outcomes([ONE], result("refused", more))
    assert outcome.problem is not None
    assert outcome.problem.extras == {"failed": [{"code": "accept-first"}]}


@pytest.mark.parametrize(("value", "seconds"), [
    ("0", 0.0), ("120", 120.0), ("3600", 3600.0), ("1000000000", 3600.0), ("9" * 400, 3600.0), (" 5 ", 5.0),
    ("Fri, 20 Nov 2026 01:00:30 GMT", 30.0), ("Fri, 20 Nov 2026 00:00:00 GMT", 0.0),
    ("Fri, 20 Nov 2026 23:00:00 GMT", 3600.0),
    ("", None), ("-5", None), ("1.5", None), ("soon", None), ("٣", None), ("Fri, 99 Nov 2026", None),
    ("\x00", None), ("Fri, 20 Nov 99999999 01:00:30 GMT", None),
])
def test_retry_after_is_seconds_or_a_date_or_garbage(value, seconds):
    assert retry_after_s(value, MADE) == seconds


@pytest.mark.parametrize("date", ["", "soon", "Fri, 99 Nov 2026"])
def test_a_date_counts_from_the_answers_own_and_from_no_other_clock(date):
    assert retry_after_s("Fri, 20 Nov 2026 01:00:30 GMT", date) is None
    assert retry_after_s("30", date) == 30.0


@pytest.mark.parametrize(("answer", "kind", "code"), [
    (Response(302, {"location": "/login"}), Offline, "captive-page"),
    (Response(200, HTML, b"<html>"), Offline, "captive-page"),
    (Response(200, JSON, b"{}"), Offline, "bad-answer"),
    (Response(407), Offline, "proxy-password"),
    (Response(403, HTML), Offline, "captive-page"),
    (problem(403, "forbidden"), PortalProblem, "forbidden"),
    (problem(401, "session-over"), SignedOut, "session-over"),
    (problem(410, "resync-required"), PortalProblem, "resync-required"),
    (Response(500, HTML), PortalProblem, "internal"),
    (Response(418, JSON, b"{}"), PortalProblem, "refused"),
    (Response(422, JSON, b'{"detail":[]}'), PortalProblem, "bad-request"),
])
def test_an_answer_that_was_not_hoped_for_becomes_an_error(answer, kind, code):
    error = error_of(answer)
    assert (type(error), error.code) == (kind, code)


def test_a_body_never_stands_in_a_repr():
    assert "Nguyen" not in repr(Response(200, JSON, b'{"name":"Nguyen Van A"}'))
