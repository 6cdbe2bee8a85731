# Each target does all of its own set-up on a bare Debian 12 with Python 3.11 and make; see .ci/setup.sh.
PYTHON_IN = .venv/bin/python
.PHONY: demo test lint bench campaign audit mutants screenshots installer requirements sbom advisories clean

demo:            ## the desk, signed in to a sandbox portal with believable dossiers
	@.ci/setup.sh sandbox
	@$(PYTHON_IN) -m ui --demo

test:            ## style, types and all tests
	@.ci/setup.sh dev
	@.ci/test.sh

lint:            ## style, types and the rules of the architecture, with the list of long files and functions
	@.ci/setup.sh dev
	@$(PYTHON_IN) -m ruff check .
	@$(PYTHON_IN) -m mypy
	@$(PYTHON_IN) -m pytest -q -s -p no:randomly tests/architecture

bench:           ## figures on 100,000 dossiers; make bench LARGE=1 for 1,000,000
	@.ci/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN) -m tests.bench $(if $(LARGE),--large)

campaign:        ## random stories, clocks, SCHEDULES (100,000), MODELS (5,000), KILLS (10,000), power cuts (IMAGES, 100,000), planted bugs
	@.ci/setup.sh campaign
	@seed=$(or $(SEED),$$(date +%s)); echo "campaign: 5000 stories of 100 steps, 10000 clocks, seed $$seed"; \
	 MOTCUA_STORIES=5000 MOTCUA_STEPS=100 MOTCUA_CLOCKS=10000 $(PYTHON_IN) -m pytest -q -p no:randomly -n0 \
	 -o timeout=3600 --hypothesis-seed=$$seed tests/unit/test_money_stories.py tests/unit/test_clock_against_reference.py && \
	 $(PYTHON_IN) -m tests.simulation --seed $$seed --schedules $(or $(SCHEDULES),100000) --jobs 2 && \
	 $(PYTHON_IN) -m tests.simulation.models --seed $$seed --runs $(or $(MODELS),5000) --steps 100 --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.kills --seed $$seed --kills $(or $(KILLS),10000) --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.kills --seed $$seed --kills 300 --program --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.power_loss --seed $$seed --images $(or $(IMAGES),100000) --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.disk_full --seed $$seed --runs $(or $(DISKS),2000) --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.bytes_flipped --seed $$seed --runs $(or $(FLIPS),1000) --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.malformed --seed $$seed --runs $(or $(ANSWERS),3000) --jobs 4 && \
	 $(PYTHON_IN) -m tests.faults.wire --seed $$seed --cells --random $(or $(WIRES),10000) --jobs 4 && \
	 $(PYTHON_IN) -m tests.faults.api --seed $$seed --per-operation $(or $(EXAMPLES),2000) --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.races --seed $$seed --runs $(or $(RACES),10000) --jobs 2 && \
	 $(PYTHON_IN) -m tests.faults.load --seed $$seed && \
	 $(PYTHON_IN) -m tests.faults.mutants
	@$(PYTHON_IN) -m tests.faults.removals

audit:           ## desks, portal and citizens under faults drawn from your own seed: make audit SEED=n, under 10 minutes
	@.ci/setup.sh dev
	@$(PYTHON_IN) -m tests.simulation --seed $(or $(SEED),1) --schedules 500 --jobs 2

mutants:         ## planted bugs, each of which the harness must notice
	@.ci/setup.sh dev
	@$(PYTHON_IN) -m tests.faults.mutants

screenshots:     ## every screen and dialog as PNG, into out/screenshots
	@.ci/setup.sh dev
	@QT_QPA_PLATFORM=offscreen $(PYTHON_IN) -m tests.ui.screenshots out/screenshots
	@for scale in 1 1.25; do $(PYTHON_IN) -m tests.ui.dialog_pictures out/screenshots/dialogs $$scale || exit 1; done

installer:       ## the frozen program in dist/motcua, and its own check of itself
	@.ci/setup.sh dev
	@$(PYTHON_IN) -m PyInstaller --noconfirm --log-level WARN build_installer.spec
	@QT_QPA_PLATFORM=offscreen dist/motcua/motcua --self-check

requirements:    ## requirements/*.txt anew from pyproject.toml (needs uv)
	@.ci/lock.sh

sbom:            ## what the program is made of, as CycloneDX, into out/sbom.json; from the hash-locked requirements
	@.ci/setup.sh dev
	@mkdir -p out
	@$(PYTHON_IN) -m cyclonedx_py requirements requirements/runtime.txt --pyproject pyproject.toml \
	 --output-reproducible --of JSON -o out/sbom.json

advisories:      ## known holes of the parts it is made of; needs a network, and names what could not be asked about
	@.ci/setup.sh campaign
	@$(PYTHON_IN) -m pip_audit --disable-pip --require-hashes --progress-spinner off -r requirements/runtime.txt

clean:
	@rm -rf .venv build dist out .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
