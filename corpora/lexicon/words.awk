# Checks a list of words (corpora/lexicon/*.tsv) and turns it into C: words.awk -v prefix=STANCE_NAME_ name-words.tsv > name-words.inc
# A line becomes an item of an array, and is where the compiler says that a class is unknown.
BEGIN { FS = "\t" }
function fail(message) {
  printf "%s:%d: %s\n", FILENAME, FNR, message > "/dev/stderr"
  failed = 1
  exit 2
}
function constant(kind, name) {
  name = toupper(name)
  gsub(/-/, "_", name)
  return kind name
}
/^#/ || /^$/ { next }
{
  if (columns == 0) columns = NF
  if (NF < 2 || NF > 3 || NF != columns) fail(NF " columns; expected word, classes" (columns == 3 ? ", slot" : ""))
  if ($1 ~ /[ A-Z]/) fail("'" $1 "' has a blank or a capital; expected one word in lower case")
  if (longest && length($1) > longest) fail("'" $1 "' is longer than " longest " bytes")
  if ($1 in seen) fail("'" $1 "' stands on line " seen[$1] " already")
  if ($2 !~ /^[a-z]+(-[a-z]+)*(,[a-z]+(-[a-z]+)*)*$/) fail("bad classes '" $2 "'; expected names with commas between")
  seen[$1] = FNR
  count = split($2, classes, ",")
  bits = constant(prefix, classes[1])
  for (i = 2; i <= count; i++) bits = bits " | " constant(prefix, classes[i])
  slot = NF == 3 ? ($3 == "-" ? "NO_SLOT" : constant("STANCE_SLOT_", $3)) : "0"
  text = $1
  gsub(/\\/, "\\\\", text)
  gsub(/"/, "\\\"", text)
  printf "#line %d \"%s\"\n{\"%s\", %s, %s},\n", FNR, FILENAME, text, bits, slot
}
END { if (!failed && !count) { print FILENAME ": is empty" > "/dev/stderr"; exit 2 } }
