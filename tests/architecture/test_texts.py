"""Every code that ``app/`` can raise has its Vietnamese sentence, and every sentence has a code."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain

import pytest

from app import texts
from app.errors import BadInput
from tests.architecture.source_tree import dotted, sources


def error_classes() -> frozenset[str]:
    """Return the names of ``KnownError`` and all classes derived from it in ``app/``; ``Failed`` carries codes too."""
    names = {"KnownError"}
    bases = {
        node.name: {dotted(base).rpartition(".")[2] for base in node.bases}
        for source in sources("app") for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)
    }
    while new := {name for name, parents in bases.items() if parents & names} - names:
        names |= new
    return frozenset(names | {"Failed"})


def literals(node: ast.AST | None) -> Iterator[str]:
    """Yield the text or texts that an argument can be, as far as the source says it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from literals(value)


def raised() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Yield code, place and parameter names (None: not known from the source) of every error made in ``app/``."""
    classes = error_classes()
    for source in sources("app"):
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or dotted(node.func).rpartition(".")[2] not in classes:
                continue
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            code = node.args[0] if node.args else named.get("code")
            is_failed = dotted(node.func).rpartition(".")[2] == "Failed"
            if is_failed:
                params = pair_names(node.args[1] if len(node.args) > 1 else named.get("params"))
            else:
                params = None if None in named else frozenset(name for name in named if name)
            for text in literals(code):
                yield text, f"{source.path}:{node.lineno}", params


def pair_names(node: ast.AST | None) -> frozenset[str] | None:
    """Return the names of a literal ``(("name", value), …)``; None if it is made elsewhere."""
    if node is None:
        return frozenset()
    if not isinstance(node, ast.Tuple):
        return None
    return frozenset(
        text for pair in node.elts if isinstance(pair, ast.Tuple) and pair.elts for text in literals(pair.elts[0])
    )


def found() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Yield the findings of the rules, ``("code", {"param": …})``, which become ``Failed`` one function away."""
    for source in sources("app/domain"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[1], ast.Dict):
                params = frozenset(text for key in node.elts[1].keys for text in literals(key))
                for code in literals(node.elts[0]):
                    if re.fullmatch(r"[a-z]+(-[a-z]+)+", code):
                        yield code, f"{source.path}:{node.lineno}", params


def test_every_code_raised_has_a_sentence():
    missing = [f"{where}: {code!r}" for code, where, _ in chain(raised(), found()) if code not in texts.SENTENCES]
    assert not missing, "add to app/texts what happened, what was kept and what to do:\n" + "\n".join(missing)


def test_every_problem_a_portal_may_answer_has_a_sentence():
    problems = pytest.importorskip("app.contract.problems")
    assert not set(problems.KNOWN) - set(texts.SENTENCES), "the portal's answer is shown by its code"


def test_no_sentence_is_left_without_its_code():
    written = {
        node.value
        for source in sources() if not source.path.startswith("app/texts/")
        for node in ast.walk(source.tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    unused = sorted(set(texts.SENTENCES) - written)
    assert not unused, f"no code in app/ or ui/ says {unused}"


def test_no_code_has_two_sentences():
    codes = Counter(code for table in texts.TABLES for code in table)
    assert [code for code, count in codes.items() if count > 1] == []


def test_sentences_use_parameters_that_their_errors_carry():
    given: dict[str, set[str] | None] = {}
    for code, _, params in chain(raised(), found()):
        known = given.setdefault(code, set())
        given[code] = None if params is None or known is None else known | params
    wrong = []
    for code, template in texts.SENTENCES.items():
        names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        assert all(name.isidentifier() for name in names), f"{code}: names only, no positions or attributes"
        carried = given.get(code)
        if carried is not None and code in given and names - carried:
            wrong.append(f"{code}: {sorted(names - carried)} is never given")
    assert not wrong, "\n".join(wrong)


def test_sentences_are_sentences():
    wrong = [
        code for code, text in texts.SENTENCES.items()
        if text != text.strip() or not (text[:1].isupper() or text.startswith("{")) or text[-1:] not in ".?!…)"
    ]
    assert not wrong, f"a capital first, a full stop last: {wrong}"


@pytest.fixture
def sentences(monkeypatch):
    table = {"too-big": "Tệp {name} quá lớn ({size_dong})."}
    monkeypatch.setattr(texts, "SENTENCES", table)
    return table


@pytest.mark.parametrize(("params", "shown"), [
    ({"name": "a.pdf", "size_dong": 120_000}, "Tệp a.pdf quá lớn (120.000 đồng)."),
    ({"name": date(2026, 11, 20)}, "Tệp 20/11/2026 quá lớn (…)."),
    ({"name": datetime(2026, 11, 20, 1, 0, tzinfo=UTC)}, "Tệp 08:00 20/11/2026 quá lớn (…)."),
    ({"name": "a\u202efdp.exe\n"}, "Tệp afdp.exe quá lớn (…)."),
    ({"name": "{code.__class__}"}, "Tệp {code.__class__} quá lớn (…)."),
    ({"name": "x" * 500}, "Tệp " + "x" * 199 + "… quá lớn (…)."),
])
def test_parameters_are_shown_cleaned_and_missing_ones_as_dots(sentences, params, shown):
    assert texts.of(BadInput("too-big", **params)) == shown


def test_an_unknown_code_from_a_newer_portal_still_gives_a_sentence(sentences):
    assert texts.sentence("brand-new") == "Việc này chưa thực hiện được (mã brand-new)."


def test_grounds_and_what_happened_are_said_in_words():
    words = pytest.importorskip("app.domain.words")
    grounds = pytest.importorskip("app.domain.grounds")
    happened = {
        text
        for source in sources("app/domain") for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and dotted(node.func) == "HistoryItem" and node.args
        for text in literals(node.args[0])
    }
    assert {str(channel) for channel in words.PaymentChannel} == set(texts.WAY_NAMES)
    assert set(grounds.GROUNDS) == set(texts.GROUND_NAMES)
    assert happened | {"submitted"} == set(texts.HISTORY_NAMES)


def test_states_commands_and_people_are_said_in_words():
    words = pytest.importorskip("app.domain.words")
    commands = pytest.importorskip("app.domain.commands")
    rights = pytest.importorskip("app.domain.rights")

    assert {int(state) for state in words.State} == set(texts.STATE_NAMES)
    past = pytest.importorskip("app.domain.transition_table").PAST
    assert set(commands.TYPES) | set(past) == set(texts.COMMAND_NAMES)
    assert {who for grants in rights.GRANTS.values() for who, _ in grants} == set(texts.WHO_NAMES)
    assert texts.sentence("wrong-state", state=3, command="return") == (
        "Hồ sơ đang ở bước “Không được tiếp nhận” nên chưa thể trả kết quả."
    )
    assert texts.who_could(("head", "Trần Thị B")) == "Người làm được: lãnh đạo đơn vị, Trần Thị B."
