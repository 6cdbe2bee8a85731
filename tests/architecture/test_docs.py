"""The documents at the top name what is there, and the packaging agrees with itself."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.architecture.source_tree import ROOT

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
TOP_LEVEL = ("app", "ui", "resources", "tests", "requirements", ".ci")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_paths_named_in_the_documents_exist(name):
    named = {
        word for word in re.findall(r"`([^`\s]+)`", read(name))
        if word.split("/")[0] in TOP_LEVEL and "…" not in word and "*" not in word
    }
    missing = sorted(word for word in named if not (ROOT / word).exists())
    assert not missing, f"{name} names {missing}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_relative_links_lead_somewhere(name):
    targets = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)\)", read(name))
    missing = [target for target in targets if "://" not in target and not (ROOT / target).exists()]
    assert not missing, f"{name} links to {missing}"


def test_the_readme_names_the_two_commands():
    text = read("README.md")
    assert "make demo" in text
    assert "make test" in text
    assert "py -3.11 -m venv" in text, "the Windows equivalents"


def test_make_targets_named_anywhere_exist():
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = {word for name in DOCUMENTS for word in re.findall(r"`?make ([a-z]+)\b", read(name))}
    assert {"demo", "test", "lint", "bench", "screenshots", "installer", "clean"} <= targets
    assert named & targets
    assert not {word for name in DOCUMENTS for word in re.findall(r"`make ([a-z]+)", read(name))} - targets


@pytest.mark.parametrize("name", ["runtime", "sandbox", "dev"])
def test_requirements_hold_exact_versions_with_hashes_and_no_address(name):
    text = read(f"requirements/{name}.txt")
    packages = re.findall(r"^([A-Za-z0-9_.-]+)(\S*)", text, re.MULTILINE)
    assert packages
    assert all(re.match(r"(\[[a-z,]+\])?==[0-9]", rest) for _, rest in packages)
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "options name indexes or files of one machine"
    assert text.count("--hash=sha256:") >= len(packages)


def test_every_declared_package_is_locked():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    declared = {
        "runtime": project["dependencies"],
        "sandbox": project["dependencies"] + extras["sandbox"],
        "dev": project["dependencies"] + extras["sandbox"] + extras["dev"],
    }
    for name, wanted in declared.items():
        locked = {line.split("==")[0].split("[")[0].lower() for line in re.findall(r"^[a-zA-Z]\S+", read(
            f"requirements/{name}.txt"), re.MULTILINE)}
        names = {re.split(r"[<>=\[;\s]", entry)[0].lower() for entry in wanted}
        assert names <= locked, f"make requirements: {sorted(names - locked)} not in requirements/{name}.txt"
