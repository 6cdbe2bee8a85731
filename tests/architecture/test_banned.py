"""Calls and words that may not stand in the program, each with its reason and its few homes."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.architecture.source_tree import Source, dotted, sources

Finder = Callable[[Source], Iterator[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Ban:
    """``find`` yields line and what stands there; ``homes`` are path prefixes where it may stand."""

    name: str
    why: str
    find: Finder
    homes: tuple[str, ...] = ()
    folders: tuple[str, ...] = ("app", "ui")


def calls(*names: str) -> Finder:
    """Find calls whose dotted name is, or ends in, one of ``names``."""

    def find(source: Source) -> Iterator[tuple[int, str]]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call):
                name = dotted(node.func)
                if any(name == wanted or name.endswith("." + wanted) for wanted in names):
                    yield node.lineno, f"{name}()"

    return find


def bare_calls(*names: str) -> Finder:
    """Find calls of plain names only (``print()``, not ``self.print()``)."""

    def find(source: Source) -> Iterator[tuple[int, str]]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
                yield node.lineno, f"{node.func.id}()"

    return find


def words(*names: str) -> Finder:
    """Find uses of a name, as itself, as an attribute or in an import."""

    def find(source: Source) -> Iterator[tuple[int, str]]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name) and node.id in names:
                yield node.lineno, node.id
            elif isinstance(node, ast.Attribute) and node.attr in names:
                yield node.lineno, node.attr
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, alias.name) for alias in node.names if alias.name in names)

    return find


def keyword_values(name: str, value: object) -> Finder:
    """Find calls with ``name=value``."""

    def find(source: Source) -> Iterator[tuple[int, str]]:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.keyword) and node.arg == name and isinstance(node.value, ast.Constant) \
                    and node.value.value is value:
                yield node.value.lineno, f"{name}={value}"

    return find


def text(pattern: str) -> Finder:
    """Find lines of source that match ``pattern``."""
    expression = re.compile(pattern)

    def find(source: Source) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(source.text.splitlines(), 1):
            if match := expression.search(line):
                yield number, match.group()

    return find


def strings(pattern: str) -> Finder:
    """Find string literals, docstrings aside, that match ``pattern``."""
    expression = re.compile(pattern)

    def find(source: Source) -> Iterator[tuple[int, str]]:
        standing_alone = {id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in standing_alone \
                    and (match := expression.search(node.value)):
                yield node.lineno, match.group()

    return find


def star_imports(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            yield node.lineno, f"from {node.module} import *"


def bare_excepts(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            yield node.lineno, "except:"


def bare_tips(source: Source) -> Iterator[tuple[int, str]]:
    """Find tooltips that are neither our own words nor passed through ``plain_tip``."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func).endswith(".setToolTip") and node.args:
            ways = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else node.args[:1]
            bare = [way for way in ways if not isinstance(way, ast.Constant)
                    and not (isinstance(way, ast.Call) and dotted(way.func) in ("plain_tip", "self.tr"))]
            if bare:
                yield node.lineno, "setToolTip() of foreign words"


