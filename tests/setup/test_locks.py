"""The lock files: pinned, hashed, free of addresses, and covering what pyproject.toml asks for."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("base", "all", "build", "lite", "full", "open", "compiler")
PYTHONS = ("3.11.2", "3.12.7", "3.13.5")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(lock: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Yield every requirement of a lock with its options."""
    text = (ROOT / "packaging" / f"lock-{lock}.txt").read_text()
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    for entry in "\n".join(lines).replace("\\\n", " ").splitlines():
        requirement, *options = re.split(r"\s+(?=--)", entry.strip())
        yield Requirement(requirement), options


def pins(lock: str, python: str) -> dict[str, str]:
    """Return the version of each package that the lock installs on Linux with this Python."""
    system = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
    }
    chosen = [entry for entry, _ in entries(lock) if entry.marker is None or entry.marker.evaluate(system)]
    names = [canonicalize_name(entry.name) for entry in chosen]
    assert len(names) == len(set(names)), "two versions of one package for one Python"
    return {name: str(entry.specifier).removeprefix("==") for name, entry in zip(names, chosen, strict=True)}


def asked(lock: str) -> list[Requirement]:
    """Return what pyproject.toml asks of a lock."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = declared["project"]
    extras = [name for group in project["optional-dependencies"].values() for name in group]
    frozen = project["dependencies"] + declared["dependency-groups"]["package"]
    texts = {
        "lite": frozen,
        "open": frozen + project["optional-dependencies"]["open"],
        "full": frozen + project["optional-dependencies"]["training"],
        "compiler": declared["dependency-groups"]["compiler"],
        "base": project["dependencies"],
        "all": project["dependencies"] + extras,
        "build": declared["build-system"]["requires"],
    }
    return [Requirement(text) for text in texts[lock]]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_has_one_version_and_its_hashes(lock):
    found = list(entries(lock))

    assert found
    for requirement, options in found:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert options, requirement
        assert all(HASH.fullmatch(option) for option in options), requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address_or_a_folder(lock):
    text = (ROOT / "packaging" / f"lock-{lock}.txt").read_text()

    assert "://" not in text
    assert not re.search(r"[\s=]/", text)


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_covers_what_the_project_asks_for(lock, python):
    locked = pins(lock, python)

    for requirement in asked(lock):
        version = locked[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), f"{requirement} is locked at {version}"


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", ["base", "build"])
def test_all_holds_the_same_versions_as_the_smaller_locks(lock, python):
    assert pins(lock, python).items() <= pins("all", python).items()


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", ["lite", "full", "open"])
def test_installers_hold_the_versions_that_are_tested(lock, python):
    tested = pins("all", python)

    frozen = pins(lock, python)
    assert {name: version for name, version in frozen.items() if tested.get(name, version) != version} == {}


@pytest.mark.parametrize("python", PYTHONS)
def test_only_one_package_fills_the_tensorflow_folder(python):
    locked = pins("all", python)

    assert {name for name in locked if name in {"tensorflow", "tensorflow-cpu", "tf-nightly"}} == {"tensorflow"}
    assert not {"tensorflow", "qkeras", "pytest"} & (pins("base", python) | pins("lite", python)).keys()
