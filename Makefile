# The newcomer's commands. Each needs only Python 3.11 or newer with pip; the rest is fetched, locked.
PYTHON ?= python3

.PHONY: demo demo-reset test bench check lock

demo:        ## everything on this machine, until Ctrl-C
	@$(PYTHON) bootstrap.py demo

demo-reset:  ## the same, from nothing
	@$(PYTHON) bootstrap.py demo --reset

test:        ## all that must hold before a change is taken
	@$(PYTHON) bootstrap.py test

bench:       ## build a large world and measure; make bench CASES=100000
	@$(PYTHON) bootstrap.py bench $(if $(CASES),--cases $(CASES))

check:       ## the configuration in your environment, one sentence per finding
	@$(PYTHON) bootstrap.py check

lock:        ## resolve the dependencies of pyproject.toml anew
	@$(PYTHON) bootstrap.py lock
