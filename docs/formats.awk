# lowdown -s -Tman docs/formats.md | awk -v version=... -v date=... -f docs/formats.awk: stance-formats(5).
# Lines of text end at blanks before column 80; \fC is a font that not all have; the first heading becomes NAME and DESCRIPTION.
function put(line, at) {
  while (length(line) > 70) {
    for (at = 70; at > 1 && substr(line, at, 1) != " "; at--) ;
    if (at == 1) break
    print substr(line, 1, at - 1)
    line = substr(line, at + 1)
    sub(/^ +/, "", line)
    if (line ~ /^[.']/) line = "\\&" line
  }
  print line
}
/^\.TH/ {
  print ".TH STANCE\\-FORMATS 5 \"" date "\" \"stancekit " version "\" \"File Formats\""
  print ".ad l"
  next
}
{ gsub(/\\fC/, "\\fB") }
# A heading stands behind its macro; the first is the page's name.
heading { if (heading == ".SH") { print ".SH NAME\nstance\\-formats \\-\nthe files that stance reads and writes\n.SH DESCRIPTION" } else { print ".SH \"" $0 "\"" }; heading = ""; is_first = 1; next }
/^\.S[HS]$/ { heading = $0; next }
is_first && /^\.(LP|PP)$/ { is_first = 0; next } # no paragraph behind a heading
{ is_first = 0 }
/^\.(nf|EX|TS)/ { is_kept = 1 }
/^\.(fi|EE|TE)/ { is_kept = 0 }
/^[.']/ || (is_kept && !is_cell) { is_cell = is_kept && /^T\{/; print; next }
{ put($0) }
