"""The wire's shapes survive the way, tolerate a newer portal and refuse a wrong kind."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.clock import VN
from app.contract import problems, wire
from app.contract.strict_json import NotStrictJson
from app.contract.wire_codec import compact, decode, decode_page, encode, encode_page

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=VN)

ENVELOPE = wire.CommandEnvelope("k1", "o1", "notify", "d1", 7, "ab" * 32, '{"title":"Đóng phí"}')

WRITTEN = [
    (wire.Capabilities(1, 2, "e1", wire.Limits(), ("wait",), True),
     b'{"api_min":1,"api_max":2,"epoch":"e1","limits":{"commands":50,"sync_page":500,"wait_s":25,"blob_bytes":26214400}'
     b',"features":["wait"],"sandbox":true,"signing_key":"","sealing_key":""}'),
    (wire.Me("o1", "tiepnhan1", "Lê Thị A", "u1", ("reception",), ("notify_fee",), "Một cửa"),
     '{"officer_id":"o1","username":"tiepnhan1","name":"Lê Thị A","unit_id":"u1","roles":["reception"],'
     '"rights":["notify_fee"],"unit_name":"Một cửa"}'.encode()),
    (wire.CommandBatch((ENVELOPE,)),
     '{"commands":[{"key":"k1","actor_id":"o1","type":"notify","dossier_id":"d1","if_match":7,"sha256":"%s",'
     '"body":"{\\"title\\":\\"Đóng phí\\"}"}]}'.encode() % (b"ab" * 32)),
    (wire.NoticeTruth("n1", "d1", 3, wire.JsonObject(b'{"a":1}')),
     b'{"id":"n1","dossier_id":"d1","version":3,"body":{"a":1}}'),
    (wire.BlobState("ab", 10, 5, False), b'{"sha256":"ab","size":10,"offset":5,"complete":false}'),
    (wire.Catalogue("v1", (wire.JsonObject(b'{"code":"2.000635"}'),)),
     b'{"version":"v1","items":[{"code":"2.000635"}]}'),
    (wire.Reconciliation(date(2026, 11, 20), "e1", 120_000,
                         (wire.ReconciledKey("k1", "d1", "p1", 120_000, "counter_cash", NOW),)),
     b'{"day":"2026-11-20","epoch":"e1","total":120000,"keys":[{"key":"k1","dossier_id":"d1","payment_id":"p1",'
     b'"amount":120000,"channel":"counter_cash","reconciled_at":"2026-11-20T08:00:00+07:00",'
     b'"actor_id":""}]}'),
    (wire.CommandResults((wire.CommandResult("k1", "ab", "refused", "d1", None, problems.problem(
        "refused", "Vì …", failed=[{"code": "accept-first"}])),)),
     '{"results":[{"key":"k1","sha256":"ab","status":"refused","dossier_id":"d1","version":null,"problem":{"type":'
     '"tag:motcua,2026:refused","status":409,"title":"A rule refuses the command","detail":"Vì …",'
     '"failed":[{"code":"accept-first"}]}}]}'.encode()),
]


@pytest.mark.parametrize(("value", "data"), WRITTEN, ids=lambda item: type(item).__name__)
def test_each_shape_has_one_written_form_and_comes_back(value, data):
    assert encode(value) == data
    assert decode(type(value), data) == value


PAGE = wire.Page(
    (wire.Change("d1", 4, wire.JsonObject('{"id":"d1","version":4,"name":"Đỗ","n":[1,2]}'.encode())),),
    (wire.Tombstone("d2", "out_of_scope"), wire.Tombstone("d3", "merged_into", "d1")),
    "cursor-2", True, "e1", NOW,
)


def test_a_page_keeps_each_body_as_compact_bytes():
    spaced = encode_page(PAGE).replace(b'"name":"', b'"name" : \n "').replace(b"[1,2]", b"[ 1 , 2 ]")
    assert decode_page(spaced) == PAGE
    assert decode_page(encode_page(PAGE)) == PAGE


def test_a_newer_portals_fields_and_words_are_let_through():
    data = encode_page(PAGE).replace(b'"has_more"', b'"novel":{"a":1},"has_more"')
    data = data.replace(b"out_of_scope", b"evaporated")
    assert decode_page(data).tombstones[0].reason == "evaporated"
    result = b'{"key":"k","sha256":"s","status":"pondering","dossier_id":"d","version":1,"novel":[1]}'
    assert decode(wire.CommandResult, result).status == "pondering"


WRONG_PAGES = {
    "no changes": (b'"changes"', b'"chances"'),
    "a version as text": (b'"version":4', b'"version":"4"'),
    "a version as a fraction": (b'"version":4', b'"version":4.0'),
    "a version of nought": (b'"version":4', b'"version":0'),
    "true as a version": (b'"version":4', b'"version":true'),
    "an empty id": (b'"id":"d1"', b'"id":""'),
    "a body that is a list": ('{"id":"d1","version":4,"name":"Đỗ","n":[1,2]}'.encode(), b"[]"),
    "a body of another dossier": (b'"body":{"id":"d1"', b'"body":{"id":"d9"'),
    "a body of another version": (b'"version":4,"name"', b'"version":5,"name"'),
    "a body nested beyond reading": (b"[1,2]", b"[" * 300 + b"]" * 300),
    "has_more as a number": (b'"has_more":true', b'"has_more":1'),
    "no cursor": (b'"next_cursor":"cursor-2"', b'"next_cursor":null'),
    "a time without a zone": (b"2026-11-20T08:00:00+07:00", b"2026-11-20T08:00:00"),
    "a time no clock can count on from": (b"2026-11-20T08:00:00+07:00", b"9999-12-31T23:59:00+07:00"),
    "no time": (b"2026-11-20T08:00:00+07:00", b"today"),
}


@pytest.mark.parametrize("name", WRONG_PAGES)
def test_a_page_of_a_wrong_kind_is_refused_whole(name):
    old, new = WRONG_PAGES[name]
    data = encode_page(PAGE)
    assert old in data
    with pytest.raises(NotStrictJson):
        decode_page(data.replace(old, new))


@pytest.mark.parametrize("data", [
    b'{"key":"k","sha256":"s","status":"done","dossier_id":"d","version":"1"}',
    b'{"key":"k","sha256":"s","status":"done","dossier_id":"d","version":1.0}',
    b'{"key":"k","key":"k","sha256":"s","status":"done","dossier_id":"d","version":1}',
    b'{"key":null,"sha256":"s","status":"done","dossier_id":"d","version":1}',
    b'{"sha256":"s","status":"done","dossier_id":"d","version":1}',
    b'{"key":"k","sha256":"s","status":"refused","dossier_id":"d","version":1,"problem":"no"}',
    b'[]', b'null', b'"x"',
])
def test_a_result_of_a_wrong_kind_is_refused_without_quoting_it(data):
    with pytest.raises(NotStrictJson, match=r"^(not a CommandResult|a key stands twice)$"):
        decode(wire.CommandResult, data)


def test_only_objects_become_bodies():
    assert compact({"a": "Đ"}) == '{"a":"Đ"}'.encode()
    with pytest.raises(NotStrictJson):
        compact([1])


def test_a_problem_is_read_by_its_type_and_a_strange_one_keeps_its_uri():
    known = problems.from_object({"type": "tag:motcua,2026:key-reused", "title": "t", "detail": "d", "x": 1}, 422)
    assert known == problems.Problem("key-reused", 422, "t", "d", {"x": 1})
    strange = problems.from_object({"type": "https://other.example/odd", "status": 418})
    assert (strange.type, strange.status) == ("https://other.example/odd", 418)
    assert problems.to_object(strange)["type"] == "https://other.example/odd"
    assert problems.from_object({}, 404).type == problems.UNKNOWN


def test_a_fumbled_problem_is_still_a_problem():
    found = problems.from_object({"type": 5, "status": "x", "title": None, "detail": ["a"]}, 409)
    assert found == problems.Problem(problems.UNKNOWN, 409)
    with pytest.raises(ValueError, match="object"):
        problems.from_object([1])


def test_extension_members_never_hide_those_of_the_rfc():
    assert problems.to_object(problems.Problem("refused", 409, extras={"status": 200, "a": 1})) == {
        "type": "tag:motcua,2026:refused", "status": 409, "title": "", "a": 1}
