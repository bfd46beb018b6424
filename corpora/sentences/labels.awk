# The units that the program found (the last file), each with its label by the lines of FILE.txt (make.sh).
# Whether one of the pair belongs to the other, as a rebel group to its state: the writers were not asked about such pairs.
function belongs(actor, other) {
  for (actor = home[actor]; actor != ""; actor = home[actor]) if (actor == other) return 1
  return 0
}
function is_kin(unit, pair) {
  sub(/^[^:]*:/, "", unit)
  return split(unit, pair, ">") == 2 && (belongs(pair[1], pair[2]) || belongs(pair[2], pair[1]))
}
BEGIN {
  sentiment["-"] = "negative"; sentiment["0"] = "neutral"; sentiment["+"] = "positive"
  stance["-"] = "hostile"; stance["+"] = "friendly"
}
FILENAME ~ /actors\/[a-z]+\.json$/ { # an entry a line
  if (match($0, /"affiliation":"[^"]*"/)) {
    belongs_to = substr($0, RSTART + 15, RLENGTH - 16)
    if (match($0, /^{"id":"[^"]*"/)) home[substr($0, RSTART + 7, RLENGTH - 8)] = belongs_to
  }
  next
}
FNR == 1 { name = FILENAME; sub(/.*\//, "", name); sub(/\.txt$/, "", name) }
FILENAME ~ /\.txt$/ {
  article = sprintf("%s-%04d", name, FNR)
  label[article "#0"] = sentiment[substr($0, 1, 1)]
  if (split($0, halves, "\t") > 1)
    for (i = split(halves[2], pairs, " "); i > 0; i--) {
      unit = article "#0:" substr(pairs[i], 1, length(pairs[i]) - 1)
      sign = substr(pairs[i], length(pairs[i]))
      label[unit] = sign == "?" ? "" : stance[sign]
      where[unit] = FILENAME ":" FNR ": the program finds no such actors: " pairs[i]
    }
  next
}
{
  match($0, /"unit":"[^"]*"/)
  unit = substr($0, RSTART + 8, RLENGTH - 9)
  delete where[unit]
  if (unit ~ /#[1-9]/) where[unit] = unit ": more than one sentence"
  said = unit in label ? label[unit] : is_kin(unit) ? "" : "neutral"
  if (said == "") next
  sub(/}$/, ",\"label\":\"" said "\",\"annotator\":\"" author "\",\"at\":\"" at "\"}")
  print
}
END {
  for (unit in where) { print where[unit] > "/dev/stderr"; bad = 1 }
  exit bad
}
