.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SEEDS := seeds
INDEX := index

# Read by pip itself, so that build tools in isolated environments are pinned as well.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

DATA := ../shared/data/reader
FOLLOW_UPS := ../shared/data/followups
READER := src/summitqa/models/weights/reader
HELD_OUT := squad1_train_sample squad2_dev_16_articles squadshifts_new_wiki squadshifts_amazon_reviews squadshifts_reddit qamr_wikinews qamr_wikipedia

# Own question sets in eval/fitting: those the span model is trained on, and those that ranking and confidence are fitted on.
READ := encyclopedia almanac reviews manuals dispatch casebook companies gazetteer records consumer culture frontier \
	workshop harvest campus ledger heritage deskline civics boardroom arena naturalia atlas annals outpost lyceum wire \
	metropolis grid chamber summit tribune marketplace chronicles dossier meridian observer statute infirmary dateline \
	masthead telegraph examiner standardpost register bureau tidings advance patriot mirror inquirer monitor beacon courant \
	argus chronotype clarion envoy journeyman \
	sentry packet almshouse gleaner recorder foundry planetpost messenger museum intelligencer citizen treasury \
	chroniclepost standardbearer voyager laboratory echo observances sentrypost signalpost chancery bulwark counsel \
	harbinger meteor quartermaster tribuneweek vanguard beaconpost caretaker dispensary parish podium wanderer yearbook \
	savant archivist workbench registrar
QUESTIONS := eval/fitting/public.jsonl
FITTED := rulebook science handbook chronicle bulletin courier despatch globeline ledgerline \
	heraldist guild clinic lantern household infodesk
# What the shipped reader was exported from, at full precision; build/tuned/reader after tune-reader.
EXPORTED ?= build/distil/reader
# What distil-reader keeps of the twelve heads and 1,536 neurons of each layer, see summitqa.training.sensitivity; the
# shipped reader has no more, so nothing is removed from it.
HEADS := 10 12 11 10 10 7
NEURONS := 1152 1280 1024 640 320 96
# The share of each source's pairs that tune-reader draws.
TUNED_ON := public_questions=0.7 authored=0.25 squad2=0.12 squad=0.06 qamr=0.05 synthetic=0.15 tatqa=0.5
# Folder of all-mpnet-base-v2, the teacher; only distil-reader needs it.
TEACHER ?= build/all-mpnet-base-v2

.PHONY: help serve index test browser bench transcripts eval eval-table train-reader distil-reader tune-reader train-resolver calibrate-reader format lint types imports tests clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

# The stamps are written last, so an install that broke off is repeated.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "summitqa needs Python 3.11 or newer; name one: make PYTHON=python3.12 serve")'
	@echo "Setting up $(VENV) (once; torch and its companions are about 1 GB) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

serve: $(VENV)/.installed ## Set up, index seeds/, serve API and page on http://127.0.0.1:8000
	@$(BIN)/summitqa serve --source $(SEEDS) --index $(INDEX)

index: $(VENV)/.installed ## Build or update the index of seeds/
	@$(BIN)/summitqa index $(SEEDS) --index $(INDEX)

test: format lint types imports tests eval ## Set up, then run every check, as CI does

format: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

imports: $(VENV)/.installed-dev
	$(BIN)/lint-imports

browser: ## Install chromium for the tests of the web page, where that is possible (root on Debian)
	@tests/browser/install.sh

tests: $(VENV)/.installed-dev browser
	$(BIN)/pytest

eval: $(VENV)/.installed ## Measure the answers to all gold questions, check the gates; report in build/eval/
	@$(BIN)/summitqa eval --suite eval/suite.toml --thresholds eval/thresholds.toml --index-cache build/eval-index --report build/eval
	@$(BIN)/python -m summitqa.evaluation.readme --check build/eval/report.json README.md eval/README.md

eval-table: $(VENV)/.installed ## Bring the tables of README.md and eval/README.md up to date with the last make eval
	@$(BIN)/python -m summitqa.evaluation.readme build/eval/report.json README.md eval/README.md

bench: $(VENV)/.installed-dev ## Measure speed and memory; prints a table, writes build/bench.json
	@$(BIN)/python -m summitqa.evaluation.bench

transcripts: $(VENV)/.installed-dev index ## Write docs/conversations.md and README's excerpts anew by asking the article
	@$(BIN)/python docs/transcripts.py --index $(INDEX)

