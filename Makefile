# Everything runs in .venv, which is made on first use and brought up to date when pyproject.toml changes.
VENV := .venv
RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check
PYTHON :=
ARGS :=
WORKERS := 2
TEST = $(RUN) -m pytest --numprocesses $(WORKERS) --dist loadfile

.PHONY: help report lab notebooks test quick check accuracy weights fast people pages clean

help:
	@echo "make report     measure the articles in data/ and write report/ (tables, charts, report.html)"
	@echo "make lab        open the notebooks in JupyterLab"
	@echo "make notebooks  run all notebooks again and save their outputs"
	@echo "make test       run the tests            (ARGS='-k quotations' picks some, WORKERS=4 runs four at once)"
	@echo "make quick      run those that take under a minute together"
	@echo "make check      run the linter and the type checker"
	@echo "make accuracy   score the toolkit on articles coded by hand (BENCH=folder of the scoring harness)"
	@echo "make weights    train the accurate tagger and all that is learnt after it (make weights says what to name)"
	@echo "make fast       train the fast tagger after it"
	@echo "make people     learn who the sources are anew (CODES=folder of coded articles ENGINE=fast or accurate)"
	@echo "make pages      learn the zones of pages (PAGES, APART=folders of labelled pages TEXTS=\"articles.jsonl.gz ...\")"
	@echo "make clean      remove .venv and report/"

report: $(VENV)/base
	@$(RUN) -m toolkit report data --out report

lab: $(VENV)/lab
	@$(RUN) -m jupyter lab --notebook-dir=notebooks

notebooks: $(VENV)/lab
	@$(RUN) notebooks/run.py

test: $(VENV)/test
	@$(TEST) $(ARGS)

quick: $(VENV)/test
	@$(TEST) -m "not slow" $(ARGS)

check: $(VENV)/test
	@$(RUN) -m ruff check .
	@$(RUN) -m mypy

accuracy: $(VENV)/test
	@test -n "$(BENCH)" || { echo "Name the folder of the scoring harness: make accuracy BENCH=DIR" >&2; exit 2; }
	@$(RUN) benchmarks/attribution.py --bench $(BENCH)

# Hours on two cores, at low priority. What comes between lies in build/; the seeds are fixed. Started again, it goes
# on where it was stopped. MOST=N labels only so many articles without codes, as varied as all. The teacher alone sees
# CODES, so that what is learnt from them afterwards bears with the tagger's slips.
TRAIN = PYTHONPATH=. $(RUN) training
CODED = $(foreach corpus,$(CORPUS),--corpus $(corpus))
PLAIN = $(foreach texts,$(TEXTS),--texts $(texts)) $(if $(MOST),--most $(MOST))
NAMED = test -n "$(CORPUS)" -a -n "$(CODES)" -a -n "$(TEXTS)" -a -n "$(MODEL)" -a -n "$(SMALL)" -a -n "$(BENCH)" || { \
  echo "Name them all: make $@ CORPUS=DIR CODES=DIR TEXTS=\"FILE.jsonl.gz ...\" MODEL=DIR SMALL=DIR BENCH=DIR" >&2; \
  exit 2; }
weights: $(VENV)/train
	@$(NAMED)
	@mkdir -p build
	test -e build/teacher/teacher.pt || $(TRAIN)/teacher.py $(CODED) --corpus $(CODES)/gold.jsonl \
	  --corpus $(CODES)/gold.jsonl --sources $(CODES)/polnear_sources.jsonl --model $(MODEL) --out build/teacher
	$(TRAIN)/soft.py $(PLAIN) --model $(MODEL) --teacher build/teacher/teacher.pt --out build/soft
	test -e build/first.onnx || $(TRAIN)/accurate.py $(CODED) --soft build/soft --model $(SMALL) --steps 900 \
	  --out build/first.onnx
	$(TRAIN)/soft.py $(PLAIN) --student build/first.onnx --out build/again
	test -e build/accurate.onnx || $(TRAIN)/accurate.py $(CODED) --inside $(CODES)/gold.jsonl \
	  --sources $(CODES)/polnear_sources.jsonl --soft build/again --model $(SMALL) --start build/first.onnx \
	  --passes 1 --rate .5 --steps 480 --out build/accurate.onnx
	$(TRAIN)/linker.py $(CODED) --corpus $(CODES)/gold.jsonl --weights build/accurate.onnx
	cp build/accurate.onnx toolkit/weights/accurate.onnx
	$(TRAIN)/people.py --codes $(CODES) --engine accurate
	$(TRAIN)/card.py --weights toolkit/weights/accurate.onnx --bench $(BENCH) --teacher build/teacher/teacher.pt --model $(MODEL)

