#!/usr/bin/env bash
# The annotation screen's figures: tests/bench/annotate_bench.sh BUILD_FOLDER [UNITS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
${CC:-cc} -std=c11 -D_GNU_SOURCE -O2 -o "$work/annotate_bench" "$here/annotate_bench.c" -lutil
"$work/annotate_bench" "$build/stance" "$work/project" "${2:-100000}"
