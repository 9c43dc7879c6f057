# Needs Python 3.11 or newer and make; everything else goes into .venv, checked against the hashes in requirements/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SILENT:
.DELETE_ON_ERROR:
.PHONY: help python run demo fallback test test-long test-oldest torture mutants bench docs screenshots format lock clean

VENV := .venv
OLDEST := .venv-oldest
BENCH := .venv-bench
LOCKER := .venv-lock
PYTHON ?= # one of your own, first choice: make test PYTHON=/path/to/python
JOBS ?= auto # processes for the tests: one a processor; make test JOBS=0 runs them in one
MINUTES ?= 10 # for how long: make torture MINUTES=120
COUNT ?= 300 # so many: make mutants COUNT=50
ROWS ?= # those alone: make bench ROWS='acts commands'
ROUNDS ?= 3 # how often each row is measured
UPGRADE ?= # make lock UPGRADE=1 takes the newest versions instead of keeping those locked

CODE := bot contacts flows playbooks tests
# Nobody's token reaches a test; and what the tests start, hundreds of modules each time, need not be compiled each time.
BARE := env -u TELEGRAM_BOT_TOKEN -u TELEGRAM_API_URL -u TOMOSHIBI_HOME -u PYTHONDONTWRITEBYTECODE

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_REQUIRE_VIRTUALENV := 1
export PIP_ROOT_USER_ACTION := ignore

help: ## Say what can be made
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name does; do printf 'make %-12s %s\n' "$$name" "$$does"; done

run: $(VENV)/run.stamp ## Start: with TELEGRAM_BOT_TOKEN set on Telegram, without it as a demonstration, on a page in the browser
	if [ -n "$${TELEGRAM_BOT_TOKEN:-}" ]; then exec $(VENV)/bin/tomoshibi run; fi; \
	if [ -t 0 ]; then exec $(VENV)/bin/tomoshibi demo --page; else exec $(VENV)/bin/tomoshibi demo; fi

demo: $(VENV)/run.stamp ## The demonstration in this terminal
	exec $(VENV)/bin/tomoshibi demo

fallback: $(VENV)/made.stamp ## Add what sends alarms by mail, SMS or push when the line doesn't take them
	$(VENV)/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/fallback.txt

test: $(VENV)/test.stamp ## Everything that has to pass: style, types, layers, tests
	echo '— style';  $(VENV)/bin/ruff check --quiet --output-format concise $(CODE)
	echo '— format'; $(VENV)/bin/ruff format --quiet --check $(CODE) || { echo 'Not formatted; "make format" does it.'; exit 1; }
	echo '— types';  $(VENV)/bin/mypy --no-error-summary
	echo '— layers'; $(VENV)/bin/lint-imports --no-logo > $(VENV)/layers.txt 2>&1 || { cat $(VENV)/layers.txt; exit 1; }
	echo '— tests';  $(BARE) $(VENV)/bin/pytest -q -n $(JOBS)

test-long: $(VENV)/test.stamp ## The tests with the long walks: minutes, many more examples
	$(BARE) $(VENV)/bin/pytest -q -n $(JOBS) -m '' --hypothesis-profile=long

test-oldest: $(OLDEST)/test.stamp ## The tests against the oldest versions that pyproject.toml allows
	$(BARE) $(OLDEST)/bin/pytest -q -n $(JOBS)

torture: $(VENV)/test.stamp ## Worlds in which everything fails, seed after seed for MINUTES; a broken law names its seed
	$(BARE) $(VENV)/bin/python -m tests.torture --minutes $(MINUTES)

mutants: $(VENV)/test.stamp ## Break the program in COUNT small places, one after the other: does a test notice?
	$(BARE) $(VENV)/bin/python -m tests.mutants --count $(COUNT)

bench: $(BENCH)/bench.stamp ## Measure speed and cost beside others in one run, on a quiet machine: a table, and bench.json
	$(BARE) $(BENCH)/bin/python -m tests.bench $(ROWS) --rounds $(ROUNDS)

docs: $(VENV)/test.stamp ## Write what is made of playbooks and code: docs/coverage.md, docs/playbooks, the pictures of steps, docs/architecture.svg, NOTICE.md
	$(VENV)/bin/python -m playbooks.pages.documents
	$(VENV)/bin/python -m tests.drawings
	$(VENV)/bin/python -m tests.architecture.picture
	$(VENV)/bin/python -m tests.notices

screenshots: $(VENV)/test.stamp ## Photograph the page in Chromium anew, for docs/page
	$(BARE) $(VENV)/bin/python -m tests.screenshots

