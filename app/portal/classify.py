"""What an answer means: a table from status, content type and body to an error or to a command's outcome.

Stands apart because money hangs on it. The rule behind the table: only the portal may say no, and it always speaks
JSON. A 403 or 404 in HTML is some proxy's page and decides nothing; a 200 decides nothing either unless it is JSON,
read strictly, and echoes the key and the digest of the very command. What is not certain is *unknown* and is asked
again with the same key and the same bytes, which cannot double an effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from app.contract import strict_json, wire_codec
from app.contract.problems import UNKNOWN, Problem, from_object
from app.contract.strict_json import NotStrictJson
from app.contract.wire import CommandEnvelope, CommandResult, CommandResults
from app.errors import KnownError, NotTrusted, Offline, PortalProblem, SignedOut
from app.portal.exchange import Response

LONGEST_WAIT_S = 3600.0

# Failures that happened before a byte of the request could reach the portal: raised by ``failures``.
NOT_SENT = frozenset(
    {"no-dns", "connection-refused", "connect-timeout", "tls-handshake", "proxy-password", "proxy-failed"}
)

_JSON = frozenset({"application/json", "application/problem+json"})


class Kind(StrEnum):
    """What the sender does with a command."""

    ACK = "ack"  # in effect at ``version``
    UNKNOWN = "unknown"  # perhaps in effect: same key, same bytes again
    RETRY = "retry"  # not in effect now: again after backoff
    GATE = "gate"  # the whole portal asks for patience: nobody sends before ``retry_after_s``
    REFUSED = "refused"  # a person must decide
    PARKED = "parked"  # waits for a right, a superior or a newer program
    SIGNED_OUT = "signed_out"  # waits for its own officer to sign in
    NOT_TRUSTED = "not_trusted"  # the certificate: nothing is sent until a person looked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one sending of one command came to; ``version`` belongs to ``ack``, ``problem`` is the portal's own."""

    kind: Kind
    code: str
    retry_after_s: float | None = None
    problem: Problem | None = None
    version: int | None = None


# Problem type, else HTTP status, else status class (reliability: failure classes of a command).
_BY_TYPE: dict[str, Kind] = {
    "bad-request": Kind.REFUSED,
    "session-over": Kind.SIGNED_OUT,
    "account-revoked": Kind.SIGNED_OUT,
    "forbidden": Kind.PARKED,
    "not-found": Kind.PARKED,
    "in-progress": Kind.RETRY,
    "refused": Kind.REFUSED,
    "resync-required": Kind.RETRY,
    "scope-changed": Kind.RETRY,
    "version-conflict": Kind.REFUSED,
    "too-large": Kind.REFUSED,
    "unsupported-type": Kind.REFUSED,
    "key-reused": Kind.REFUSED,
    "client-too-old": Kind.PARKED,
    "precondition-required": Kind.REFUSED,
    "rate-limited": Kind.GATE,
    "internal": Kind.RETRY,
    "unavailable": Kind.GATE,
}
_BY_STATUS: dict[int, tuple[Kind, str]] = {
    400: (Kind.REFUSED, "bad-request"),
    401: (Kind.SIGNED_OUT, "session-over"),
    403: (Kind.PARKED, "forbidden"),
    404: (Kind.PARKED, "not-found"),
    408: (Kind.UNKNOWN, "no-answer"),
    409: (Kind.REFUSED, "refused"),
    410: (Kind.PARKED, "gone"),
    412: (Kind.REFUSED, "version-conflict"),
    413: (Kind.REFUSED, "too-large"),
    415: (Kind.REFUSED, "unsupported-type"),
    422: (Kind.REFUSED, "bad-request"),
    425: (Kind.RETRY, "unavailable"),
    426: (Kind.PARKED, "client-too-old"),
    428: (Kind.REFUSED, "precondition-required"),
    429: (Kind.GATE, "rate-limited"),
    503: (Kind.GATE, "unavailable"),
}


def error_of(response: Response, host: str = "") -> KnownError:
    """Return the error for an answer that is not the one hoped for.

    ``Offline`` if it is not the portal's own voice, ``SignedOut`` for 401, else ``PortalProblem`` with the problem's
    type as code.
    """
    if response.status == 407:
        return Offline("proxy-password", host=host)
    if response.status < 400:
        return Offline("captive-page" if _is_page(response) else "bad-answer", host=host)
    found = _problem_in(response)
    if found is None and response.status < 500 and response.status != 429:
        return Offline("captive-page", host=host)
    if response.status == 401:
        return SignedOut("session-over")
    if found is not None and found.type == "account-revoked":
        return SignedOut("account-revoked")
    wait_s = retry_after_s(response.header("retry-after"), response.header("date"))
    if found is None:
        return PortalProblem(_code_of(response.status), status=response.status, retry_after_s=wait_s)
    own = found.extras.get("retry_after_s")
    code = _code_of(response.status) if found.type == UNKNOWN else found.type
    return PortalProblem(
        code,
        status=response.status,
        retry_after_s=wait_s if wait_s is not None else _wish(own),
        title=found.title,
        detail=found.detail,
        extras=found.extras,
    )


