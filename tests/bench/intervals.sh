#!/usr/bin/env bash
# How often the intervals of stance estimate hold the true value (docs/method.md, "Corrected estimates"). Usage: tests/bench/intervals.sh BUILD_FOLDER
# [DRAWS]: the corpus' dyads, each article scored by a model that did not see it; in total at 200 labels, by year at 5 to 100; then the less usual.
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
run() { "$build/tests/intervals" "$@"; }
some=$((draws / 7 + 1))
for design in equal strata uncertain; do run predictions.jsonl truth.jsonl "$draws" "$design" 200; done
for n in 5 10 20 30 50 100; do run predictions.jsonl truth.jsonl $some strata $n by=year planned; done
echo "== slopes, years that were not planned, a difference of years, whole articles"
for design in equal strata uncertain; do run predictions.jsonl truth.jsonl "$draws" "$design" 200 regress; done
run predictions.jsonl truth.jsonl $some strata 400 by=year contrast=2025-2015
run predictions.jsonl truth.jsonl $some strata 30 by=year planned contrast=2025-2015
run predictions.jsonl truth.jsonl "$draws" articles 36
echo "== one unit in eight is none (--not-unit)"
awk '{n = NR * 2654435761 % 4294967296; if (n < 536870912) sub(/"label":"[a-z]*"/, "\"label\":\"none\""); print}' truth.jsonl > none.jsonl
for design in equal strata uncertain; do run predictions.jsonl none.jsonl "$draws" "$design" 200 not-unit=none; done
echo "== each article printed once to four times, copies drawn as one (--dedupe)"
copies() { awk '{match($0, /"article":"[^"]*"/); a = substr($0, RSTART + 11, RLENGTH - 12); if (!(a in times)) times[a] = 1 + n++ % 4
  for (i = 0; i < times[a]; i++) {line = $0; gsub("\"" a "\"", "\"c" i "-" a "\"", line); sub("\"unit\":\"" a "#", "\"unit\":\"c" i "-" a "#", line); print line}}' "$1"; }
copies predictions.jsonl > copied.jsonl
copies truth.jsonl > copied-truth.jsonl
for design in equal strata; do run copied.jsonl copied-truth.jsonl $((draws / 2)) "$design" 200 dedupe; done
echo "== 60 units, half of them labelled; 1,000 without one hostile or friendly"
shuf -n 60 --random-source=truth.jsonl predictions.jsonl > few.jsonl
for design in equal strata; do run few.jsonl truth.jsonl "$draws" "$design" 30; done
grep '"label":"neutral"' truth.jsonl | head -n 1000 > quiet-truth.jsonl
awk -F'"' 'NR == FNR {split($4, id, ">"); wanted[$4] = 1; next} {for (i = 1; i < NF; i++) {if ($i == "article") a = $(i + 2); if ($i == "sentence") {s = $(i + 1); gsub(/[^0-9]/, "", s)}
  if ($i == "source") f = $(i + 2); if ($i == "target") t = $(i + 2)} if (a "#" s ":" f ">" t in wanted) print}' quiet-truth.jsonl predictions.jsonl > quiet.jsonl
run quiet.jsonl quiet-truth.jsonl "$draws" strata 200
echo "== a label of 1 in 100"
# A label of 1 in 100, found and claimed rightly half of the time, by 0 and 1 for probabilities.
awk 'BEGIN {for (i = 0; i < 5000; i++) {s = i < 25 || (i >= 50 && i < 75)
  printf "{\"article\":\"a%d\",\"sentence\":0,\"text\":\"t%d\",\"head\":\"rare\",\"label\":\"%s\",\"p\":{\"negative\":%d,\"neutral\":%d},\"score\":%d}\n", i, i, s ? "negative" : "neutral", s, !s, -s > "rare.jsonl"
  printf "{\"unit\":\"a%d#0\",\"head\":\"rare\",\"label\":\"%s\",\"annotator\":\"gold\"}\n", i, i < 50 ? "negative" : "neutral" > "rare-truth.jsonl"}}'
run rare.jsonl rare-truth.jsonl "$draws" equal 200
