"""Where the packages lie, and what a Python process of ours is started with."""

import os
import subprocess
import sys

from config.paths import HOME, bare_environment, child_environment, python_path


def _imports(environment: dict[str, str], folder) -> str:
    """Where a child that runs in ``folder`` finds the package ``domain``."""
    command = [sys.executable, "-P", "-c", "import domain; print(domain.__file__)"]
    return subprocess.run(
        command, env=environment, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_child_in_any_folder_imports_these_packages(tmp_path):
    for environment in (child_environment(), bare_environment()):
        assert _imports(environment, tmp_path) == str(HOME / "domain" / "__init__.py")


def test_places_given_by_the_environment_stay_behind_ours(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert python_path().split(os.pathsep) == [str(HOME), "/elsewhere"]
    monkeypatch.delenv("PYTHONPATH")
    assert python_path() == str(HOME)


def test_more_variables_are_added(monkeypatch):
    monkeypatch.setenv("KNOWN", "1")
    child = child_environment(KNOWN="2", OTHER="3")
    assert (child["KNOWN"], child["OTHER"]) == ("2", "3")


def test_the_bare_environment_holds_no_secret(monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    assert set(bare_environment(LC_ALL="C.UTF-8")) == {"PYTHONPATH", "LC_ALL"}