def outcomes(sent: Sequence[CommandEnvelope], answer: Response | KnownError) -> tuple[Outcome, ...]:
    """Return one outcome for each command of a batch, in its order; never raises.

    ``answer`` is the response to ``POST /v1/commands``, or the error that the client raised instead.
    """
    if isinstance(answer, KnownError):
        return (of_error(answer),) * len(sent)
    if answer.status != 200:
        return (of_refusal(answer),) * len(sent)
    if answer.media_type != "application/json":
        return (Outcome(Kind.UNKNOWN, "captive-page" if _is_page(answer) else "bad-answer"),) * len(sent)
    try:
        results = wire_codec.decode(CommandResults, answer.body).results
    except NotStrictJson:
        return (Outcome(Kind.UNKNOWN, "bad-answer"),) * len(sent)
    if len(results) != len(sent):
        return (Outcome(Kind.UNKNOWN, "echo-mismatch"),) * len(sent)
    return tuple(of_result(envelope, result) for envelope, result in zip(sent, results, strict=True))


def of_error(error: KnownError) -> Outcome:
    """Return the outcome for a request that brought no answer, or one that the client already turned into an error."""
    if isinstance(error, NotTrusted):
        return Outcome(Kind.NOT_TRUSTED, error.code)
    if isinstance(error, SignedOut):
        return Outcome(Kind.SIGNED_OUT, error.code)
    if isinstance(error, PortalProblem):
        found = Problem(error.code, error.status, extras=error.params.get("extras", {}))
        return replace(_judge(found), retry_after_s=error.retry_after_s)
    return Outcome(Kind.RETRY if error.code in NOT_SENT else Kind.UNKNOWN, error.code)


def of_refusal(response: Response) -> Outcome:
    """Return the outcome for a whole request that was not answered with 200."""
    error = error_of(response)
    if isinstance(error, PortalProblem):
        found = _problem_in(response)
        judged = _judge(found or Problem(UNKNOWN, response.status))
        return replace(judged, retry_after_s=error.retry_after_s, problem=found)
    return of_error(error)


def of_result(envelope: CommandEnvelope, result: CommandResult) -> Outcome:
    """Return the outcome for one command of an answered batch; an echo that differs proves nothing."""
    if (result.key, result.sha256, result.dossier_id) != (envelope.key, envelope.sha256, envelope.dossier_id):
        return Outcome(Kind.UNKNOWN, "echo-mismatch")
    found = result.problem
    if result.status in ("done", "replayed"):
        if result.version is None or result.version < 1:
            return Outcome(Kind.UNKNOWN, "bad-answer")
        return Outcome(Kind.ACK, result.status, version=result.version)
    if result.status == "refused" and found is not None:
        return replace(_judge(found), retry_after_s=_wish(found.extras.get("retry_after_s")), problem=found)
    if result.status == "retry":
        code = found.type if found else "in-progress"
        wait_s = _wish(found.extras.get("retry_after_s")) if found else None
        return Outcome(Kind.RETRY, code, wait_s, found)
    return Outcome(Kind.UNKNOWN, "bad-answer")


def retry_after_s(value: str, date: str) -> float | None:
    """Return the seconds of a ``Retry-After`` header, 0 to one hour; ``None`` for none or garbage.

    One that is a date counts from ``date``, when the answer was made by the same clock (RFC 9110, 10.2.3 and 6.6.1):
    this machine's may be a day off.
    """
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return min(float(text[:9]), LONGEST_WAIT_S)
    until, made = _moment(text), _moment(date)
    if until is None or made is None:
        return None
    return min(max((until - made).total_seconds(), 0.0), LONGEST_WAIT_S)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _judge(found: Problem) -> Outcome:
    kind = _BY_TYPE.get(found.type)
    if kind is not None:
        return Outcome(kind, found.type, problem=found)
    by_status = _BY_STATUS.get(found.status)
    if by_status is None:
        by_status = (Kind.RETRY, "internal") if found.status >= 500 else (Kind.REFUSED, "refused")
    code = by_status[1] if found.type == UNKNOWN else found.type
    return Outcome(by_status[0], code, problem=found)


def _code_of(status: int) -> str:
    known = _BY_STATUS.get(status)
    return known[1] if known else ("internal" if status >= 500 else "refused")


def _problem_in(response: Response) -> Problem | None:
    """Return the problem of an error answer; ``None`` when it is not JSON: then the portal did not write it."""
    if response.media_type not in _JSON:
        return None
    try:
        return from_object(strict_json.loads(response.body), response.status)
    except ValueError:
        return None


def _is_page(response: Response) -> bool:
    return 300 <= response.status < 400 or "html" in response.media_type or response.body.lstrip()[:1] == b"<"


def _wish(value: object) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return min(max(float(value), 0.0), LONGEST_WAIT_S)
    return None
