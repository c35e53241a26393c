# The commands of this project; `make` lists them. Each builds the environment first where it is not there.
.DEFAULT_GOAL := help
.PHONY: help env lock demo test check test-slow test-next bench bench-long docs clean distclean
BIN := .venv/bin

help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

env:  ## build the environment, or see that it is there
	@containers/setup.sh

lock:  ## lock the Python packages anew after a change of pyproject.toml; UPGRADE=1 takes the newest of all
	@containers/setup.sh --lock $(if $(UPGRADE),--upgrade)

demo: env  ## run the reference case: result, figure and summary
	@mkdir -p out
	@$(BIN)/lunarflag run cases/change5-reference.toml -o out/change5-reference.h5 --force --quiet --figure out/change5-reference.png
	@$(BIN)/lunarflag show out/change5-reference.h5

test: env  ## quick and standard tests, under 20 minutes
	@$(BIN)/pytest -m "not slow"

check: env  ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/inside shellcheck -x containers/setup.sh containers/lib/*.sh .ci/run

test-slow: env  ## campaigns, up to some hours
	@$(BIN)/pytest -m slow --timeout 7200

test-next:  ## the tests on dolfinx 0.11 of Debian unstable: advice, not a gate
	@containers/setup.sh --suite unstable --venv .venv-next
	@.venv-next/bin/pytest -m "not slow"

bench: env  ## the common performance problem, by this core and by its peers
	@$(BIN)/python -c "import jax, skfem" 2>/dev/null || $(BIN)/pip install -q -e ".[bench]"
	@$(BIN)/python -m benchmarks

bench-long: env  ## many lunations, constant memory, and ten parallel runs that repeat themselves
	@$(BIN)/python -m benchmarks.long_runs

docs: env  ## the pages under docs/, rebuilt from what the program prints
	@for page in docs/build_*.py; do $(BIN)/python -P "$$page" || exit; done

clean:  ## remove results and caches of tools
	@rm -rf out build .pytest_cache .mypy_cache .ruff_cache .hypothesis ./*.egg-info
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

distclean: clean  ## remove this checkout's environment too; what clones share in the cache folder stays
	@rm -rf .venv .venv-next
