# Everything a person or CI does with a checkout. `make` alone lists the targets.

PYTHON_ENV := .venv/bin
EXAMPLE := resources/examples/jet_tagger.codesign

# The caller's settings must neither suppress bytecode nor mix other packages in.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH

# Tests draw without a screen; QKeras works with Keras 2 only.
test prove bench bench-rtl bench-finn shots: export QT_QPA_PLATFORM = offscreen
test prove bench bench-rtl: export TF_USE_LEGACY_KERAS = 1

.DEFAULT_GOAL := help
.PHONY: help run setup setup-all test lint prove bench bench-rtl bench-finn bench-estimates bench-beside shots package test-packages test-reproducible examples clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## open the studio on an example
	@packaging/run.sh $(EXAMPLE)

test: lint ## install everything, then check style, types and tests
	$(PYTHON_ENV)/python -m pytest

lint: setup-all ## style and types only
	$(PYTHON_ENV)/ruff check .
	$(PYTHON_ENV)/ruff format --check .
	$(PYTHON_ENV)/mypy

prove: setup-all ## the long proofs: soak, mutated files, random edits
	$(PYTHON_ENV)/python -m pytest -m proof

bench: setup-all ## time what must feel instant, as a table
	$(PYTHON_ENV)/python -m tests.benchmarks

# da4ml is never installed here: CODESIGN_DA4ML names a folder that has it, with its package quantizers.
bench-rtl: setup-all ## the open flow's figures: what it takes, how fast, bit for bit; NAMES="two_layers ..." for some
	$(PYTHON_ENV)/python -m tests.benchmarks.rtl $(NAMES)

bench-finn: setup-all ## FINN's flow, fit to board and the scoreboard: published values and limits, met or not
	$(PYTHON_ENV)/python -m tests.benchmarks.finn $(NAMES)

# Real reports are not part of the product: name a table of them.
bench-estimates: setup ## how near estimates are to real reports: REPORTS=FILE.csv [LAYERS=FILE.csv]
	$(PYTHON_ENV)/python -m tests.benchmarks.estimates --reports "$(REPORTS)" $(if $(LAYERS),--layers "$(LAYERS)" --cross-validate)

# rule4ml is never installed here: CODESIGN_RULE4ML names the Python of an environment of its own that has it.
bench-beside: setup ## the same beside rule4ml on the rows it can express: REPORTS=FILE.csv [LAYERS=FILE.csv]
	$(PYTHON_ENV)/python -m tests.benchmarks.estimates.beside --reports "$(REPORTS)" $(if $(LAYERS),--layers "$(LAYERS)")

SHOT := $(PYTHON_ENV)/codesign-studio screenshot
RESNET := resources/examples/digits_resnet.codesign

shots: setup ## draw the pictures in docs/ anew; one line a picture
	$(SHOT) $(RESNET) docs/window-light.png --size 1920x1080 --theme light --select block2_conv2
	$(SHOT) $(RESNET) docs/window-dark.png --size 1920x1080 --theme dark --select block2_conv2
	$(SHOT) $(RESNET) docs/window-small.png --size 1366x768 --theme light --select block2_conv2
	$(SHOT) welcome docs/welcome.png --size 1366x768 --theme light

SIZE := lite

package: ## build the installers this system can build, into dist/; SIZE=full for the one with training
	@packaging/package.sh $(SIZE)

test-packages: ## try the .deb in dist/ on fresh Debian 12 and 13: install, self-test, open, upgrade, remove; as root
	@packaging/test_packages.sh

test-reproducible: ## build the .deb of the last commit twice and compare: they are the same, bit for bit; SIZE=full
	@packaging/test_reproducible.sh $(SIZE)

examples: setup-all ## train the example networks anew; a minute or two
	$(PYTHON_ENV)/python packaging/build_examples.py

setup: ## system libraries and .venv, as much as the studio needs
	@packaging/setup.sh base

setup-all: ## the same with training, the open flow and the tests
	@packaging/setup.sh all

clean: ## remove what tools leave behind; .venv stays
	rm -rf build dist *.egg-info .pytest_cache .hypothesis .mypy_cache .ruff_cache
	find app engine widgets resources tests -name __pycache__ -type d -prune -exec rm -rf {} +
