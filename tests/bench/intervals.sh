#!/usr/bin/env bash
# How often the intervals of stance estimate hold the true value (docs/method.md, "Corrected estimates"). Usage: tests/bench/intervals.sh BUILD_FOLDER
# [DRAWS]: the corpus' dyads, each article scored by a model that did not see it; in total at 200 labels, by year at 5 to 100.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
draws=${2:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
grep '"head":"stance"' "$root/corpora/international/gold.jsonl" |
  awk '{match($0, /"article":"[^"]*"/); a = substr($0, RSTART, RLENGTH); if (!(a in half)) half[a] = n++ % 2; print > ("half" half[a] ".jsonl")}'
for h in 0 1; do "$build/stance" train "half$h.jsonl" -o "half$h.model" --codebook "$root/corpora/codebooks/international.json" --quiet > /dev/null; done
for h in 0 1; do "$build/stance" classify -q -m "half$((1 - h)).model" --units "half$h.jsonl" --format jsonl; done > predictions.jsonl
cat half0.jsonl half1.jsonl > truth.jsonl
for design in equal strata uncertain; do "$build/tests/intervals" predictions.jsonl truth.jsonl "$draws" "$design" 200; done
for n in 5 10 20 30 50 100; do "$build/tests/intervals" predictions.jsonl truth.jsonl $((draws / 7 + 1)) strata $n year planned; done
# A label of 1 in 100, found and claimed rightly half of the time, by 0 and 1 for probabilities.
awk 'BEGIN {for (i = 0; i < 5000; i++) {s = i < 25 || (i >= 50 && i < 75)
  printf "{\"article\":\"a%d\",\"sentence\":0,\"text\":\"t%d\",\"head\":\"rare\",\"label\":\"%s\",\"p\":{\"negative\":%d,\"neutral\":%d},\"score\":%d}\n", i, i, s ? "negative" : "neutral", s, !s, -s > "rare.jsonl"
  printf "{\"unit\":\"a%d#0\",\"head\":\"rare\",\"label\":\"%s\",\"annotator\":\"gold\"}\n", i, i < 50 ? "negative" : "neutral" > "rare-truth.jsonl"}}'
"$build/tests/intervals" rare.jsonl rare-truth.jsonl "$draws" equal 200