format: $(VENV)/test.stamp ## Put the code into its one format
	$(VENV)/bin/ruff check --quiet --fix-only $(CODE)
	$(VENV)/bin/ruff format --quiet $(CODE)

# The certificates are the system's own, since an office may have added one.
# Without --no-header and --no-emit-index-url the locks would name a command and a registry of whoever made them.
COMPILE = $(LOCKER)/bin/uv pip compile pyproject.toml --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(if $(strip $(UPGRADE)),--upgrade)
lock: $(LOCKER)/made.stamp ## Write the locks in requirements/ anew
	$(LOCKER)/bin/python -m pip install --quiet uv
	mkdir -p requirements
	$(COMPILE) -o requirements/run.txt
	$(LOCKER)/bin/uv pip compile --group build --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links -c requirements/run.txt -o requirements/build.txt
	$(COMPILE) --extra fallback -c requirements/run.txt -o requirements/fallback.txt
	$(COMPILE) --group test -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) --group bench -c requirements/run.txt -o requirements/bench.txt
	$(COMPILE) --group test --resolution lowest-direct -o requirements/oldest.txt

clean: ## Throw away what make has made; homes and journals stay
	rm -rf $(VENV) $(OLDEST) $(BENCH) $(LOCKER) bench.json dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# -------------------------------------------------------------------------------------------------- virtual environments
# A stamp is younger than the lock that it was installed from; so a changed lock, and nothing else, installs again.

define FIND_PYTHON
found= ; bare= ; \
for candidate in $(strip $(PYTHON)) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	if "$$candidate" -c 'import ensurepip, venv' 2>/dev/null; then found=$$candidate; break; fi; \
	bare=$${bare:-$$candidate}; \
done; \
if [ -z "$$found" ] && [ -n "$$bare" ]; then \
	echo "$$bare cannot make virtual environments; install its venv package (Debian, Ubuntu: sudo apt install python3-venv) and try again." >&2; exit 1; \
elif [ -z "$$found" ]; then \
	echo 'Python 3.11 or newer is needed and none was found; install it from your package manager or python.org and try again.' >&2; exit 1; \
fi
endef

python: ## Say which Python is used
	$(FIND_PYTHON); "$$found" -c 'import platform; print("Python", platform.python_version(), "on", platform.platform())'

$(VENV)/made.stamp $(OLDEST)/made.stamp $(BENCH)/made.stamp $(LOCKER)/made.stamp:
	$(FIND_PYTHON); echo "準備を始めます（$(@D)）… / Getting ready with $$("$$found" --version) …"; rm -rf $(@D) && "$$found" -m venv $(@D)
	touch $@

# $(1) folder, $(2) lock. The package itself is installed in place; what builds it lies beside for that moment only.
# What pip collects is counted, so that nobody sits for minutes before a screen that says nothing.
INSTALL = of=$$(grep -c '==' $(2)); \
	echo "必要な部品を入れています（はじめてのときだけ、数分かかります）… / Installing $$of parts (the first time only, some minutes) …"; \
	{ $(1)/bin/python -m pip install --progress-bar off --require-hashes --only-binary :all: -r $(2) || echo Failed; } | \
	{ n=0; while read -r word rest; do case "$$word" in \
		Collecting) n=$$((n + 1)); [ $$((n % 10)) -ne 0 ] || echo "  $$n / $$of";; \
		Installing) echo "  もう少しです… / Nearly there …";; \
		Failed) exit 1;; esac; done; } && \
	rm -rf $(1)/build && \
	$(1)/bin/python -m pip install --quiet --require-hashes --only-binary :all: --target $(1)/build -r requirements/build.txt && \
	PYTHONPATH=$(1)/build $(1)/bin/python -m pip install --quiet --no-build-isolation --no-deps --editable . && \
	rm -rf $(1)/build && touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp requirements/run.txt pyproject.toml
	$(call INSTALL,$(VENV),requirements/run.txt)

$(VENV)/test.stamp: $(VENV)/made.stamp requirements/test.txt pyproject.toml
	$(call INSTALL,$(VENV),requirements/test.txt)

$(OLDEST)/test.stamp: $(OLDEST)/made.stamp requirements/oldest.txt pyproject.toml
	$(call INSTALL,$(OLDEST),requirements/oldest.txt)

$(BENCH)/bench.stamp: $(BENCH)/made.stamp requirements/bench.txt pyproject.toml
	$(call INSTALL,$(BENCH),requirements/bench.txt)