# The fast tagger, taught by the same teacher and by itself.
STUDENT = $(TRAIN)/student.py $(CODED) --words $(SMALL) --all
fast: $(VENV)/train
	@$(NAMED)
	$(TRAIN)/soft.py $(PLAIN) --model $(MODEL) --teacher build/teacher/teacher.pt --out build/soft
	$(foreach seed,1 2,{ test -e build/student$(seed).npz || \
	  $(STUDENT) --soft build/soft --seed $(seed) --out build/student$(seed).npz; } &&) true
	$(TRAIN)/soft.py $(PLAIN) --student build/student1.npz --student build/student2.npz --before build/soft --out build/both
	$(STUDENT) --soft build/both --out build/tagger.npz
	$(TRAIN)/linker.py $(CODED) --corpus $(CODES)/gold.jsonl --weights build/tagger.npz
	cp build/tagger.npz toolkit/weights/tagger.npz
	$(TRAIN)/people.py --codes $(CODES) --engine fast
	$(TRAIN)/replies.py --wide $(CODES)
	$(TRAIN)/card.py --weights toolkit/weights/tagger.npz --bench $(BENCH)

# Learns who the sources are, after a tagger: make people CODES=DIR ENGINE=fast. Minutes; writes weights and card.
ENGINE := accurate
people: $(VENV)/train
	@test -n "$(CODES)" || { echo "Name the folder of coded articles: make people CODES=DIR" >&2; exit 2; }
	$(TRAIN)/people.py --codes $(CODES) $(if $(POLNEAR),--polnear $(POLNEAR)) --engine $(ENGINE)

# A few minutes on one core.
pages: $(VENV)/test
	@test -n "$(PAGES)" -a -n "$(APART)" -a -n "$(TEXTS)" || { \
	  echo "Name them all: make pages PAGES=DIR APART=DIR TEXTS=\"FILE.jsonl.gz ...\"" >&2; exit 2; }
	$(TRAIN)/pages.py --pages $(PAGES) --apart $(APART) --texts $(TEXTS)

clean:
	rm -rf $(VENV) report

# The first Python that is new enough makes the environment; PYTHON=/path/to/python names another.
$(RUN):
	@for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed and $$($(or $(PYTHON),python3) --version 2>/dev/null || echo none) was found:" \
	    "install one (https://www.python.org/downloads/) and run make again, or name it: make PYTHON=/path/to/python3." >&2; \
	  exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	  version=$$($$found -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "Python $$version is here without its venv module:" \
	    "run 'sudo apt-get install python$$version-venv' and then make again." >&2; \
	  exit 1; \
	fi; \
	$$found -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

# An empty file says which extras are installed, as of which pyproject.toml.
$(VENV)/base: pyproject.toml $(RUN)
	@echo "Installing the toolkit into $(VENV) (about a minute) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/lab: pyproject.toml $(RUN)
	@echo "Installing the toolkit and JupyterLab into $(VENV) (a minute or two) ..."
	@$(PIP) --editable '.[lab]'
	@touch $@ $(VENV)/base

$(VENV)/train: pyproject.toml $(RUN)
	@echo "Installing the toolkit and the training tools into $(VENV) (some minutes) ..."
	@$(PIP) --editable '.[train]'
	@touch $@ $(VENV)/base

$(VENV)/test: pyproject.toml $(RUN)
	@echo "Installing the toolkit, JupyterLab and the test tools into $(VENV) (a minute or two) ..."
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/lab $(VENV)/base
