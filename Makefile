# Stancekit. `make help` lists the targets; `make demo` and `make test` need nothing else.
VERSION := $(shell sed -n 's/^.define STANCE_VERSION "\(.*\)"/\1/p' stance/stance.h)
SOVERSION := 0
MAN_DATE := $(shell sed -n 's/.*man_date\[\] = "\(.*\)".*/\1/p' cli/help_man.c)
PREFIX ?= /usr/local
DESTDIR ?=
CONFIG ?= release
PKG_CONFIG ?= pkg-config
CFLAGS ?= $(if $(filter sanitize,$(CONFIG)),-O1,-O2) -g1
CXXFLAGS ?= -O2 -g
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
SAY := @$(if $(filter 1,$(QUIET)),:,echo)
# All cores, unless make was told how many.
JOBS = $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))
comma := ,

# CONFIG=release builds in build/; CONFIG=sanitize (AddressSanitizer, UndefinedBehaviorSanitizer) in build/sanitize/, CONFIG=coverage
# (counts what tests reach) in build/coverage/.
B := build$(if $(filter-out release,$(CONFIG)),/$(CONFIG))
accepted = $(shell $(CC) -Werror $(1) -x c -c /dev/null -o /dev/null 2>/dev/null && echo "$(1)")
ifeq ($(CONFIG),sanitize)
# What UBSan tells of a fault takes 57,000 globals, which AddressSanitizer registers at each start: the checks trap instead, and AddressSanitizer prints
# file and line (handle_sigill=1). `make CONFIG=sanitize UBSAN_TRAP=` is for the name of the check.
UBSAN_TRAP ?= -fsanitize-undefined-trap-on-error
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined $(call accepted,$(UBSAN_TRAP)) -fno-omit-frame-pointer
# The tests start the program some thousand times: at a fixed address, with the sanitizers' code inside, a start takes two thirds of the time.
PROGRAM_LINK := -no-pie $(call accepted,-static-libasan) $(call accepted,-static-libubsan)
else ifeq ($(CONFIG),coverage)
SANITIZE := --coverage -O0
else ifeq ($(CONFIG),fuzz)
SANITIZE := -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined -fno-omit-frame-pointer
else ifeq ($(CONFIG),threads)
SANITIZE := -fsanitize=thread -fno-omit-frame-pointer
else
# Hardening: what the compiler has of it. FORTIFY_SOURCE needs optimisation.
HARDENING := $(call accepted,-fstack-protector-strong) $(call accepted,-fcf-protection=full) \
  $(if $(filter -O1 -O2 -O3 -Os,$(CFLAGS)),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
HARDENED_LINK := -Wl,-z,relro,-z,now
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes $(if $(WERROR),-Werror)
PACKAGES := libpcre2-8 libcjson libutf8proc libxxhash
TOOL_PACKAGES := ncursesw zlib libzstd libxml-2.0 libarchive gumbo libmicrohttpd sqlite3 gnutls
ALL_CPPFLAGS = -D_GNU_SOURCE -I. $(PACKAGE_CFLAGS) -DSTANCE_DATADIR='"$(PREFIX)/share/stancekit"' $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARNINGS) $(HARDENING) $(CFLAGS) $(SANITIZE) -fvisibility=hidden -fPIC -pthread
ALL_LDFLAGS = $(SANITIZE) -Wl,--as-needed $(HARDENED_LINK) $(LDFLAGS)
PACKAGE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) $(TOOL_PACKAGES) 2>/dev/null)
LIBRARY_LIBS := $(shell $(PKG_CONFIG) --libs libpcre2-8 libcjson libutf8proc 2>/dev/null) -lm -pthread
PROGRAM_LIBS := -lsvm -llinear -lnats -lcld2_full -lcld2 $(shell $(PKG_CONFIG) --libs $(TOOL_PACKAGES) 2>/dev/null) $(LIBRARY_LIBS)

