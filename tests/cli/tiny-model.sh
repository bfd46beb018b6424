# Sourced by cases: trains tiny.model from 60 sentences that three patterns make ("attacked" hostile, "praised" friendly, "visited" neutral),
# so that the cases hang on no corpus, and classify articles by it with the shipped gazetteer.
make_tiny_model() {
  local verbs=(attacked praised visited) labels=(hostile friendly neutral) i v way s t label text a b start
  for i in $(seq 1 60); do
    v=$((i % 3)) a="Country$i" b="Nation$i"
    text="$a ${verbs[$v]} $b on day $i." start=$((${#a} + ${#verbs[$v]} + 2))
    for way in 1 2; do
      if [ $way = 1 ]; then s=A t=B label=${labels[$v]}; else s=B t=A label=neutral; fi
      printf '{"unit":"n#%d:%s>%s","article":"n%d","sentence":1,"text":"%s","source":"%s","target":"%s","mentions":[{"actor":"A","start":0,"end":%d},{"actor":"B","start":%d,"end":%d}],"head":"stance","label":"%s","annotator":"gold"}\n' \
        $i $s $t $i "$text" $s $t ${#a} $start $((start + ${#b})) $label
    done
  done > labels.jsonl
  "$STANCE" train labels.jsonl -o tiny.model > /dev/null 2>&1 || exit 9 # it warns of so few units
}
make_tiny_model
# Predictions without their figures: article, sentence, source, target, label.
brief() { sed -E 's/.*"article":"([^"]*)".*"sentence":([0-9]+).*"source":"([^"]*)","target":"([^"]*)".*"label":"([^"]*)".*/\1 \2 \3 \4 \5/'; }
