# Python and make are all this needs. Everything is installed into VENV, from hashed locks.
#
#   make compare      set up, then compare the ways of buying on preston-2012; a re-run resumes
#   make web          the pages for officers, at an address of this machine; Ctrl-C ends them
#   make test         the tests, at most ten minutes
#   make lint         style, types, import walls, house rules
#   make check-long   coverage with the compiler off, and the long tests; a quarter of an hour
#   make soak         long runs under many seeds; see docs/soak.md
#   make docs         the site of the documents, in site/
#   make paper        figures and tables of docs/paper from the stored ones, in minutes
#   make paper-sweeps the stored tables anew from docs/paper/plans, in OUT/paper; a re-run resumes
#   make ablation     each mechanism with and without, into docs/ablation.md
#   make bench        time measured, and `poundflow bench`; let nothing else run on the machine
#   make lock         write both locks anew (needs uv)
#   make clean        remove what the above have left
#
# Two Pythons side by side:  make test VENV=.venv-3.13 PYTHON=python3.13

PYTHON ?= python3
VENV ?= .venv
SCENARIO ?= preston-2012
OUT ?= poundflow-out
COMPARE_ARGS ?=
WEB_ARGS ?=
BENCH_ARGS ?=
PYTEST_ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := --quiet --no-deps --require-hashes --only-binary :all:

# What reaches the model: coverage of simulation/ and scenarios/ is that of these alone.
INNER_TESTS := $(addprefix tests/,accounting economy kernels laws measures model pillars procurement \
	scenarios test_streams.py experiments/test_suppliers.py experiments/test_marked_persons.py \
	experiments/test_own_regime.py)

.DELETE_ON_ERROR:
.PHONY: compare web test lint check-long soak bench docs paper paper-sweeps ablation lock clean

compare: $(VENV)/.runtime
	$(BIN)/poundflow compare $(SCENARIO) --out $(OUT) $(COMPARE_ARGS)
	@echo "Report: $(OUT)/report.html"

web: $(VENV)/.runtime
	$(BIN)/poundflow web $(WEB_ARGS)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST_ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python .ci/house.py
	$(BIN)/python .ci/arithmetic.py
	$(BIN)/python .ci/lock.py --check

check-long: $(VENV)/.dev
	$(BIN)/coverage erase
	NUMBA_DISABLE_JIT=1 $(BIN)/coverage run -m pytest -n 2 --dist worksteal \
		-m "not long and not soak and not compiled" $(INNER_TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/python .ci/covered.py
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "long and not soak" $(PYTEST_ARGS)

soak: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 -m soak $(PYTEST_ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m experiments.bench.month
	$(BIN)/poundflow bench --out $(OUT) $(BENCH_ARGS)

docs: $(VENV)/.dev
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs site
	@echo "Site: site/index.html"

paper: $(VENV)/.runtime
	$(BIN)/python -m experiments.paper build

# Each sweep also becomes a Process Run Crate, for an archive.
paper-sweeps: $(VENV)/.dev
	for plan in docs/paper/plans/*.toml; do \
		folder=$(OUT)/paper/$$(basename $$plan .toml); \
		$(BIN)/poundflow sweep $$plan --out $$folder || exit; \
		$(BIN)/poundflow export $$folder --format crate --who "poundflow contributors" || exit; \
	done
	for name in $$($(BIN)/poundflow pattern | cut -d' ' -f1); do \
		$(BIN)/poundflow pattern $$name --out $(OUT)/paper/patterns --quiet || exit; \
	done
	$(BIN)/python -m experiments.paper tables --sweeps $(OUT)/paper \
		--commit $$(git rev-parse --short HEAD)

ablation: $(VENV)/.runtime
	$(BIN)/python -m experiments.ablation village --then preston-2012 \
		--commit $$(git rev-parse --short HEAD) --out docs/ablation.md

lock:
	$(PYTHON) .ci/lock.py

clean:
	rm -rf .venv .venv-* build dist site docs/reference/made htmlcov .coverage .coverage.* .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.runtime: requirements.lock pyproject.toml
	@echo "Installing requirements.lock into $(VENV): about a minute."
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install $(LOCKED) -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	$(PIP) check
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo "Installing requirements-dev.lock into $(VENV)."
	$(PIP) install $(LOCKED) -r requirements-dev.lock
	$(PIP) check
	@touch $@