def made_up_log_words(source: Source) -> Iterator[tuple[int, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and re.fullmatch(r"_log\.(debug|info|warning|error|critical|exception)",
                                                       dotted(node.func)) \
                and not (node.args and isinstance(node.args[0], ast.Constant)):
            yield node.lineno, "a log sentence that is no constant"


BANS = (
    Ban("processEvents", "it runs the whole program inside one of its functions", calls("processEvents")),
    Ban("QTableWidget", "one object per cell freezes at a few hundred rows; use a model", words("QTableWidget")),
    Ban("verify=False", "TLS is verified, always", keyword_values("verify", False)),
    Ban("HTTP elsewhere", "time-outs, redirects, proxies and TLS are decided once, in the transport",
        calls("requests.get", "requests.post", "requests.put", "requests.request", "requests.Session", "urlopen"),
        homes=("app/portal/transport.py", "app/sandbox/")),
    Ban("shell=True", "file names become commands", keyword_values("shell", True)),
    Ban("time.sleep", "a sleeping thread cannot be stopped; wait on an event with a timeout", calls("time.sleep"),
        homes=("app/sandbox/faults.py",)),
    Ban("datetime.now", "now is injected (app.clock), or tests and moved portal clocks are not believed",
        calls("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"),
        homes=("app/clock.py", "app/ids.py")),
    Ban("print", "a window has no standard output; the command line's is its product", bare_calls("print"),
        homes=("app/cli/", "app/sandbox/server.py", "ui/__main__.py", "ui/tour")),
    Ban("import *", "nobody can see where a name comes from", star_imports),
    Ban("bare except", "it also catches the wish to stop", bare_excepts),
    Ban("hex colour", "colours have names and live in one place, so that a dark theme is one file",
        strings(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b"), homes=("ui/theme/tokens.py",),
        folders=("ui",)),
    Ban("QColor from numbers", "as for hex colours",
        text(r"QColor\(\s*\d"), homes=("ui/theme/",), folders=("ui",)),
    Ban("bare tooltip", "Qt takes a tooltip that looks like markup for rich text; see plain_tip", bare_tips,
        folders=("ui",)),
    Ban("log of values", "a log shows its constant sentences; what is put into them beforehand is shown too",
        made_up_log_words),
    Ban("code from data", "data that is run is the shortest way in",
        calls("pickle.loads", "pickle.load", "marshal.loads", "yaml.load", "shelve.open", "dill.loads"),
        folders=("app", "ui", "tests")),
    Ban("eval", "data that is run is the shortest way in", bare_calls("eval", "exec", "compile", "__import__")),
    Ban("web view", "a password is typed in the system's browser only", words("QWebEngineView", "QWebEnginePage")),
    Ban("opened by the system", "papers from outside are shown by the child process, never handed to other programs",
        words("QDesktopServices", "startfile")),
    Ban("rich message boxes", "their text may be taken for markup", words("QMessageBox", "QTextBrowser", "QTextEdit")),
    Ban("rich text", "nothing from the network is ever rich text",
        text(r"TextFormat\.(RichText|AutoText|MarkdownText)|setOpenExternalLinks\(True"), folders=("ui",)),
    Ban("switches of the environment", "what the environment can change, any program of the machine can",
        words("environ", "getenv", "environb"), homes=("ui/__main__.py", "app/rendering/renderer.py")),
    Ban("hidden switches", "what no help names is known to attackers only", words("SUPPRESS")),
    Ban("debugger", "left in, it hands the program to whoever sits there",
        calls("breakpoint", "set_trace", "code.interact")),
    Ban("unfinished", "finish it, or say in the README that it is not there",
        text(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|pragma: no cover")),
)


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.name)
def test_banned_calls_and_words_stand_nowhere(ban):
    wrong = [
        f"{source.path}:{line}: {what}"
        for source in sources(*ban.folders)
        if not source.path.startswith(ban.homes or ("\0",))
        for line, what in ban.find(source)
    ]
    assert not wrong, f"{ban.why}\n" + "\n".join(wrong)


BAD_EXAMPLES = {
    "switches of the environment": "os.environ.get('MOTCUA_DEBUG')",
    "hidden switches": "parser.add_argument('--debug', help=argparse.SUPPRESS)",
    "debugger": "pdb.set_trace()",
    "processEvents": "QApplication.processEvents()",
    "QTableWidget": "from PySide6.QtWidgets import QTableWidget",
    "verify=False": "session.get(url, verify=False)",
    "HTTP elsewhere": "requests.get(url)",
    "shell=True": "subprocess.run(line, shell=True)",
    "time.sleep": "time.sleep(1)",
    "datetime.now": "datetime.now(VN)",
    "print": "print(1)",
    "import *": "from app.domain import *",
    "bare except": "try:\n    pass\nexcept:\n    pass",
    "hex colour": "colour = 'border: 1px solid #cc0000'",
    "QColor from numbers": "QColor(1, 2, 3)",
    "bare tooltip": "button.setToolTip(name)",
    "log of values": "_log.error(f'failed for {name}')",
    "code from data": "pickle.loads(data)",
    "eval": "eval(text)",
    "web view": "from PySide6.QtWebEngineWidgets import QWebEngineView",
    "opened by the system": "QDesktopServices.openUrl(url)",
    "rich message boxes": "QMessageBox.warning(self, 'a', name)",
    "rich text": "label.setTextFormat(Qt.TextFormat.RichText)",
    "unfinished": "raise NotImplementedError",
}


@pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.name)
def test_each_ban_finds_its_example(ban):
    example = BAD_EXAMPLES[ban.name]
    assert list(ban.find(Source("app/example.py", "app.example", example, ast.parse(example))))
