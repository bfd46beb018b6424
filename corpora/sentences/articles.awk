# Each line of FILE.txt (make.sh) as an article of one sentence, named by file and line.
FNR == 1 { name = FILENAME; sub(/.*\//, "", name); sub(/\.txt$/, "", name) }
!/^[-0+] [^\t]+(\t([^ \t]+>[^ \t]+[-+?] ?)+)?$/ {
  printf "%s:%d: expected a sign of - 0 +, a blank, a sentence, and behind a tab dyads such as MLI>FRA-: %s\n", FILENAME, FNR, $0 > "/dev/stderr"
  bad = 1
  next
}
$1 in seen { printf "%s:%d: this sentence stands in %s too\n", FILENAME, FNR, seen[$1] > "/dev/stderr"; bad = 1 }
{
  seen[$1] = FILENAME ":" FNR
  text = substr($1, 3)
  gsub(/\\/, "\\\\", text)
  gsub(/"/, "\\\"", text)
  printf "{\"id\":\"%s-%04d\",\"date\":\"%s\",\"text\":\"%s\"}\n", name, FNR, date, text
}
END { exit bad }
