# Everything is built below build/. `make help` lists the targets.
CC      ?= gcc
B       := build
PREFIX  ?= /usr/local
VERSION := 0.1.0

PKGS    := lua5.4 yaml-0.1 sqlite3 jansson libedit libmd libseccomp
# What draws is not linked but opened with the first picture (core/diagram/libraries.c).
DRAWING := libgvc cairo harfbuzz-subset fontconfig
OPENED  := fontconfig harfbuzz harfbuzz-subset cairo cgraph gvc
CFLAGS  ?= -O2 -g
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Werror
ALL_C   := -std=c17 -D_GNU_SOURCE -DMN_VERSION='"$(VERSION)"' -Icore -I$(B)/gen $(WARN) -fPIE \
           $(shell pkg-config --cflags $(PKGS) $(DRAWING) 2>/dev/null)
LIBS    := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lunistring -lm
ASAN    := -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined

ROOMS   := base model analysis diagram runbook script incident cli
SRC     := $(foreach r,$(ROOMS),$(sort $(wildcard core/$(r)/*.c)))
LUALIB  := $(sort $(wildcard lua/metronet/*.lua))
STARTS  := $(sort $(wildcard lua/new/*.lua))
VIEWER  := $(sort $(wildcard core/diagram/viewer/*))
OFFLINE := $(sort $(wildcard core/incident/offline/*))
OBJ     := $(SRC:%.c=$(B)/%.o) $(B)/gen/library.o $(B)/gen/viewer.o $(B)/gen/offline.o $(B)/gen/templates.o
LIB     := $(B)/libmetronet.a
TESTS   := $(patsubst tests/%.c,$(B)/tests/%,\
           $(wildcard tests/unit/test_*.c tests/property/test_*.c tests/browser/*.c tests/bench/*.c))

.PHONY: all help test unit golden golden-update lint format asan bench fault fuzz mutation demo install clean setup
all: $(B)/metronet

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

$(B)/metronet: $(B)/core/cli/main.o $(LIB)
	@echo "link $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -pie $^ -o $@ $(LIBS)

$(LIB): $(filter-out $(B)/core/cli/main.o,$(OBJ))
	@rm -f $@
	@ar rcs $@ $^

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(ALL_C) $(CFLAGS) -MMD -MP -c $< -o $@

$(B)/gen/library.c: core/make/embed $(LUALIB)
	@mkdir -p $(@D)
	core/make/embed mn_library lua $(LUALIB) > $@.new && mv $@.new $@

$(B)/gen/templates.c: core/make/embed $(STARTS)
	@mkdir -p $(@D)
	core/make/embed mn_templates lua $(STARTS) > $@.new && mv $@.new $@

$(B)/gen/viewer.c: core/make/embed $(VIEWER)
	@mkdir -p $(@D)
	core/make/embed mn_viewer core/diagram/viewer $(VIEWER) > $@.new && mv $@.new $@

$(B)/gen/offline.c: core/make/embed $(OFFLINE)
	@mkdir -p $(@D)
	core/make/embed mn_offline_files core/incident/offline $(OFFLINE) > $@.new && mv $@.new $@

$(B)/gen/sonames.h: core/make/sonames
	@mkdir -p $(@D)
	CC="$(CC)" core/make/sonames $(OPENED) > $@.new && mv $@.new $@

$(B)/core/diagram/libraries.o: $(B)/gen/sonames.h

$(B)/gen/%.o: $(B)/gen/%.c
	@$(CC) $(ALL_C) $(CFLAGS) -c $< -o $@

$(B)/tests/%: tests/%.c $(LIB)
	@mkdir -p $(@D)
	@echo "cc $<"
	@$(CC) $(ALL_C) -Itests $(CFLAGS) $(LDFLAGS) -MMD -MP $< $(LIB) -o $@ $(LIBS) -lcmocka

# It listens to Graphviz's warnings, which the program does not.
$(B)/tests/browser/draw_all: LIBS += $(shell pkg-config --libs libcgraph 2>/dev/null)

setup: ## install the Debian packages that are missing (NO_INSTALL=1 only lists them)
	@core/make/setup build test

demo: ## the main job on the real city: check, draw, walk a runbook, write the report
	@core/make/setup build
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@core/make/demo

test: ## every test
	@core/make/setup build test
	@$(MAKE) --no-print-directory -j$$(nproc) all $(TESTS)
	@tests/run

unit: $(B)/metronet $(TESTS) ## the unit and golden tests, without set-up
	@tests/run unit golden

golden: $(B)/metronet ## the golden tests
	@tests/run golden

golden-update: $(B)/metronet ## write the golden tests anew; read the diff
	@UPDATE=1 tests/golden/run

lint: ## format, cppcheck, luacheck, room boundaries, languages
	@core/make/setup build test
	@tests/lint/run

format: ## format all C
	clang-format -i $(shell git ls-files 'core/*.[ch]' 'tests/*.[ch]')

asan: ## the tests under address and undefined-behaviour sanitizers
	@core/make/setup build test
	@$(MAKE) --no-print-directory B=build/asan CFLAGS="-O1 -g $(ASAN)" LDFLAGS="$(ASAN)" asan-tests

.PHONY: asan-tests
asan-tests: $(B)/metronet $(TESTS)
	@LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lint/libraries.supp:print_suppressions=0 \
	    BUILD=$(B) tests/run unit golden property

bench: $(B)/metronet $(filter $(B)/tests/bench/%,$(TESTS)) ## figures, as ratios to a peer or a limit in the same run
	@core/make/setup build test bench
	@tests/bench/run

fault: $(B)/metronet ## kill -9 at 1,000 random instants, and at every system call of a short walk
	@core/make/setup build test
	KILLS=1000 tests/fault/test_kill
	STRIDE=1 ALL_STRIDE=1 tests/fault/test_fault_at

fuzz: ## fuzz the model loader (FUZZ_SECONDS=60)
	@core/make/setup build test
	@tests/fuzz/run

mutation: $(B)/metronet $(TESTS) ## small mistakes in our runbooks and models: how many are noticed (MUTANTS=200)
	@core/make/setup build test
	@tests/mutation/run

install: $(B)/metronet ## install below DESTDIR and PREFIX
	@core/make/install "$(DESTDIR)$(PREFIX)"

clean: ## remove what was built
	rm -rf build

-include $(OBJ:.o=.d) $(TESTS:=.d)
