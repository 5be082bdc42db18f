# Every target does its own set-up; nothing has to be run before it. PYTHON=… names an interpreter.
.PHONY: help run test check bench mutants screenshots lock notices clean
bin := .venv/bin
pytest := $(bin)/python -m pytest
# Where the machine forbids to keep bytecode, every process would compile the program and its tests anew.
unexport PYTHONDONTWRITEBYTECODE

help:
	@echo "make run     mở chương trình (không có màn hình: chạy thử trong cửa sổ lệnh)"
	@echo "make test    kiểm tra mã và chạy mọi phép thử"
	@echo "make check   chỉ kiểm tra mã: ruff, mypy, import-linter"
	@echo "make bench   đo tốc độ"
	@echo "make mutants đo độ chặt của phép thử quy tắc: sửa sai 70 chỗ, phép thử phải thấy (MUTANTS='--seed 1' lặp lại)"
	@echo "make lock    lập lại các tệp khóa phiên bản (cần uv)"
	@echo "make notices lập lại docs/notices.md theo khóa (cần mạng, tải khoảng 230 MB)"
	@echo "make screenshots  chụp lại các hình trong README"

ifneq ($(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin,$(shell uname -s))),)
run:
	@installer/set_up.sh run
	$(bin)/python main.py --demo
else
run:
	@installer/set_up.sh terminal
	@installer/no_screen.sh
endif

check:
	@installer/set_up.sh test
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports

# What runs in memory or in processes of its own runs side by side; real windows, kills of servers and crowds run alone.
# SHUFFLE=seed: the files, and the tests of each, in the order of that seed.
shuffle := $(if $(SHUFFLE),--shuffle $(SHUFFLE))
terminals := $(addprefix tests/stories/test_,terminal.py terminal_refusals.py district_terminal.py \
	two_desks_terminal.py due_on_a_day_off.py no_screen.py printing.py)
processes := $(addprefix tests/faults/test_,damage.py disk_full.py district_hostile.py draft_kill.py kill.py machine.py \
	one_fsync.py restored.py sync_cut.py sync_disk_full.py sync_hostile.py sync_machine.py sync_secrets.py told_years.py)
side_by_side := tests/unit tests/contracts tests/sync tests/ui $(wildcard tests/test_*.py) $(terminals) $(processes)
test: check
	$(pytest) -n 3 --dist worksteal $(shuffle) $(side_by_side) $(PYTEST_ARGS)
	$(pytest) $(shuffle) $(addprefix --ignore=,$(side_by_side)) $(PYTEST_ARGS)

bench:
	@installer/set_up.sh terminal
	$(bin)/desk-app bench

mutants:
	@installer/set_up.sh test
	$(bin)/python tests/mutants.py $(MUTANTS)

screenshots:
	@installer/set_up.sh run
	$(bin)/python docs/screenshots/make.py

lock: requirements.lock requirements-test.lock

requirements.lock: extras := --extra build
requirements-test.lock: extras := --extra build --extra test
requirements.lock requirements-test.lock: pyproject.toml
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet $(extras) --output-file $@

notices:
	@installer/set_up.sh test
	$(bin)/python -m installer.notices

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
