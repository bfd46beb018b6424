# The units that the program found (the last file), each with its label by the lines of FILE.txt (make.sh).
BEGIN {
  sentiment["-"] = "negative"; sentiment["0"] = "neutral"; sentiment["+"] = "positive"
  stance["-"] = "hostile"; stance["+"] = "friendly"
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
  said = unit in label ? label[unit] : "neutral"
  if (said == "") next
  sub(/}$/, ",\"label\":\"" said "\",\"annotator\":\"" author "\",\"at\":\"" at "\"}")
  print
}
END {
  for (unit in where) { print where[unit] > "/dev/stderr"; bad = 1 }
  exit bad
}
