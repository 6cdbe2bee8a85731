"""``/oauth``: the page where the password is typed, and the token endpoint (RFC 6749, 7636, 8252).

Stands apart from ``identity`` because it is about pages, forms and redirects: an address that is not this machine's
never gets a code, a wrong password stays on the page and says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Response
from jinja2 import Environment, FileSystemLoader

from app.sandbox.answers import plain_json
from app.sandbox.identity import Grant, NoGrant, good_challenge, good_redirect
from app.sandbox.portal import Portal

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "pages"), autoescape=True)
_WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy nhập lại."
_BAD_LINK = "Liên kết đăng nhập không hợp lệ. Hãy mở lại từ chương trình Một Cửa."

Text = Annotated[str, Form()]


def oauth_routes(portal: Portal) -> APIRouter:
    """Return the routes of sign-in."""
    router = APIRouter(prefix="/oauth")

    @router.get("/authorize")
    def ask(
        response_type: str = "", client_id: str = "", redirect_uri: str = "", state: str = "",
        code_challenge: str = "", code_challenge_method: str = "", login_hint: str = "",
    ) -> Response:  # fmt: skip
        fields = {
            "response_type": response_type, "client_id": client_id, "redirect_uri": redirect_uri, "state": state,
            "code_challenge": code_challenge, "code_challenge_method": code_challenge_method,
        }  # fmt: skip
        return _page(fields, username=login_hint) if _good(fields) else _page(fields, wrong=_BAD_LINK, status=400)

    @router.post("/authorize")
    def sign_in(
        username: Text = "", password: Text = "", response_type: Text = "", client_id: Text = "",
        redirect_uri: Text = "", state: Text = "", code_challenge: Text = "", code_challenge_method: Text = "",
    ) -> Response:  # fmt: skip
        fields = {
            "response_type": response_type, "client_id": client_id, "redirect_uri": redirect_uri, "state": state,
            "code_challenge": code_challenge, "code_challenge_method": code_challenge_method,
        }  # fmt: skip
        if not _good(fields):
            return _page(fields, wrong=_BAD_LINK, status=400)
        officer = portal.identity.officer_with(username, password)
        if officer is None:
            return _page(fields, username=username, wrong=_WRONG, status=401)
        code = portal.identity.new_code(
            officer, challenge=code_challenge, redirect_uri=redirect_uri, client_id=client_id
        )
        target = f"{redirect_uri}?{urlencode({'code': code, 'state': state})}"
        return Response(status_code=303, headers={"Location": target, "Cache-Control": "no-store"})

    @router.post("/token")
    def token(
        grant_type: Text = "", code: Text = "", redirect_uri: Text = "", client_id: Text = "",
        code_verifier: Text = "", refresh_token: Text = "",
    ) -> Response:  # fmt: skip
        try:
            if grant_type == "authorization_code":
                return _granted(portal.identity.redeem(code, code_verifier, redirect_uri, client_id))
            if grant_type == "refresh_token":
                return _granted(portal.identity.refresh(refresh_token))
            raise NoGrant("unsupported_grant_type")
        except NoGrant as refused:
            return plain_json({"error": str(refused)}, 400)

    @router.post("/revoke")
    def revoke(token: Text = "") -> Response:
        portal.identity.revoke(token)
        return plain_json({})

    return router


def _good(fields: dict[str, str]) -> bool:
    return (
        fields["response_type"] == "code"
        and bool(fields["client_id"])
        and bool(fields["state"])
        and good_redirect(fields["redirect_uri"])
        and good_challenge(fields["code_challenge"], fields["code_challenge_method"])
    )


def _granted(grant: Grant) -> Response:
    answer = plain_json(
        {
            "access_token": grant.access_token, "refresh_token": grant.refresh_token, "token_type": "Bearer",
            "expires_in": grant.expires_in,
        }
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(fields: dict[str, str], *, username: str = "", wrong: str = "", status: int = 200) -> Response:
    values: dict[str, Any] = {"fields": fields, "username": username, "wrong": wrong, "form": _good(fields)}
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
    }
    return Response(_PAGES.get_template("sign_in.html").render(values), status, headers, "text/html; charset=utf-8")
