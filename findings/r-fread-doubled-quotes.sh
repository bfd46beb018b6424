#!/bin/sh
# R data.table's fread() leaves a doubled quote within a quoted CSV field doubled: the text He said "no" comes back as He said ""no"" from any file
# written as RFC 4180 has it, those of fwrite() included. Each further reading and writing doubles them again: 2 quotes are 16 after three rounds.
# No warning; no argument undoes it.
# Expected: what read.csv, readr, Python and SQLite give, and what was given to fwrite. The help page speaks of lone quotes and of quotes behind a
# backslash, not of doubled ones. Reported upstream since 2015, open.
# What it matters for: quoted speech is what stance is coded in. Each quote before a span moves it by one (below the span of "no" holds "n instead),
# and texts no longer join with the original. Read texts by read.csv or readr.
#
# Output seen (Debian's r-cran-data.table 1.14.8):
#   data.table 1.14.8
#   in the file: 1,"He said ""no"" twice."
#   written: He said "no" twice., span 9 to 11 is no
#   read.csv: He said "no" twice., span 9 to 11 is no
#   fread: He said ""no"" twice., span 9 to 11 is "n
#   after three rounds: 33 characters in place of 19
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
Rscript --vanilla -e 'library(data.table)' >/dev/null 2>&1 || { echo "needs Debian's r-base-core and r-cran-data.table"; exit 1; }
cat >"$work/ask.R" <<'R'
suppressMessages(library(data.table))
options(warn = 2)
cat("data.table", as.character(packageVersion("data.table")), "\n")
text <- 'He said "no" twice.'
file <- tempfile()
fwrite(data.table(id = 1, text = text), file)
span <- function(text) substr(text, 10, 11)
cat("in the file:", readLines(file)[2], "\n")
tell <- function(says, text) cat(says, ": ", text, ", span 9 to 11 is ", span(text), "\n", sep = "")
tell("written", text)
tell("read.csv", read.csv(file)$text)
tell("fread", fread(file)$text)
for (round in 1:3) {
  both <- fread(file)
  fwrite(both, file)
}
cat("after three rounds:", nchar(both$text), "characters in place of", nchar(text), "\n")
R
LC_ALL=C Rscript --vanilla "$work/ask.R" | sed 's/ *$//' | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
