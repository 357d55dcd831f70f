# The two commands of the README are `make run` and `make test`; `make help` lists the rest.

PYTHON ?= python3
DATA ?= ../shared/data
BIN := .venv/bin
CHECKED := documents index qa eval web training tests app.py

.PHONY: help run test check format embedder typing span-reader close-reader reranker reader clean

help:
	@echo "make run          install, index documents/articles, open the chat at http://127.0.0.1:7860"
	@echo "make test         install what tests need, run everything"
	@echo "make check        format, lint, types, layers"
	@echo "make format       rewrite the code in the project's format"
	@echo "make embedder     train models/embedder from DATA (default $(DATA))"
	@echo "make typing       count models/typing from DATA"
	@echo "make span-reader  train models/span_reader from DATA (after embedder; two to three hours)"
	@echo "make close-reader train models/close_reader from DATA (after embedder; a GPU for a quarter of an hour)"
	@echo "make reranker     train models/reranker from DATA (after span-reader and close-reader)"
	@echo "make reader       train models/reader from DATA (after reranker)"
	@echo "make clean        remove .venv and var"

run: .venv/run.stamp
	$(BIN)/python app.py

test: .venv/dev.stamp .venv/scale.stamp
	sh tests/install_browser.sh
	$(BIN)/python -m pytest -m "not browser"
	$(BIN)/python -m pytest -m browser  # apart: the browser's event loop stays in its process

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

embedder: .venv/run.stamp
	$(BIN)/python -m training.embedder --data $(DATA) --output models/embedder

typing: .venv/run.stamp
	$(BIN)/python -m training.typing_table --data $(DATA) --output models/typing

span-reader: .venv/run.stamp
	$(BIN)/python -m training.span_reader --data $(DATA) --output models/span_reader

close-reader: .venv/dev.stamp
	$(BIN)/python -m training.close_reader --data $(DATA) --output models/close_reader --workers 8

reranker: .venv/dev.stamp
	$(BIN)/python -m training.reranker --data $(DATA) --output models/reranker

reader: .venv/run.stamp
	$(BIN)/python -m training.reader --data $(DATA) --output models/reader

clean:
	rm -rf .venv var

.venv/run.stamp: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements-dev.txt
	touch $@

.venv/scale.stamp: requirements-scale.txt .venv/run.stamp
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --requirement requirements-scale.txt
	touch $@
