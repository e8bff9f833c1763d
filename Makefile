# Two commands for a newcomer: `make digest` and `make test`. Everything is set up in .venv on the first call.

PYTHON ?= python3
BIN := .venv/bin
OUT ?= digest
# One more than there are cores: many tests wait for a deadline or a socket.
CHECKERS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))

.DEFAULT_GOAL := help
.PHONY: help setup digest check test fuzz record lint format languages cldr messages bench floors soak lock clean

help: ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/'

# The stamp is newer than the lock and the catalogues once what the lock names is installed, and they are compiled.
.venv/stamp: requirements.lock pyproject.toml hatch_build.py $(wildcard briefing/render/locale/*/LC_MESSAGES/*.po)
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

setup: .venv/stamp ## Install everything into .venv

digest: setup ## Write the digest of the bundled posts into digest/
	@$(BIN)/briefing digest --example --engine extractive --out $(OUT)

check: lint ## Lint, types, and every test that needs no browser, server or database: under a minute
	$(BIN)/python -m pytest -q -n $(CHECKERS) --dist worksteal -m "not real and not long"

# A file stays with one worker, so that its browser or WordPress is started once.
test: setup ## Run every test
	$(BIN)/python -m pytest -n auto --dist loadfile

fuzz: setup ## Look for what breaks a property, differently each time; a find becomes an @example of its test
	$(BIN)/python -m pytest -q -n auto --dist worksteal --hypothesis-profile=fuzz -m hypothesis

record: setup ## Record the model's answers again, against OPENAI_BASE_URL
	$(BIN)/python -m pytest --record-mode=rewrite tests/summarise/test_recorded.py

lint: setup ## ruff, mypy --strict, and the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

messages: setup ## Put the catalogues in order after a change of words, and list what wants a translation
	$(BIN)/python hatch_build.py

format: setup ## Let ruff put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

languages: setup ## Write docs/passports.md: what is known of each language, and what was measured
	$(BIN)/python -m benchmarks.passports

cldr: setup ## Write the tables of what Unicode CLDR knows of languages, after a new Babel
	$(BIN)/python cldr_tables.py

.venv/bench: benchmarks/requirements.lock .venv/stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/requirements.lock
	@touch $@

bench: .venv/bench ## Print every figure, side by side with the peers (needs BRIEFING_DATA)
	@for name in $$(ls benchmarks/*.py | xargs -n1 basename -s .py | grep -v '^__\|^endpoint$$\|^floors$$\|^llm_peers$$\|^soak$$\|^folder_kills$$'); do \
	  grep -q __main__ benchmarks/$$name.py || continue; \
	  echo "== $$name"; $(BIN)/python -m benchmarks.$$name || exit 1; done

floors: setup ## Measure the figures that gate, beside their floors (needs BRIEFING_DATA for most)
	$(BIN)/python -m benchmarks.floors

soak: setup ## Kill senders 500 times over, at every commit and at random instants (needs PostgreSQL for its half)
	$(BIN)/python -m benchmarks.soak 500

lock: setup ## Pin the development dependencies again, with hashes
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --upgrade --group dev pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --upgrade --constraint requirements.lock --group bench pyproject.toml --output-file benchmarks/requirements.lock

clean: ## Remove what was set up and made
	rm -rf .venv digest dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
