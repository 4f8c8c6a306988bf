# Every target makes the checkout ready first (tools/setup.sh): a fresh clone needs nothing else.

SHELL := bash
BIN := .venv/bin
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help ready run tour test test-slow lint types imports format migration bench pictures installer clean

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

ready:
	@bash tools/setup.sh

run: ready ## open the window, or the tour where there is no display
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then \
	    $(BIN)/oost-desktop; \
	else \
	    echo "No display here: running the tour instead. Its pictures will be in build/tour." >&2; \
	    $(MAKE) --no-print-directory tour; \
	fi

tour: ready ## an invented service from first day to clash, into build/tour
	@rm -rf build/tour && mkdir -p build
	@QT_QPA_PLATFORM=offscreen $(BIN)/oost-desktop tour --out build/tour --json

test: lint types imports ## every check but the slow tests, the quick ones first
	$(BIN)/pytest -m "not slow"

test-slow: ready ## the tests that take longer
	$(BIN)/pytest -m slow

lint: ready ## ruff: rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: ready ## mypy
	$(BIN)/mypy

imports: ready ## the layers: imports go down only
	$(BIN)/lint-imports --no-logo

format: ready ## put imports and layout in order
	$(BIN)/ruff check --fix --select I
	$(BIN)/ruff format

migration: ready ## write the next migration: make migration NAME="lend things to pupils"
	$(BIN)/python tools/new_migration.py "$(NAME)"

bench: ready ## every number this project claims
	$(BIN)/python -m benchmarks

pictures: tour ## draw the pictures in docs/pictures again
	$(BIN)/python tools/pictures.py build/tour docs/pictures

installer: ## build the program that needs no Python, into dist/
	@bash tools/setup.sh installer
	$(BIN)/pyinstaller --noconfirm --log-level WARN build_installer.spec

clean: ## remove what was built, keep the environment
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
