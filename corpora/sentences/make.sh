#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints label records of the sentences in FILE.txt, one a line: its sentiment ("-" negative, "0" neutral, "+" positive), a blank, the sentence, a tab,
# and its polar dyads (source>target and + or -, or ? where it can be argued: no label). All its other dyads are neutral, but for those of
# an actor and the state that it belongs to, which have no label where none is given. The program finds the actors.
# Usage: corpora/sentences/make.sh build/stance FILE...     exit 1 where a line is not of that form, or the program does not find the actors
set -eu
here=$(dirname "$0")
stance=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LC_ALL=C awk -F '\t' -v date=2016-06-01 -f "$here/articles.awk" "$@" > "$work/articles.jsonl"
{ "$stance" annotate init "$work/project" --codebook "$here/../codebooks/international.json" &&
  "$stance" annotate add "$work/project" "$work/articles.jsonl"; } 2> "$work/said" || { cat "$work/said" >&2; exit 1; }
LC_ALL=C awk -v author=author -v at=2026-11-29T07:00:00Z -f "$here/labels.awk" "$here"/../actors/*.json "$@" "$work/project/units.jsonl"
