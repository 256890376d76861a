"""Benchmarks run seldom: what they import must not have gone in the meantime."""

import importlib
import pkgutil

import pytest

import benchmarks

RUNNERS = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]


@pytest.mark.parametrize("name", RUNNERS)
def test_every_runner_can_be_started(name):
    assert importlib.import_module(f"benchmarks.{name}").__doc__
