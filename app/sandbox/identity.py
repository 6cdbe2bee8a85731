"""Sign-in: accounts, authorization codes with PKCE, tokens that rotate.

Stands apart from the pages and routes so that the rules are in one place: a code lives two minutes and works once,
access lives half an hour, a refresh token works once, and one that comes back ends its whole family (it was stolen, or
its thief was faster). Only hashes are stored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.clock import Clock, to_ms
from app.domain.people import Officer
from app.domain.words import Role
from app.sandbox import tables
from app.sandbox.database import Database, set_setting, setting
from app.sandbox.offices import PASSWORD, officers, officers_by_id

CODE_LIFE = timedelta(minutes=2)
ACCESS_LIFE = timedelta(minutes=30)
REFRESH_LIFE = timedelta(days=30)
_REDIRECT = re.compile(r"http://127\.0\.0\.1:[0-9]{1,5}(/[A-Za-z0-9/_.~-]*)?")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_ROUNDS = 20_000
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Grant:
    """What the token endpoint hands out."""

    access_token: str
    refresh_token: str
    expires_in: int


class NoGrant(Exception):
    """The token endpoint says no; the text is the OAuth error word."""


def good_redirect(uri: str) -> bool:
    """Say whether ``uri`` is a loopback listener of this machine (RFC 8252)."""
    return _REDIRECT.fullmatch(uri) is not None


def good_challenge(challenge: str, method: str) -> bool:
    """Say whether a PKCE challenge is one; only S256 is taken."""
    return method == "S256" and _CHALLENGE.fullmatch(challenge) is not None


class Identity:
    """Accounts and tokens in the sandbox's database; any thread."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._open: dict[str, tuple[Officer, int]] = {}
        """Token hash → whose, and until when, of sessions that were asked for; replaced whole when one is ended."""
        with database.writing() as connection:
            known = set(connection.execute(select(tables.accounts.c.username)).scalars())
            rows = [_account_row(officer) for name, officer in officers().items() if name not in known]
            if rows:
                connection.execute(insert(tables.accounts), rows)

    def officer_with(self, username: str, password: str) -> Officer | None:
        """Return the officer of a right username and password, or None."""
        with self._database.reading() as connection:
            query = select(tables.accounts).where(tables.accounts.c.username == username.strip())
            row = connection.execute(query).one_or_none()
        if row is None or not hmac.compare_digest(_password_hash(password, row.salt), row.password_hash):
            return None
        return officers_by_id()[row.officer_id]

    def new_code(self, officer: Officer, *, challenge: str, redirect_uri: str, client_id: str) -> str:
        """Return a fresh authorization code."""
        code = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            connection.execute(
                insert(tables.auth_codes).values(
                    code_hash=_hash(code), officer_id=officer.id, challenge=challenge, redirect_uri=redirect_uri,
                    client_id=client_id, expires_ms=to_ms(self._clock.now() + CODE_LIFE),
                )
            )  # fmt: skip
        return code

    def redeem(self, code: str, verifier: str, redirect_uri: str, client_id: str) -> Grant:
        """Change a code for tokens; raises NoGrant. A code is gone after the first try, right or wrong."""
        columns = tables.auth_codes.c
        with self._database.writing() as connection:
            query = tables.auth_codes.delete().where(columns.code_hash == _hash(code)).returning(*columns)
            row = connection.execute(query).one_or_none()
        good = (
            row is not None
            and row.expires_ms > to_ms(self._clock.now())
            and row.redirect_uri == redirect_uri
            and row.client_id == client_id
            and hmac.compare_digest(row.challenge, s256(verifier))
        )
        if row is None or not good:
            raise NoGrant("invalid_grant")
        with self._database.writing() as connection:
            return self._grant(connection, row.officer_id, secrets.token_hex(16))

    def refresh(self, token: str) -> Grant:
        """Change a refresh token for new ones; raises NoGrant, and ends the family when the token was used before."""
        columns = tables.tokens.c
        now = to_ms(self._clock.now())
        with self._database.writing() as connection:
            query = select(tables.tokens).where(columns.token_hash == _hash(token), columns.kind == "refresh")
            row = connection.execute(query.with_for_update()).one_or_none()
            if row is not None and not row.used and row.expires_ms > now:
                connection.execute(update(tables.tokens).where(columns.token_hash == row.token_hash).values(used=True))
                return self._grant(connection, row.officer_id, row.family)
            if row is not None:
                connection.execute(tables.tokens.delete().where(columns.family == row.family))
        self.forget_sessions()
        raise NoGrant("invalid_grant")

    def revoke(self, token: str) -> None:
        """End the family of a token; an unknown one is no news."""
        columns = tables.tokens.c
        with self._database.writing() as connection:
            query = select(columns.family).where(columns.token_hash == _hash(token))
            family = connection.execute(query).scalar_one_or_none()
            connection.execute(tables.tokens.delete().where(columns.family == family))
        self.forget_sessions()

    def set_revoked(self, username: str, revoked: bool) -> None:
        """Close an account, or open it again."""
        with self._database.writing() as connection:
            set_setting(connection, f"revoked:{username}", "1" if revoked else "")
        self.forget_sessions()

    def set_roles(self, username: str, roles: Collection[Role] | None) -> None:
        """Give an account other roles, perhaps none; None: those it had."""
        with self._database.writing() as connection:
            set_setting(connection, f"roles:{username}", "" if roles is None else json.dumps(sorted(roles)))
            set_setting(connection, f"moved:{username}", "1")
        self.forget_sessions()

    def session_of(self, access_token: str) -> tuple[Officer | None, bool]:
        """Return whose session an access token is (None when it is over), and whether that account was closed."""
        if len(self._open) >= _REMEMBERED:
            self.forget_sessions()
        hashed, known = _hash(access_token), self._open
        columns = tables.tokens.c
        query = select(columns.officer_id, columns.expires_ms)
        query = query.where(columns.token_hash == hashed, columns.kind == "access")
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None or row.expires_ms <= to_ms(self._clock.now()):
                return None, False
            officer = officer_now(connection, row.officer_id)
            is_closed = officer is not None and setting(connection, f"revoked:{officer.username}") == "1"
        if officer is not None and officer.roles and not is_closed:
            # If a session was ended meanwhile, this goes into a table that nobody looks at any more.
            known[hashed] = (officer, row.expires_ms)
        return officer, is_closed

    def open_session(self, access_token: str) -> Officer | None:
        """Return whose session an access token is, as far as that is remembered; asks no database."""
        officer, expires_ms = self._open.get(_hash(access_token), (None, 0))
        return officer if expires_ms > to_ms(self._clock.now()) else None

    def forget_sessions(self) -> None:
        """Ask the database about every session anew; called after each commit that ended one, or changed its roles."""
        self._open = {}

    def _grant(self, connection: Connection, officer_id: str, family: str) -> Grant:
        access, refresh = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        now = self._clock.now()
        rows = (
            _token_row(access, "access", family, officer_id, now + ACCESS_LIFE),
            _token_row(refresh, "refresh", family, officer_id, now + REFRESH_LIFE),
        )
        connection.execute(insert(tables.tokens), list(rows))
        return Grant(access, refresh, int(ACCESS_LIFE.total_seconds()))


def officer_now(connection: Connection, officer_id: str) -> Officer | None:
    """Return an officer with the roles of this moment; who has lost them all has no right left either."""
    found = officers_by_id().get(officer_id)
    given = setting(connection, f"roles:{found.username}") if found is not None else ""
    if found is None or not given:
        return found
    roles = frozenset(map(Role, json.loads(given)))
    return replace(found, roles=roles, rights=found.rights if roles else frozenset())


def s256(verifier: str) -> str:
    """Return the PKCE S256 challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _token_row(token: str, kind: str, family: str, officer_id: str, expires: datetime) -> dict[str, Any]:
    return {
        "token_hash": _hash(token), "kind": kind, "family": family, "officer_id": officer_id,
        "expires_ms": to_ms(expires), "used": False,
    }  # fmt: skip


def _account_row(officer: Officer) -> dict[str, str]:
    salt = secrets.token_hex(16)
    return {
        "officer_id": officer.id, "username": officer.username, "salt": salt,
        "password_hash": _password_hash(PASSWORD, salt),
    }  # fmt: skip


def _password_hash(password: str, salt: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), bytes.fromhex(salt), _ROUNDS).hex()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
