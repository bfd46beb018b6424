#!/bin/sh
# Installs Debian packages by name.
#   deps.sh PACKAGE...                   install those that are not installed
#   deps.sh --probe CC PACKAGE...        the same, but only if what the build needs does not compile and link
#   deps.sh --probe-tests CC PACKAGE...  likewise for build and tests
set -eu

probe() { # compiler, extra libraries: can a program with all headers be built?
  work=$(mktemp -d)
  cat >"$work/probe.c" <<'C'
#define PCRE2_CODE_UNIT_WIDTH 8
#include <archive.h>
#include <cjson/cJSON.h>
#include <gnutls/crypto.h>
#include <gumbo.h>
#include <libsvm/svm.h>
#include <libxml/HTMLparser.h>
#include <linear.h>
#include <microhttpd.h>
#include <nats/nats.h>
#include <ncurses.h>
#include <pcre2.h>
#include <sqlite3.h>
#include <utf8proc.h>
#include <xxhash.h>
#include <zlib.h>
#include <zstd.h>
#ifdef PROBE_TESTS
#include <criterion/criterion.h>
#else
int main(void) { return 0; }
#endif
C
  modules="libpcre2-8 libcjson libutf8proc libxxhash ncursesw zlib libzstd libxml-2.0 libarchive gumbo libmicrohttpd sqlite3 gnutls"
  status=1
  # libsvm, liblinear and cnats ship no .pc file: they are found by compiling and linking alone.
  if flags=$(pkg-config --cflags --libs $modules 2>/dev/null) &&
    $1 "$work/probe.c" $2 -o "$work/probe" -D_GNU_SOURCE -lsvm -llinear -lnats $flags >/dev/null 2>&1; then
    status=0
  fi
  rm -rf "$work"
  return $status
}

case "${1-}" in
--probe)
  compiler=$2
  shift 2
  if command -v lowdown >/dev/null && probe "$compiler" ""; then exit 0; fi
  ;;
--probe-tests)
  compiler=$2
  shift 2
  if command -v tmux >/dev/null && command -v zstd >/dev/null && command -v chromium >/dev/null && command -v R >/dev/null &&
    command -v mandoc >/dev/null && command -v svm-predict >/dev/null && command -v zsh >/dev/null && command -v fish >/dev/null && command -v lowdown >/dev/null &&
    /usr/bin/python3 -c "import cffi, networkx, pandas, pytest, setuptools, wheel" 2>/dev/null &&
    probe "$compiler" "-DPROBE_TESTS -lcriterion"; then exit 0; fi
  ;;
esac

missing=""
for package in "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing"
root=""
if [ "$(id -u)" -ne 0 ]; then root=sudo; fi
log=$(mktemp)
if ! { $root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $root apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  cat "$log" >&2
  rm -f "$log"
  exit 1
fi
rm -f "$log"
