# Every target does its own set-up; nothing has to be run before it. PYTHON=… names an interpreter.
.PHONY: help run test check bench mutants screenshots manual-pictures lock notices clean
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
	@echo "make packages       làm gói cài đặt cho Linux và Windows vào dist/ (PACKAGES=--twice: làm hai lần, so từng byte)"
	@echo "make packages-check cài thử các gói trong hệ Debian sạch không mạng và trong Wine, ghi docs/packages.md"
	@echo "make wine-tests     chạy phép thử của nguồn như chương trình Windows trong Wine (WINE='--only domain ui-l-m': vài phần)"
	@echo "make stick DIR=…    đủ mọi thứ để cài từ một USB"
	@echo "make screenshots  chụp lại các hình trong README"
	@echo "make manual-pictures  chụp lại các hình của hướng dẫn trong chương trình"

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

# SHUFFLE=seed: the files, and the tests of each, in the order of that seed. CI takes another one with every commit;
# pytest's head shows it, so that an order that fails can be repeated.
SHUFFLE ?= $(if $(CI),$(shell git rev-list --count HEAD 2>/dev/null || echo 1))
shuffle = $(if $(SHUFFLE),--shuffle $(SHUFFLE))
# Apart, two files at a time, runs what measures times or is measured by them: keys at the speed of a scanner, typed
# letters that an input method puts together, lines made slow in a namespace of their own, thousands of lines; these
# wait more than they work. All else waits until something is so, in processes and folders of its own, side by side.
apart := $(addprefix tests/stories/test_,wedge.py input_method.py) tests/benchmarks/test_link.py \
	tests/faults/test_slow_lines.py tests/burst/test_load.py
test:
	@installer/set_up.sh test
	@$(MAKE) --no-print-directory -j2 check bytecode
	$(pytest) -n 4 --dist worksteal $(shuffle) $(addprefix --ignore=,$(apart)) $(PYTEST_ARGS)
	$(pytest) -n 2 --dist loadfile $(shuffle) $(apart) $(PYTEST_ARGS)

# Once, beside the checks, what every process of the tests would else compile for itself, or reckon: hypothesis's table
# of all characters takes four seconds. What is wrong shows later.
.PHONY: bytecode
bytecode:
	@$(bin)/python -m compileall -q desk_app >/dev/null 2>&1 || true
	@$(pytest) --collect-only -q >/dev/null 2>&1 || true
	@$(bin)/python -c 'from hypothesis import find, strategies; find(strategies.text(), bool)' >/dev/null 2>&1 || true

bench:
	@installer/set_up.sh terminal
	$(bin)/desk-app bench

mutants:
	@installer/set_up.sh test
	$(bin)/python tests/mutants.py $(MUTANTS)

manual-pictures:
	@installer/set_up.sh run
	$(bin)/python docs/screenshots/manual.py

screenshots:
	@installer/set_up.sh run
	$(bin)/python docs/screenshots/make.py

lock: requirements.lock requirements-test.lock requirements-packages.lock windows.lock

requirements.lock: extras := --extra build
requirements-test.lock: extras := --extra build --extra test
requirements-packages.lock: extras := --extra build --extra packages --constraint requirements.lock
requirements.lock requirements-test.lock requirements-packages.lock: pyproject.toml
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --quiet $(extras) --output-file $@
requirements-packages.lock windows.lock: requirements.lock
# The same versions as everywhere, for Windows and the Python that goes into its package.
windows.lock: pyproject.toml
	uv pip compile pyproject.toml --python-platform x86_64-pc-windows-msvc --python-version 3.13 --generate-hashes \
		--no-header --no-annotate --quiet --extra windows --constraint requirements.lock --output-file $@

# Python's own library for the Windows package, as Debian packs it (needs root, as `make packages` does).
.PHONY: lock-library
lock-library:
	@installer/set_up.sh packages
	$(make_packages)/python -m installer.windows.debian_library

# --- packages: PACKAGES='--only linux', PACKAGES=--twice, CHECK='--only windows' …
.PHONY: packages packages-check wine-tests stick
make_packages := build/packages/venv/bin
packages:
	@installer/set_up.sh packages
	$(make_packages)/python -m installer.make_packages $(PACKAGES)

packages-check:
	@installer/set_up.sh packages
	$(make_packages)/python -m installer.trials.check $(CHECK)

wine-tests:
	@installer/set_up.sh packages
	$(make_packages)/python -m installer.trials.wine_tests $(WINE)

# make stick DIR=/media/usb
stick:
	@installer/set_up.sh packages
	$(make_packages)/python -m installer.stick $(or $(DIR),$(error thiếu nơi để: make stick DIR=/đường/dẫn)) $(STICK)

notices:
	@installer/set_up.sh test
	$(bin)/python -m installer.notices

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