train-reader: $(VENV)/.installed ## Go on training the shipped reader on $(DATA) and on own sets, export it; hours on two cores, can be resumed
	$(BIN)/python -m summitqa.training.reader --data $(DATA) --out build/reader --rate 1.2e-4 --passes 2 --frozen-layers 2 --start $(READER) \
		--share 0.1 --squad2-share 0.25 --authored $(READ:%=eval/fitting/%)
	$(BIN)/python -m summitqa.training.average --model build/reader --start $(READER) --out build/reader-averaged --share 0.85
	$(BIN)/python -m summitqa.training.export_reader --data $(DATA) --model build/reader-averaged --authored $(READ:%=eval/fitting/%)

build/distil/windows.npz: $(READ:%=eval/fitting/%/gold.jsonl) $(FITTED:%=eval/fitting/%/gold.jsonl) $(QUESTIONS) | $(VENV)/.installed
	$(BIN)/python -m summitqa.training.distill_data --data $(DATA) --authored $(READ:%=eval/fitting/%) --questions $(QUESTIONS) \
		--held-out $(FITTED:%=eval/fitting/%) --out $@

DISTILLED = --windows build/distil/windows.npz --vocabulary build/distil/start
EXPORT = $(BIN)/python -m summitqa.training.export_reader --data $(DATA) --authored $(READ:%=eval/fitting/%) --questions $(QUESTIONS)

distil-reader: build/distil/windows.npz ## Go on with the shipped reader, taught by the larger model in TEACHER=folder; fifteen minutes on a GPU, days without
	$(BIN)/python -m summitqa.training.warm_start --out build/distil/start
	$(BIN)/python -m summitqa.training.prune --model build/distil/start --windows $< --heads $(HEADS) --feed-forward $(NEURONS) --out build/distil/narrow
	$(BIN)/python -m summitqa.training.distill teach $(DISTILLED) --model $(TEACHER) --budget 42000 --rate 8e-5 --minutes 3.3 --out build/distil/teacher
	$(BIN)/python -m summitqa.training.distill learn $(DISTILLED) --model build/distil/narrow --scores build/distil/teacher/scores.pt \
		--keep qamr=0.5 --budget 42000 --rate 6e-4 --passes 5 --minutes 5.2 --seed 41 --out build/distil/reader
	$(EXPORT) --model build/distil/reader

tune-reader: build/distil/windows.npz ## Go on with the shipped reader on more of our own questions, its former self as second teacher; 36 minutes on two cores
	$(BIN)/python -m summitqa.training.warm_start --out build/distil/start
	$(BIN)/python -m summitqa.training.distill tune $(DISTILLED) --model build/distil/start --teacher build/distil/start \
		--keep $(TUNED_ON) --minutes 36 --budget 6000 --seed 31 --out build/tuned/reader
	$(EXPORT) --model build/tuned/reader

train-resolver: $(VENV)/.installed ## Train the model that writes follow-ups out on $(FOLLOW_UPS), export and measure it; ten minutes on two cores
	$(BIN)/python -m summitqa.training.resolver --data $(FOLLOW_UPS) --out build/resolver
	$(BIN)/python -m summitqa.training.export_resolver --data $(FOLLOW_UPS) --model build/resolver
	$(BIN)/python -m summitqa.training.measure_resolver --data $(FOLLOW_UPS) --suite eval/suite.toml

calibrate-reader: $(VENV)/.installed ## Fit ranking and confidence of the shipped reader, measure it, write its model card
	$(BIN)/python -m summitqa.training.ranking $(HELD_OUT:%=$(DATA)/%.json) --questions 45 --gold eval/gold.jsonl seeds \
		$(foreach corpus,newsroom support gazette,--gold eval/corpora/$(corpus)/gold.jsonl eval/corpora/$(corpus)/docs) \
		--authored $(FITTED:%=eval/fitting/%)
	$(BIN)/python -m summitqa.training.measure_reader --data $(DATA) $(if $(wildcard $(EXPORTED)/model.safetensors),--model $(EXPORTED))
	$(MAKE) eval
	$(BIN)/python -m summitqa.training.model_card --report build/eval/report.json

clean: ## Remove the environment, caches and the index
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build
	find $(INDEX) -mindepth 1 ! -name README.md -delete