# Libraries that few commands need are loaded when the first of their functions is called (cli/delay.sh): less than half of the instructions of
# a short run. On other processors, and where an analysis wants to see them, they are linked.
DELAYED := $(if $(filter release,$(CONFIG)),$(if $(filter x86_64-%,$(shell $(CC) -dumpmachine)),svm linear nats cld2 archive xml2 microhttpd gnutls sqlite3 zstd z))
STANCE_LIBS := $(if $(DELAYED),$(filter-out -lcld2_full $(addprefix -l,$(DELAYED)),$(PROGRAM_LIBS)),$(PROGRAM_LIBS))

ROOMS := stance input annotate train classify cli
# A room is a folder and the folders in it.
objects = $(patsubst %.c,$(B)/obj/%.o,$(filter-out cli/main.c,$(wildcard $(1)/*.c $(1)/*/*.c))) $(patsubst %.cc,$(B)/obj/%.o,$(wildcard $(1)/*.cc))
ARCHIVES := $(B)/libcli.a $(B)/libannotate.a $(B)/libtrain.a $(B)/libclassify.a $(B)/libinput.a $(B)/libstance.a
LIBRARY := $(B)/libstance.so.$(VERSION)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

MODEL := $(B)/default.model
ACTORS := $(B)/actors.compiled
SENTENCES := $(B)/sentences.jsonl
CORPUS := $(wildcard corpora/international/gold.jsonl corpora/kinds/gold.jsonl corpora/contrasts/gold.jsonl corpora/constructions/gold.jsonl) $(SENTENCES)
SAMPLE := corpora/articles/2022-05-03-mali-tears-up-defence-pacts.txt

# What apt calls the packages that the build, the tests and the demo need.
APT_PACKAGES := gcc g++ make pkg-config libc6-dev libsvm-dev liblinear-dev libpcre2-dev libcjson-dev \
  libutf8proc-dev libxxhash-dev libncurses-dev zlib1g-dev libzstd-dev libxml2-dev libarchive-dev libgumbo-dev \
  libmicrohttpd-dev libgnutls28-dev libsqlite3-dev libnats-dev libcld2-dev lowdown
TEST_PACKAGES := libcriterion-dev libsvm-tools tmux zstd chromium chromium-driver python3 binutils nats-server \
  python3-cffi python3-networkx python3-pandas python3-pytest python3-setuptools python3-wheel r-base-core r-cran-data.table \
  r-cran-readr mandoc zsh fish
LINT_PACKAGES := clang-tidy cppcheck pmccabe
COVERAGE_PACKAGES := gcovr
SERVICE_PACKAGES := nats-server rabbitmq-server amqp-tools python3-pika strace debhelper dh-python dpkg-dev lintian python3-all munge slurm-wlm
BENCH_PACKAGES := fasttext python3-sklearn libsvm-tools liblinear-tools

.PHONY: fuzz test-threads test-faults test-power test-kills soak all program lint lint-quick coverage test test-services unit-tests demo bench html-bench intervals quality deps have-deps have-test-deps install uninstall dist clean help
.DELETE_ON_ERROR:
.SECONDARY:

all: program $(ACTORS) $(MODEL) ## the program, the library, the man page, the compiled actors and the default model (the default)

program: $(B)/stance $(LIBRARY) $(B)/man/stance.1 $(B)/man/stance-formats.5 $(B)/completions/stance

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@echo "Variables: PREFIX DESTDIR CC CFLAGS LDFLAGS V=1 WERROR=1 CONFIG=sanitize (into build/sanitize/)"

# ---- packages: installed by name, and only when something is missing ------------------------------------

deps: ## install the missing Debian packages (asks for sudo only if you are not root)
	@tests/deps.sh $(APT_PACKAGES) $(TEST_PACKAGES)

have-deps:
	@tests/deps.sh --probe "$(CC)" $(APT_PACKAGES)

have-test-deps:
	@tests/deps.sh --probe-tests "$(CC)" $(APT_PACKAGES) $(TEST_PACKAGES)

# ---- the two commands -----------------------------------------------------------------------------------

# They call make again, so that what was just installed is found.
demo: have-deps ## train the default model and score the sample article
	@echo "building stance and training its default model (a minute on two cores) ..."
	@$(MAKE) --no-print-directory $(JOBS) QUIET=1 all
	$(B)/stance classify --progress never $(SAMPLE)

test: have-test-deps ## all tests: Criterion, and goldens of the command line
	@$(MAKE) --no-print-directory $(JOBS) all unit-tests
	@tests/run $(B) $(T)

test-services: have-test-deps ## the long tests beside real servers: NATS with kills, RabbitMQ (minutes; docs/reliability.md)
	@tests/deps.sh $(SERVICE_PACKAGES)
	@$(MAKE) --no-print-directory $(JOBS) all
	@tests/services/run $(B) $(T)

WORD_LISTS := name-words.inc reference-words.inc word-classes.inc sentence-words.inc

# Lists of words become items of C arrays (corpora/lexicon/words.awk): the library needs no file of them.
ALL_CPPFLAGS += -I$(B)/gen
$(B)/gen/name-words.inc: PREFIX_OF_CLASSES := STANCE_NAME_
$(B)/gen/reference-words.inc: PREFIX_OF_CLASSES := STANCE_REFERENCE_
$(B)/gen/word-classes.inc: PREFIX_OF_CLASSES := STANCE_CLASS_
$(B)/gen/sentence-words.inc: PREFIX_OF_CLASSES := STANCE_STOP_ -v longest=14
$(B)/gen/%.inc: corpora/lexicon/%.tsv corpora/lexicon/words.awk
	@mkdir -p $(@D)
	$(Q)awk -v prefix=$(PREFIX_OF_CLASSES) -f corpora/lexicon/words.awk $< > $@

$(B)/obj/stance/actors/name_words.o: $(B)/gen/name-words.inc
$(B)/obj/stance/actors/reference_words.o: $(B)/gen/reference-words.inc
$(B)/obj/stance/events/word_class.o: $(B)/gen/word-classes.inc
$(B)/obj/stance/text/abbreviation.o: $(B)/gen/sentence-words.inc

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(SAY) "CC  $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

# CLD2 is C++; nothing else is.
$(B)/obj/%.o: %.cc
	@mkdir -p $(@D)
	$(SAY) "CXX $<"
	$(Q)$(CXX) $(ALL_CPPFLAGS) -std=c++11 -Wall -Wextra $(if $(WERROR),-Werror) $(SANITIZE) $(CXXFLAGS) -fno-exceptions -fno-rtti -fvisibility=hidden -fPIC -MMD -MP -c $< -o $@

# The assembler takes the page's files in as they are; the compiler does not tell make about them.
$(B)/obj/annotate/web/assets.o: $(wildcard annotate/web/page/*)

define archive_rule
$(B)/lib$(1).a: $(call objects,$(1))
	$$(SAY) "AR  $$@"
	$$(Q)rm -f $$@ && $$(AR) qcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call archive_rule,$(room))))

$(B)/stance: $(B)/obj/cli/main.o $(ARCHIVES) $(if $(DELAYED),$(B)/obj/delay.o)
	$(SAY) "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(PROGRAM_LINK) -o $@ $< $(if $(DELAYED),$(B)/obj/delay.o) $(ARCHIVES) $(STANCE_LIBS)
	$(Q)ln -sfn $(CURDIR)/corpora/actors $(B)/actors && ln -sfn $(CURDIR)/corpora/codebooks $(B)/codebooks && ln -sfn $(CURDIR)/corpora/lexicon $(B)/lexicon && ln -sfn $(CURDIR)/corpora/vectors $(B)/vectors

$(B)/obj/delay.o: cli/delay.sh Makefile $(B)/obj/cli/main.o $(ARCHIVES)
	$(Q)cli/delay.sh "$(CC)" "$(DELAYED)" $(B)/obj/cli/main.o $(ARCHIVES) > $(@:.o=.s) && $(CC) -c -o $@ $(@:.o=.s)

# What packagers ask for dependencies beside the program (debian/rules).
$(B)/delayed.so: $(B)/obj/delay.o
	$(Q)sed -n 's/^name\([0-9]*\):.*"\(.*\)"/extern char \2; void *used\1 = \&\2;/p' $(<:.o=.s) | $(CC) -shared -fPIC -x c - -o $@ $(PROGRAM_LIBS)

$(LIBRARY): $(call objects,stance)
	$(SAY) "LD  $@"
	$(Q)$(CC) -shared -Wl,-soname,libstance.so.$(SOVERSION) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARY_LIBS)
	$(Q)ln -sf $(@F) $(B)/libstance.so.$(SOVERSION) && ln -sf $(@F) $(B)/libstance.so

# One page a command, named in the table of commands; so are the completions.
$(B)/man/stance.1: $(B)/stance
	@mkdir -p $(@D)
	$(Q)$(B)/stance --help=man > $@
	$(Q)$(B)/stance --help=commands | while read -r command; do \
	  $(B)/stance --help=man $$command > $(@D)/stance-$$(echo $$command | tr ' ' -).1 || exit 1; done

$(B)/man/stance-formats.5: docs/formats.md docs/formats.awk cli/help_man.c stance/stance.h
	@mkdir -p $(@D)
	$(Q)lowdown -s -Tman docs/formats.md | awk -v version=$(VERSION) -v date=$(MAN_DATE) -f docs/formats.awk > $@

$(B)/completions/stance: $(B)/stance
	@mkdir -p $(@D)
	$(Q)$(B)/stance --help=bash > $@ && $(B)/stance --help=zsh > $(@D)/_stance && $(B)/stance --help=fish > $(@D)/stance.fish

$(B)/tests/%: $(B)/obj/tests/unit/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	$(SAY) "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(PROGRAM_LINK) -o $@ $< $(ARCHIVES) -lcriterion $(PROGRAM_LIBS)

# The fuzz targets without libFuzzer (tests/fuzz/mutate.c).
$(B)/tests/mutate: $(patsubst %.c,$(B)/obj/%.o,$(wildcard tests/fuzz/*.c)) $(ARCHIVES)
	@mkdir -p $(@D)
	$(SAY) "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(PROGRAM_LINK) -o $@ $^ $(PROGRAM_LIBS) -lstdc++

unit-tests: $(UNIT_TESTS) $(B)/tests/mutate

# ---- the shipped actors, ready to be mapped: passed over where the JSON is another one ------------------

$(ACTORS): $(B)/stance $(wildcard corpora/actors/*.json)
	$(SAY) "COMPILE $@"
	$(Q)$(B)/stance actors compile -o $@ corpora/actors

# ---- the default model ----------------------------------------------------------------------------------

# By the one-standard-error rule on the grouped cross-validation: C, and which templates do without (docs/method.md); rare and light
# features are left out to keep the file small. It is solved more closely than users' models are by default, so that its scores hang little on the path.
MODEL_FLAGS := --epsilon 0.01 --cost 0.6 --balance 0 --head-cost sentiment:1 --min-count 5 --prune 0.04 --features stance:-summary,-vectors --features sentiment:-polarity

# corpora/sentences as label records, with the mentions that the program finds.
$(SENTENCES): $(wildcard corpora/sentences/*) $(B)/stance $(ACTORS) corpora/codebooks/international.json
	$(Q)corpora/sentences/make.sh $(B)/stance $(sort $(wildcard corpora/sentences/*.txt)) > $@.new && mv $@.new $@

ifneq ($(filter sanitize coverage,$(CONFIG)),)
# The same bytes in any build: the release build trains it, many times as quickly.
build/default.model: FORCE
	$(Q)$(MAKE) --no-print-directory CONFIG=release $@
FORCE:

$(MODEL): build/default.model
	$(Q)cp $< $@
else
$(MODEL): Makefile $(B)/stance $(CORPUS) $(wildcard corpora/lexicon/*) corpora/vectors/glove-50.vectors corpora/codebooks/international.json
	$(SAY) "TRAIN $@"
	$(Q)$(B)/stance train $(CORPUS) -o $@ --codebook corpora/codebooks/international.json $(MODEL_FLAGS) $(if $(filter 1,$(QUIET)),> $(B)/train.log)
endif

# ---- what reads the code ---------------------------------------------------------------------------------

# A stamp a file, so that only what changed is read again; with -j in parallel. Suppressions: .clang-tidy, tests/lint.suppress.
SOURCES := $(foreach room,$(ROOMS),$(wildcard $(room)/*.c $(room)/*/*.c))
# The analyzer's checks that are off: it does not know that stance_fail_memory never returns STANCE_OK (null-dereference, null-argument), nor
# that memory and files of a struct that is handed out live on (leaks), nor that a callee fills what it is handed (uninitialized).
ANALYZER := -O1 -fanalyzer $(addprefix -Wno-analyzer-,malloc-leak file-leak fd-leak use-of-uninitialized-value possible-null-dereference \
  null-dereference possible-null-argument null-argument)

lint: ## clang-tidy, cppcheck and gcc's analyzer over all sources (make -j for all cores)
	@tests/deps.sh $(LINT_PACKAGES)
	@$(MAKE) --no-print-directory -k $(JOBS) $(SOURCES:%.c=$(B)/lint/%.stamp)
	@tests/boundaries . $(B)/obj && tests/headers .

CPPCHECK := cppcheck --quiet --std=c11 --language=c --enable=warning,performance,portability --error-exitcode=1 --inline-suppr \
  --suppressions-list=tests/lint.suppress -I.

lint-quick: ## what is cheap of lint: cppcheck, walls between rooms, complexity, lengths, names and comments of headers
	@tests/deps.sh cppcheck pmccabe
	@$(CPPCHECK) -j$(shell nproc) $(SOURCES)
	@tests/boundaries . $(B)/obj && tests/headers .

$(B)/lint/%.stamp: %.c .clang-tidy tests/lint.suppress | $(addprefix $(B)/gen/,$(WORD_LISTS))
	@mkdir -p $(@D)
	$(SAY) "LINT $<"
	$(Q)clang-tidy --quiet --warnings-as-errors='*' $< -- -std=c11 $(ALL_CPPFLAGS) 2> $@.log || { cat $@.log; exit 1; }
	$(Q)$(CPPCHECK) $<
	$(Q)$(CC) $(ALL_CPPFLAGS) -std=c11 -Wall -Wextra -Werror $(ANALYZER) -MMD -MP -MT $@ -MF $(@:.stamp=.d) -c $< -o /dev/null
	$(Q)touch $@

coverage: have-test-deps ## the share of lines that the tests reach (build/coverage/summary.txt)
	@tests/deps.sh $(COVERAGE_PACKAGES)
	@$(MAKE) --no-print-directory $(JOBS) CONFIG=coverage all unit-tests
	-@tests/run build/coverage $(T)
	@gcovr --root . --object-directory build/coverage --exclude tests/ --txt build/coverage/summary.txt --print-summary > /dev/null
	@tail -n 3 build/coverage/summary.txt

test-web: all ## the page under load (KILLS=200 kill -9 under ten annotators; thirty at once), in all sizes, and in Firefox
	@STANCE_KILLS=$(or $(KILLS),200) python3 tests/web/test_lost.py
	@python3 tests/web/test_lost.py latency
	@STANCE_LOOKS=all python3 tests/web/test_pages.py
	@! command -v firefox-esr >/dev/null || for t in pages round team; do STANCE_BROWSER=firefox python3 tests/web/test_$$t.py || exit 1; done

# ---- hostile input, faults and time (docs/reliability.md) ----------------------------------------------------

FUZZ_TARGETS := text article records codebook gazetteer lexicon model foreign journal request predictions state message petrarch compiled
FUZZ_SECONDS ?= 10
FUZZ_CC := $(firstword $(shell command -v clang clang-14 clang-15 clang-16 clang-17))

fuzz: program ## libFuzzer on each parser for FUZZ_SECONDS=10 (needs clang); findings stay in build/fuzz/found
	@test -n "$(FUZZ_CC)" || { echo "make fuzz needs clang"; exit 77; }
	@$(MAKE) --no-print-directory $(JOBS) CONFIG=fuzz CC=$(FUZZ_CC) CXX="$(FUZZ_CC) -x c++" CFLAGS="-O1 -g" CXXFLAGS="-O1 -g" $(FUZZ_TARGETS:%=build/fuzz/fuzz/%)
	@tests/fuzz/run $(FUZZ_SECONDS) $(B) $(FUZZ_TARGETS)

# One program of all targets, by the names of its links.
$(B)/fuzz/all: $(filter-out %/mutate.c,$(wildcard tests/fuzz/*.c)) tests/fuzz/fuzz.h $(B)/libannotate.a $(B)/libclassify.a $(B)/libinput.a $(B)/libstance.a
	@mkdir -p $(@D)
	$(SAY) "LD  $@"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -fsanitize=fuzzer -o $@ $(filter %.c %.a,$^) $(PROGRAM_LIBS) -lstdc++

$(FUZZ_TARGETS:%=$(B)/fuzz/%): $(B)/fuzz/all
	$(Q)ln -f $< $@

test-faults: all ## every command while each allocation, thread, open, read, write, sync, close, rename ... fails (FAULTS=N of each kind; 0: all; TMPDIR=/dev/shm is quicker)
	@tests/faults/faults.py $(B) --k $(or $(FAULTS),0)

test-threads: all ## ThreadSanitizer on batch, training, tuner, server, worker, SECONDS=30 each
	@$(MAKE) --no-print-directory $(JOBS) CONFIG=threads program
	@STANCE_DATA=$(abspath $(B)) tests/threads build/threads $(or $(SECONDS),30)

soak: all ## SECONDS=3600 each of a stream, a batch, the server and a worker: no growth of memory or descriptors
	@tests/soak $(B) $(or $(SECONDS),3600)

test-power: all ## power cuts (POINTS=500) of labelling, of what changes a project, and of classify, each at a random moment, then on
	@tests/faults/power.py $(B) --points $(or $(POINTS),500)

test-kills: all ## kill -9 (KILLS=200) of classify, train and what changes a project, then on; of labelling on a terminal
	@tests/faults/kills.py $(B) --kills $(or $(KILLS),200)
	@$(MAKE) --no-print-directory $(B)/tests/test_kill && STANCE=$(B)/stance STANCE_KILLS=$(or $(KILLS),200) $(B)/tests/test_kill -j1

bench: all ## speed and memory beside named peers (Debian's fasttext, scikit-learn, libsvm and liblinear tools); AGAINST=REV: beside a commit
ifdef AGAINST
	@tests/bench/against $(B) $(AGAINST)
else
	@tests/deps.sh $(BENCH_PACKAGES)
	@tests/bench/run $(B)
endif

$(B)/tests/slots: $(B)/obj/tests/bench/quality/slots.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVES) $(PROGRAM_LIBS)

quality: all $(B)/tests/slots ## how often it is right, each figure with its standard error (PARTS="news own" for some; tests/bench/quality/run --help)
	@MODEL_FLAGS="$(MODEL_FLAGS)" tests/bench/quality/run $(B) $(PARTS)

$(B)/tests/intervals: $(B)/obj/tests/bench/intervals.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVES) $(PROGRAM_LIBS)

intervals: all $(B)/tests/intervals ## how often the intervals of stance estimate hold the truth (minutes)
	@tests/bench/intervals.sh $(B)

$(B)/tests/html_bench: $(B)/obj/tests/bench/html_bench.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVES) $(PROGRAM_LIBS)

html-bench: $(B)/tests/html_bench ## how much of the text of web pages is read (PAGES=FOLDER of PAGE.html beside PAGE.txt), and MB a second
	@tests/bench/html_pages.py $< $(PAGES)
	@$< --repeat 5 $(PAGES)/*.html

# ---- installation ---------------------------------------------------------------------------------------

BINDIR ?= $(PREFIX)/bin
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
DOCDIR ?= $(PREFIX)/share/doc/stancekit
# Not to be chosen: the library finds its data from its own place (stance/base/data.c).
DATADIR := $(PREFIX)/share/stancekit
COMPLETIONS := $(addprefix $(PREFIX)/share/,bash-completion/completions zsh/site-functions fish/vendor_completions.d)
DATA_FOLDERS := actors codebooks lexicon vectors

install: all ## program, library, header, pkg-config file, man page, docs, default model (PREFIX DESTDIR BINDIR LIBDIR MANDIR DOCDIR)
	install -d $(addprefix $(DESTDIR),$(BINDIR) $(LIBDIR)/pkgconfig $(INCLUDEDIR) $(MANDIR)/man1 $(MANDIR)/man5 $(COMPLETIONS) $(DOCDIR)/examples $(DATA_FOLDERS:%=$(DATADIR)/%))
	install -m 755 $(B)/stance $(DESTDIR)$(BINDIR)/
	install -m 644 $(LIBRARY) $(B)/libstance.a $(DESTDIR)$(LIBDIR)/
	ln -sf $(notdir $(LIBRARY)) $(DESTDIR)$(LIBDIR)/libstance.so.$(SOVERSION)
	ln -sf $(notdir $(LIBRARY)) $(DESTDIR)$(LIBDIR)/libstance.so
	install -m 644 stance/stance.h $(DESTDIR)$(INCLUDEDIR)/
	sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@LIBDIR@|$(LIBDIR)|' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|' -e 's|@VERSION@|$(VERSION)|' \
	  -e 's|@LIBS@|$(LIBRARY_LIBS)|' stance/stance.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/stance.pc
	install -m 644 $(B)/man/*.1 $(DESTDIR)$(MANDIR)/man1/
	install -m 644 $(B)/man/*.5 $(DESTDIR)$(MANDIR)/man5/
	install -m 644 $(B)/completions/stance $(DESTDIR)$(PREFIX)/share/bash-completion/completions/
	install -m 644 $(B)/completions/_stance $(DESTDIR)$(PREFIX)/share/zsh/site-functions/
	install -m 644 $(B)/completions/stance.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/
	install -m 644 README.md CHANGELOG.md LICENSE docs/*.md docs/*.svg $(DESTDIR)$(DOCDIR)/
	install -m 644 docs/examples/* $(DESTDIR)$(DOCDIR)/examples/
	install -m 644 $(MODEL) $(ACTORS) $(DESTDIR)$(DATADIR)/
	install -m 644 corpora/actors/*.json $(DESTDIR)$(DATADIR)/actors/
	install -m 644 corpora/codebooks/*.json $(DESTDIR)$(DATADIR)/codebooks/
	install -m 644 corpora/lexicon/*.tsv corpora/lexicon/*.txt $(DESTDIR)$(DATADIR)/lexicon/
	install -m 644 corpora/vectors/glove-50.vectors corpora/vectors/LICENSE $(DESTDIR)$(DATADIR)/vectors/
	@$(if $(DESTDIR),:,tests/loader_path.sh $(LIBDIR) libstance.so.$(SOVERSION))

uninstall: ## remove what install put there (with the same PREFIX, DESTDIR ...)
	rm -f $(addprefix $(DESTDIR),$(BINDIR)/stance $(LIBDIR)/libstance.so $(LIBDIR)/libstance.so.$(SOVERSION) $(LIBDIR)/$(notdir $(LIBRARY)) \
	  $(LIBDIR)/libstance.a $(LIBDIR)/pkgconfig/stance.pc $(INCLUDEDIR)/stance.h $(MANDIR)/man1/stance.1 $(MANDIR)/man1/stance-*.1 \
	  $(MANDIR)/man5/stance-formats.5 $(join $(COMPLETIONS),/stance /_stance /stance.fish))
	rm -rf $(DESTDIR)$(DATADIR) $(DESTDIR)$(DOCDIR)

# What git has, without what the last commit lacks: the tarball builds by `make` and by dpkg-buildpackage.
dist: ## the sources as build/stancekit-VERSION.tar.gz
	@mkdir -p build
	git archive --format=tar --prefix=stancekit-$(VERSION)/ HEAD | gzip -9n > build/stancekit-$(VERSION).tar.gz
	@echo build/stancekit-$(VERSION).tar.gz

clean: ## remove what was built
	rm -rf build

-include $(wildcard $(B)/lint/*/*.d $(B)/lint/*/*/*.d $(ROOMS:%=$(B)/obj/%/*.d) $(ROOMS:%=$(B)/obj/%/*/*.d) $(B)/obj/tests/unit/*.d)
