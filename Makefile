# Stancekit. `make help` lists the targets; `make demo` and `make test` need nothing else.
VERSION := 0.1.0
SOVERSION := 0
PREFIX ?= /usr/local
DESTDIR ?=
CONFIG ?= release
PKG_CONFIG ?= pkg-config
CFLAGS ?= -O2 -g
V ?= 0
Q := $(if $(filter 1,$(V)),,@)
comma := ,

# CONFIG=release builds in build/; CONFIG=sanitize (AddressSanitizer, UndefinedBehaviorSanitizer) in build/sanitize/.
B := build$(if $(filter-out release,$(CONFIG)),/$(CONFIG))
ifeq ($(CONFIG),sanitize)
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes $(if $(WERROR),-Werror)
PACKAGES := libpcre2-8 libcjson libutf8proc libxxhash
TOOL_PACKAGES := ncursesw zlib libzstd libxml-2.0
ALL_CPPFLAGS = -D_GNU_SOURCE -I. $(PACKAGE_CFLAGS) -DSTANCE_DATADIR='"$(PREFIX)/share/stancekit"' $(CPPFLAGS)
ALL_CFLAGS = -std=c11 $(WARNINGS) $(SANITIZE) $(CFLAGS) -fvisibility=hidden -fPIC -pthread
ALL_LDFLAGS = $(SANITIZE) $(LDFLAGS)
PACKAGE_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PACKAGES) $(TOOL_PACKAGES) 2>/dev/null)
LIBRARY_LIBS := $(shell $(PKG_CONFIG) --libs libpcre2-8 libcjson libutf8proc 2>/dev/null) -lm -pthread
PROGRAM_LIBS := -lsvm -llinear $(shell $(PKG_CONFIG) --libs $(TOOL_PACKAGES) 2>/dev/null) $(LIBRARY_LIBS)

ROOMS := stance annotate train classify cli
objects = $(patsubst %.c,$(B)/obj/%.o,$(filter-out cli/main.c,$(wildcard $(1)/*.c)))
ARCHIVES := $(B)/libcli.a $(B)/libannotate.a $(B)/libtrain.a $(B)/libclassify.a $(B)/libstance.a
LIBRARY := $(B)/libstance.so.$(VERSION)
UNIT_TESTS := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

.PHONY: all deps have-deps test unit-tests demo bench install uninstall clean help
.DELETE_ON_ERROR:
.SECONDARY:

all: $(B)/stance $(LIBRARY) $(B)/stance.1

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC  $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

define archive_rule
$(B)/lib$(1).a: $(call objects,$(1))
	@echo "AR  $$@"
	$$(Q)rm -f $$@ && $$(AR) rcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call archive_rule,$(room))))

$(B)/stance: $(B)/obj/cli/main.o $(ARCHIVES)
	@echo "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVES) $(PROGRAM_LIBS)
	$(Q)ln -sfn $(CURDIR)/corpora/actors $(B)/actors && ln -sfn $(CURDIR)/corpora/codebooks $(B)/codebooks && ln -sfn $(CURDIR)/corpora/lexicon $(B)/lexicon

$(LIBRARY): $(call objects,stance)
	@echo "LD  $@"
	$(Q)$(CC) -shared -Wl,-soname,libstance.so.$(SOVERSION) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LIBRARY_LIBS)
	$(Q)ln -sf $(@F) $(B)/libstance.so.$(SOVERSION) && ln -sf $(@F) $(B)/libstance.so

$(B)/stance.1: $(B)/stance
	$(Q)$(B)/stance --help=man > $@

$(B)/tests/%: $(B)/obj/tests/unit/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "LD  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(ARCHIVES) -lcriterion $(PROGRAM_LIBS)

unit-tests: $(UNIT_TESTS)

clean: ## remove what was built
	rm -rf build

-include $(wildcard $(ROOMS:%=$(B)/obj/%/*.d) $(B)/obj/tests/unit/*.d)
