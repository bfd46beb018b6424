#!/bin/sh
# R 4.2 (Debian: r-base-core): on a text vector of length 0, Encoding(x) <- Encoding(x) is an error, "'value' must be of positive length",
# where names(x) <- names(x), x[] <- x and all other replacement of nothing by nothing is none; and so is Encoding(x)[FALSE] <- "UTF-8". On a
# vector of any other length both are fine. Code that marks strings of a column as UTF-8 thus fails on the first empty table.
# What it matters for: guard with if (length(x)), or if (any(chosen)) where some are marked.
#
# Output seen (R 4.2.2):
#   R version 4.2.2 Patched (2022-11-10 r83330)
#   empty, Encoding(x) <- Encoding(x): 'value' must be of positive length
#   empty, Encoding(x)[logical(0)] <- "UTF-8": 'value' must be of positive length
#   empty, x[logical(0)] <- "a": no error
#   empty, names(x) <- names(x): no error
#   two texts, none chosen: no error
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v Rscript >/dev/null || { echo "needs Debian's r-base-core"; exit 1; }
cat >"$work/ask.R" <<'R'
cat(R.version.string, "\n", sep = "")
tell <- function(what, does) cat(what, ": ", tryCatch({ does(); "no error" }, error = conditionMessage), "\n", sep = "")
tell("empty, Encoding(x) <- Encoding(x)", function() { x <- character(); Encoding(x) <- Encoding(x) })
tell("empty, Encoding(x)[logical(0)] <- \"UTF-8\"", function() { x <- character(); Encoding(x)[logical(0)] <- "UTF-8" })
tell("empty, x[logical(0)] <- \"a\"", function() { x <- character(); x[logical(0)] <- "a" })
tell("empty, names(x) <- names(x)", function() { x <- character(); names(x) <- names(x) })
tell("two texts, none chosen", function() { x <- c("a", "b"); Encoding(x)[x == "c"] <- "UTF-8" })
R
LANGUAGE=en LC_ALL=C Rscript --vanilla "$work/ask.R" | tee "$work/said"
[ "$(grep -c "^empty, Encoding.*: 'value' must be of positive length$" "$work/said")" -eq 2 ]
[ "$(grep -c ': no error$' "$work/said")" -eq 3 ]
