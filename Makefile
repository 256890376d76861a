# Task verbs. `make run` and `make test` need nothing but Python 3.11 or newer: they make
# their own virtual environment. Override TORCH to choose another build of torch.
PYTHON ?= python3
VENV ?= .venv
TORCH ?= torch==2.13.0
BIN := $(VENV)/bin

.PHONY: run demo test check bench bench-peers soak soak-steady soak-many rest fuzz fuzz-cost docs format clean

run: $(VENV)/.ready
	$(BIN)/noticewatch run

demo: $(VENV)/.ready
	$(BIN)/noticewatch demo

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n 3 --dist loadfile --max-worker-restart 0

check: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m benchmarks.audit

bench: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.run

bench-peers: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.peers

soak: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.soak

soak-steady: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.soak --steady

soak-many: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.soak_many --own-server

rest: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.rest --minutes 60

fuzz: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.fuzz --inputs 1000000

fuzz-cost: $(VENV)/.ready-dev
	$(BIN)/python -m benchmarks.cost --inputs 100000

docs: $(VENV)/.ready-dev
	$(BIN)/python -m docs.reference

format: $(VENV)/.ready-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt "$(TORCH)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache
