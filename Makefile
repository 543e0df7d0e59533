# Everything sets itself up: `make demo` and `make test` work in a fresh clone with git, make and Python 3.11 to 3.13.
# PYTHON=python3.12 chooses the Python; ARGS="..." is handed to the command.

BIN := .venv/bin
READY := .venv/.ready
ARGS ?=
# What the guest does without: importing Qt takes half a minute there.
LEAN := -p no:cacheprovider -p no:pytest-qt -p no:xdist -o addopts=--import-mode=importlib
export PYTHON

.PHONY: help demo test guest check format wheel bench recordings sensor-docs exercise-docs screenshots clean

help:
	@echo "make demo        the main job: a virtual sensor, live, recorded; in the window where there is a screen"
	@echo "make test        the tests"
	@echo "make guest       the tests over Linux' own Bluetooth, in an emulated machine (about two minutes)"
	@echo "make check       ruff, formatting, types"
	@echo "make format      put the code into shape"
	@echo "make wheel       dist/hiplevel-*.whl"
	@echo "make bench       speed, and with DATA=folder accuracy on real recordings"
	@echo "make recordings  make the sample sessions in recordings/ again"
	@echo "make sensor-docs write docs/sensors.md and the tables of the reference profile again"
	@echo "make exercise-docs  draw the exercises and write docs/exercises.md again"
	@echo "make screenshots the pictures of the window in docs/images (ARGS=\"--all --out FOLDER\": every state)"
	@echo "make clean       remove what was built, and .venv"

$(READY): pyproject.toml scripts/set-up scripts/find-python scripts/system-libs
	@scripts/set-up
	@touch $@

demo: $(READY)
	@$(BIN)/hiplevel demo --gui $(ARGS)

# A file is one core's, so that what its tests share is made once.
test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

guest: $(READY)
	scripts/bluez-guest/run $(BIN)/python -m pytest $(LEAN) tests/guest $(ARGS)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: $(READY)
	rm -rf dist
	$(BIN)/python -m build --wheel --outdir dist .

bench: $(READY)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/gui.py
	$(if $(DATA),$(BIN)/python benchmarks/accuracy.py --data $(DATA),@echo "accuracy: make bench DATA=folder")

recordings: $(READY)
	$(BIN)/python scripts/make_recordings.py $(ARGS)

sensor-docs: $(READY)
	$(BIN)/python scripts/make_sensor_docs.py

exercise-docs: $(READY)
	$(BIN)/python scripts/draw_exercises.py
	$(BIN)/python scripts/make_exercise_docs.py

screenshots: $(READY)
	$(BIN)/python scripts/screenshots.py $(ARGS)
	$(BIN)/python scripts/make_report_images.py

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
