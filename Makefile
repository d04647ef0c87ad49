# Two commands on a fresh machine that has Python 3.11 or newer: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin

.PHONY: demo test check validate-live load bench soak bench-tips eval schema screenshots lock clean

demo: .venv/ready ## the app in a Slack on this machine, until Ctrl-C
	$(BIN)/boundary demo

test: check ## lint, types, tests
	$(BIN)/pytest -n 2 --dist worksteal

check: .venv/ready
	$(BIN)/ruff check bot tests
	$(BIN)/ruff format --check bot tests
	$(BIN)/mypy

validate-live: .venv/ready ## everything the app can show, judged by Slack's public blocks.validate; needs the internet
	$(BIN)/pytest -q --live tests/blocks/test_live.py

bench: .venv/ready ## speed, beside other prose checkers on the same messages
	if command -v npm >/dev/null; then npm ci --silent --prefix tests/bench; fi
	$(BIN)/boundary bench --node tests/bench

load: .venv/ready ## signed commands against one process on loopback: latency, errors, memory
	$(BIN)/python tests/bench/load.py

screenshots: .venv/ready ## the pictures of README, from the local Slack's page in Chromium
	$(BIN)/python -m tests.local.screenshots

soak: .venv/ready ## processes that deliver are killed, frozen and cut off: lost, doubled, too fast
	$(BIN)/python -m tests.bench.soak

bench-tips: .venv/ready ## how fast due tips are found and planned; ROWS=10000000 for the size of the promise
	$(BIN)/python -m tests.bench.tips --rows $(or $(ROWS),500000)

lock: ## write .ci/lock.txt anew, after a change of dependencies in pyproject.toml
	$(PYTHON) -m venv .venv-lock && .venv-lock/bin/pip install -q pip-tools
	.venv-lock/bin/pip-compile -q --strip-extras --extra dev --generate-hashes --allow-unsafe --no-emit-options --no-header -o .ci/lock.txt pyproject.toml
	rm -rf .venv-lock

clean:
	rm -rf .venv .venv-lock dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready: pyproject.toml .ci/lock.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --require-hashes -r .ci/lock.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	touch $@
