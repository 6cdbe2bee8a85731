"""Who may import whom, as one table; every edge of the real program is looked up in it.

    domain ◄─ contract ◄─ store, portal ◄─ sync ◄─ services ◄─ bootstrap ◄─ cli, ui.__main__
    domain ◄─ documents, rendering ◄─ services          domain, contract ◄─ sandbox ◄─ cli
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from tests.architecture.source_tree import imports, modules, sources

FOR_ANYONE = frozenset({"app", "app.errors", "app.events", "app.texts", "app.clock", "app.ids", "app.gui_guard",
                        "app.safe_log"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layer:
    """``name`` may import own modules under ``may`` (and itself, and what is for anyone); ``why`` it may no more."""

    name: str
    may: tuple[str, ...]
    why: str


# The most specific name that is a prefix of a module decides.
LAYERS = (
    Layer("app", (), "the package itself holds a version only"),
    Layer("app.errors", (), "every layer raises errors, so none may come with them"),
    Layer("app.events", (), "every layer may tell, so none may come with it"),
    Layer("app.texts", (), "sentences know codes, not who raises them"),
    Layer("app.clock", (), "time comes first"),
    Layer("app.ids", (), "identities come first"),
    Layer("app.gui_guard", (), "store, portal and window share one mark on a thread, and nothing else"),
    Layer("app.safe_log", ("app.errors",), "whoever starts the program needs its log before anything else"),
    Layer("app.domain", (), "rules are pure: window, sandbox, store and tests run the very same ones"),
    Layer("app.contract", ("app.domain",), "the wire carries the domain's words and nothing of the desk"),
    Layer("app.store", ("app.domain", "app.contract"), "tables hold no rules and know no network"),
    Layer("app.portal", ("app.domain", "app.contract"), "the client answers; who keeps the answer is not its matter"),
    Layer("app.sync", ("app.domain", "app.contract", "app.store", "app.portal"),
          "sync moves commands and pages between store and portal; use cases stand above it"),
    Layer("app.catalogues", ("app.domain",), "the one reader of resources/ makes domain values"),
    Layer("app.documents", ("app.domain", "app.catalogues"), "forms draw what they are given; they fetch nothing"),
    Layer("app.rendering", ("app.domain",), "the child process that opens foreign files knows nothing worth stealing"),
    Layer("app.services",
          ("app.domain", "app.contract", "app.store", "app.sync", "app.portal.sign_in", "app.documents",
           "app.rendering", "app.catalogues"),
          "services reach the portal through app.sync.ask and app.portal.sign_in only, so that nothing is sent "
          "past the outbox"),
    Layer("app.first_look", ("app.domain", "app.store", "app.portal.keys", "app.services.views", "app.catalogues"),
          "the first list is painted before a desk is wired, and must not load what wires it"),
    Layer("app.bootstrap",
          ("app.first_look",
           "app.domain", "app.contract", "app.store", "app.portal", "app.sync", "app.services", "app.documents",
           "app.rendering", "app.catalogues"),
          "the desk is wired without knowing who drives it, and never holds the sandbox portal"),
    Layer("app.sandbox", ("app.domain", "app.contract", "app.catalogues"),
          "the stand-in portal shares rules and wire with the desk and nothing else, or it would prove nothing"),
    Layer("app.cli",
          ("app.domain", "app.contract", "app.services", "app.bootstrap", "app.sandbox", "app.catalogues"),
          "the command line drives services as the window does"),
    Layer("app.demo", ("app.domain", "app.services", "app.bootstrap", "app.sandbox"),
          "a desk to look at is the one thing that holds desk and stand-in portal together"),
    Layer("app.self_check", ("app.domain", "app.store", "app.documents", "app.catalogues"),
          "the installed program's check of itself touches what packaging can break, and nothing of the user's"),
    Layer("ui", ("app.services", "app.domain"),
          "screens see services and values: store, sync and portal never meet the GUI thread"),
    Layer("ui.__main__",
          ("ui", "app.services", "app.domain", "app.first_look", "app.bootstrap", "app.rendering", "app.catalogues",
           "app.demo", "app.self_check"),
          "wires the window and nothing more; started with --render-child it is the drawing child instead"),
)

# Third-party packages that have one home (or a few). Anything not listed is free outside the layers below.
HOMES = {
    "PySide6": ("ui",),
    "shiboken6": ("ui",),
    # failures.py names the exceptions to translate them; sessions are made in transport.py alone (test_banned.py).
    "requests": ("app.portal.transport", "app.portal.failures", "app.sandbox"),
    "urllib3": ("app.portal.transport", "app.portal.failures"),
    "truststore": ("app.portal.transport",),
    "keyring": ("app.portal.keys",),
    "oauthlib": ("app.portal", "app.sandbox"),
    "sqlalchemy": ("app.store", "app.sandbox"),
    "sqlcipher3": ("app.store",),
    "alembic": ("app.store",),
    "sqlite3": ("app.store", "app.sandbox"),
    "pydantic": ("app.contract", "app.sandbox"),
    "reportlab": ("app.documents",),
    "segno": ("app.documents",),
    "pypdfium2": ("app.rendering",),
    "fastapi": ("app.sandbox",),
    "starlette": ("app.sandbox",),
    "uvicorn": ("app.sandbox",),
    "jinja2": ("app.sandbox",),
    "psycopg": ("app.sandbox",),
    "aiosmtpd": ("app.sandbox",),
    "rich": ("app.cli",),
}
# A transaction is opened by the store and handed on; who carries it through may name its type, and nothing else.
HANDED_ON = {"sqlalchemy.Connection": ("app.sync", "app.services")}
STANDARD_LIBRARY_ONLY = ("app.domain", *sorted(FOR_ANYONE - {"app"}))
WINDOW_MAY = ("PySide6", "shiboken6")


def within(module: str, home: str) -> bool:
    return module == home or module.startswith(home + ".")


def layer_of(module: str) -> Layer:
    return max((layer for layer in LAYERS if within(module, layer.name)), key=lambda layer: len(layer.name))


def third_party(target: str) -> str | None:
    top = target.partition(".")[0]
    return None if top in sys.stdlib_module_names or top in ("app", "ui", "resources", "") else top


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.path)
def test_own_imports_follow_the_layers(source):
    layer = layer_of(source.module)
    wrong = []
    for line, target in imports(source):
        if target.partition(".")[0] not in ("app", "ui") or target in FOR_ANYONE:
            continue
        # Within a layer all is allowed, but not into a more specific one (ui -> ui.__main__).
        same_layer = within(target, layer.name) and (layer.name != "app") and layer_of(target) == layer
        if not same_layer and not any(within(target, allowed) for allowed in layer.may):
            allowed = ", ".join(layer.may) or "nothing of ours"
            wrong.append(f"{source.path}:{line} imports {target}; {layer.name} may import {allowed}: {layer.why}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.path)
def test_packages_are_imported_in_their_home_only(source):
    wrong = []
    for line, target in imports(source):
        top = target.partition(".")[0]
        homes = HOMES.get(top, ()) + HANDED_ON.get(target, ()) or None
        if homes is not None and not any(within(source.module, home) for home in homes):
            wrong.append(f"{source.path}:{line} imports {target}; its home is {' or '.join(homes)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "source", [s for s in sources() if any(within(s.module, pure) for pure in STANDARD_LIBRARY_ONLY)],
    ids=lambda source: source.path)
def test_pure_modules_use_the_standard_library_only(source):
    wrong = [f"{source.path}:{line} imports {target}" for line, target in imports(source) if third_party(target)]
    assert not wrong, "rules and shared words run everywhere, so they carry nothing along\n" + "\n".join(wrong)


@pytest.mark.parametrize("source", sources("ui"), ids=lambda source: source.path)
def test_windows_use_qt_and_nothing_else_from_outside(source):
    wrong = [
        f"{source.path}:{line} imports {target}"
        for line, target in imports(source)
        if (top := third_party(target)) and top not in WINDOW_MAY and source.module != "ui.__main__"
    ]
    assert not wrong, "what a screen needs from a package comes through a service\n" + "\n".join(wrong)


def test_every_module_belongs_to_a_layer():
    homeless = [name for name in modules() if layer_of(name).name == "app" and name != "app"]
    assert not homeless, f"no layer of the table holds {homeless}"


def test_the_checker_and_the_reference_clock_import_nothing_of_the_program():
    wrong = [
        f"{source.path}:{line} imports {target}"
        for source in sources("tests/checker")
        for line, target in imports(source)
        if target.partition(".")[0] in ("app", "ui")
    ]
    assert not wrong, "a judge that shares code with the accused proves nothing\n" + "\n".join(wrong)


def test_no_module_imports_itself_in_a_circle():
    graph = {
        source.module: {target for _, target in imports(source) if target in modules() and target != source.module}
        for source in sources()
    }
    done: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        if module in path:
            circle = path[path.index(module):]
            # A package that gathers its own modules is not a circle worth a failure.
            if not any(source.module in circle and source.is_package for source in sources()):
                pytest.fail("import circle: " + " -> ".join((*circle, module)))
            return
        if module in done:
            return
        for target in sorted(graph[module]):
            walk(target, (*path, module))
        done.add(module)

    for name in sorted(graph):
        walk(name, ())
