#!/bin/sh
# VADER (here its npm port; the word list is the Python one's) finds feeling in the plain names of states, ministries and parties: "united" is
# +1.8, "security" +1.4, "justice" +2.4, "supreme" +2.6, "party" +1.7, "support" +1.7, "defence" +0.4, and it does not know a name. A report
# without any feeling, "The United Nations Security Council met on Tuesday.", has compound 0.6369: exactly as "I love it.". Of 40 names ordinary
# in news of conflict 26 are not neutral by VADER's own threshold of 0.05, 24 of them positive; "The United States bombed the town." is positive.
# Expected: proper names score 0, or now and then a little; the documentation calls the list tuned to social media and does not speak of names.
# What it matters for: a country's share of names decides its mean. Mask actors before scoring (by a gazetteer), or score stance by training.
#
# Output seen (npm vader-sentiment 1.1.3):
#   0.6369 I love it.
#   0.6369 The United Nations Security Council met on Tuesday.
#   0.6124 The Justice Ministry of the United Arab Emirates gave no figure.
#   0.4215 The United States bombed the town.
#   0.4019 The Rapid Support Forces hold the town.
#   -0.7269 The War Ministry gave no figure.
#   40 names: 24 positive, 2 negative (Ministry of War, International Criminal Court)
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --ignore-scripts --cache "$work/cache" vader-sentiment@1.1.3 >/dev/null 2>&1 || { echo "needs the npm registry"; exit 1; }
cat >ask.js <<'J'
const score = text => require('vader-sentiment').SentimentIntensityAnalyzer.polarity_scores(text).compound;
for (const text of ['I love it.', 'The United Nations Security Council met on Tuesday.', 'The Justice Ministry of the United Arab Emirates gave no figure.',
                    'The United States bombed the town.', 'The Rapid Support Forces hold the town.', 'The War Ministry gave no figure.'])
  console.log(`${score(text).toFixed(4)} ${text}`);
const names = ['United Nations', 'United States', 'United Kingdom', 'United Arab Emirates', 'Security Council', 'African Union', 'European Union',
  'World Bank', 'Arab League', 'Supreme Court', 'Supreme Leader', 'Ministry of Justice', 'Ministry of Defence', 'Ministry of War', 'Foreign Ministry',
  'Interior Ministry', 'National Security Council', 'Federal Security Service', 'Central Intelligence Agency', 'Labour Party', 'Conservative Party',
  'Justice and Development Party', 'Workers Party', 'Freedom Party', 'Free Syrian Army', 'Rapid Support Forces', 'National Salvation Front',
  'Islamic Resistance', 'Popular Resistance Committees', 'Islamic Jihad', 'Islamic State', 'Peace Corps', 'Freedom House', 'Save the Children',
  'Human Rights Watch', 'International Criminal Court', 'Truth and Reconciliation Commission', 'Drug Enforcement Administration', 'Saudi Arabia', 'Burkina Faso'];
const positive = names.filter(name => score(name) >= 0.05), negative = names.filter(name => score(name) <= -0.05);
console.log(`${names.length} names: ${positive.length} positive, ${negative.length} negative (${negative.join(', ')})`);
J
node ask.js | tee said
sed -n 's/^#   //p' "$script" | diff - said
