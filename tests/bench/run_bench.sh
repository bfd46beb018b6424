#!/usr/bin/env bash
# Speed and memory of the batch scorer beside named peers: Debian's fasttext and scikit-learn.
# Usage: tests/bench/run_bench.sh BUILD_FOLDER [MEGABYTES]      prints a table; needs ../shared/data/bbc
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
megabytes=${2:-200}
stance=$build/stance
data=$root/../shared/data
[ -d "$data/bbc" ] || { echo "bench: $data/bbc is absent: skipped"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Wall seconds, processor seconds and peak kilobytes of a command; the median of three by wall time.
measure() {
  for _ in 1 2 3; do /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$@" > /dev/null 2> "$work/err" || true; tail -n 1 "$work/time"; done |
    sort -n | sed -n 2p
}
row() { printf '%-52s %9s %9s %9s  %s\n' "$@"; }

echo "making $megabytes MB of articles ..."
/usr/bin/python3 - "$data/bbc" "$megabytes" "$work" <<'PY'
import glob, json, os, random, sys
folder, megabytes, work = sys.argv[1], int(sys.argv[2]), sys.argv[3]
articles = []
for path in sorted(glob.glob(folder + '/*/*.txt')):
    title, _, text = open(path, encoding='utf-8', errors='replace').read().partition('\n')
    articles.append((title, text))
size = number = 0
with open(work + '/bbc.jsonl', 'w') as out:
    while size < megabytes * 1000000:
        for title, text in articles:
            out.write(json.dumps({'id': str(number), 'title': title, 'date': '2004-%02d-%02d' % (1 + number % 12, 1 + number % 28), 'text': text}, ensure_ascii=False) + '\n')
            size += len(text.encode())
            number += 1
            if size >= megabytes * 1000000: break
open(work + '/one.txt', 'w').write('\n'.join(articles[0]))
open(work + '/size', 'w').write(str(size))
PY
bytes=$(cat "$work/size")
rate() { awk -v b="$bytes" -v s="$1" 'BEGIN {printf "%.1f MB/s", b / 1e6 / s}'; }

row command wall processor 'peak MB' rate
for threads in 1 2; do
  read -r wall user sys peak <<< "$(measure "$stance" classify --threads $threads --format jsonl --progress never -o "$work/out" "$work/bbc.jsonl")"
  row "classify, both heads, $threads thread(s)" "$wall s" "$(awk "BEGIN {print $user + $sys}") s" $((peak / 1024)) "$(rate "$wall")"
  read -r wall user sys peak <<< "$(measure "$stance" classify --threads $threads --dyads-only --format jsonl --progress never -o "$work/out" "$work/bbc.jsonl")"
  row "classify --dyads-only, $threads thread(s)" "$wall s" "$(awk "BEGIN {print $user + $sys}") s" $((peak / 1024)) "$(rate "$wall")"
  [ $threads = 1 ] && units=$(wc -l < "$work/out")
done
echo "dyad units in it: $units"
read -r wall user sys peak <<< "$(measure "$stance" classify --threads 1 --format jsonl "$work/one.txt")"
row 'one article, from start to end' "$wall s" "$(awk "BEGIN {print $user + $sys}") s" $((peak / 1024)) ''

# ---- sentences: a sentence head of words and word pairs (template "word"), fasttext with word bigrams, scikit-learn's LinearSVC --------------------------
command -v fasttext > /dev/null && [ -d "$data/semeval2016t6" ] || { echo 'bench: no fasttext or no semeval2016t6: no peers'; exit 0; }
"$stance" convert --from tweeteval "$data/semeval2016t6/hillary.train.text" "$data/semeval2016t6/abortion.train.text" > "$work/labels.jsonl"
"$stance" train "$work/labels.jsonl" --codebook "$root/corpora/codebooks/tweeteval.json" --features word -o "$work/sentence.model" > /dev/null
head -n 20000 "$work/bbc.jsonl" > "$work/some.jsonl"
"$stance" segment "$work/some.jsonl" | grep . > "$work/sentences.txt"
sentences=$(wc -l < "$work/sentences.txt")
/usr/bin/python3 - "$work" <<'PY'
import json, sys
work = sys.argv[1]
with open(work + '/fasttext.train', 'w') as out:
    for line in open(work + '/labels.jsonl'):
        record = json.loads(line)
        out.write('__label__%s %s\n' % (record['label'], record['text'].lower()))
with open(work + '/sklearn_bench.py', 'w') as out:
    out.write('''import json, pickle, sys
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC
work = sys.argv[2]
if sys.argv[1] == 'train':
    records = [json.loads(line) for line in open(work + '/labels.jsonl')]
    vectorizer = TfidfVectorizer(ngram_range=(1, 3), min_df=2)
    model = LinearSVC().fit(vectorizer.fit_transform([r['text'] for r in records]), [r['label'] for r in records])
    pickle.dump((vectorizer, model), open(work + '/sklearn.model', 'wb'))
else:
    vectorizer, model = pickle.load(open(work + '/sklearn.model', 'rb'))
    lines = open(work + '/sentences.txt').read().split('\\n')[:-1]
    for start in range(0, len(lines), 20000):
        print('\\n'.join(model.predict(vectorizer.transform(lines[start:start + 20000]))))
''')
PY
(cd "$work" && fasttext supervised -input fasttext.train -output fasttext -wordNgrams 2 -epoch 25 -thread 1 > /dev/null 2>&1)
/usr/bin/python3 "$work/sklearn_bench.py" train "$work"
speed() { awk -v n="$sentences" -v s="$1" 'BEGIN {printf "%.0f sentences/s", n / s}'; }
echo "$sentences sentences:"
read -r wall user sys peak <<< "$(measure "$stance" classify -m "$work/sentence.model" --threads 1 --format jsonl --progress never -o "$work/out" "$work/some.jsonl")"
ours=$wall
row 'classify, sentence head, word 1-2-grams, 1 thread' "$wall s" "$(awk "BEGIN {print $user + $sys}") s" $((peak / 1024)) "$(speed "$wall")"
read -r wall user sys peak <<< "$(measure fasttext predict "$work/fasttext.bin" "$work/sentences.txt")"
row 'fasttext predict, word bigrams' "$wall s" "$(awk "BEGIN {print $user + $sys}") s" $((peak / 1024)) "$(speed "$wall"), ratio $(awk "BEGIN {printf \"%.1f\", $wall / $ours}")"
read -r wall user sys peak <<< "$(OMP_NUM_THREADS=1 measure /usr/bin/python3 "$work/sklearn_bench.py" predict "$work")"
row 'scikit-learn TfidfVectorizer(1, 3) and LinearSVC' "$wall s" "$(awk "BEGIN {print $user + $sys}") s" $((peak / 1024)) "$(speed "$wall"), ratio $(awk "BEGIN {printf \"%.1f\", $wall / $ours}")"
