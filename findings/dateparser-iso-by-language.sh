#!/bin/sh
# dateparser reads an ISO 8601 date by the order of day and month of the language it is given: with languages=["fr"], or settings DATE_ORDER
# "DMY", "2022-05-03" is the 5th of March, also with a time and a zone behind it. Days over 12 are None. Of the 365 days of 2022 it gets 12
# right, those where day and month are one number. 155 of the 205 languages it lists do so; English and no language at all are right.
# Expected: year first leaves no choice, and naming the language of the article makes dates safer. The documentation describes the order of
# 02-03-2016 by language and does not except ISO dates. Reported upstream since 2017, mended in its main branch in 2026.
# What it matters for: a feed's published field goes through the parser with the article's language, and 4 months of 12 are swapped without a
# word. Try datetime.fromisoformat first.
#
# Output seen (Debian's python3-dateparser 1.1.6-1):
#   fr: 2022-05-03 is 2022-03-05, 2022-05-03T10:00:00Z is 2022-03-05, 2022-05-31 is None
#   en: 2022-05-03 is 2022-05-03, 2022-05-03T10:00:00Z is 2022-05-03, 2022-05-31 is 2022-05-31
#   155 of 205 languages swap
#   fr: of 365 days 12 right, 132 another day, 221 None
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q -o APT::Sandbox::User=root python3-dateparser=1.1.6-1 python3-regex python3-tz python3-tzlocal \
  python3-pytz-deprecation-shim python3-dateutil python3-six >apt.log 2>&1) || { cat "$work/apt.log"; echo "needs Debian 12's package lists (apt-get update)"; exit 1; }
for package in "$work"/*.deb; do dpkg-deb -x "$package" "$work/root"; done
cat >"$work/ask.py" <<'P'
import datetime
import warnings
import dateparser
from dateparser.data.languages_info import language_order
warnings.simplefilter("ignore")
def read(text, language):
    seen = dateparser.parse(text, languages=[language])
    return seen and seen.date()
for language in "fr", "en":
    print(f"{language}:", ", ".join(f"{text} is {read(text, language)}" for text in ("2022-05-03", "2022-05-03T10:00:00Z", "2022-05-31")))
swap = sum(read("2022-05-03", language) == datetime.date(2022, 3, 5) for language in language_order)
print(f"{swap} of {len(language_order)} languages swap")
days = [datetime.date(2022, 1, 1) + datetime.timedelta(n) for n in range(365)]
seen = [read(day.isoformat(), "fr") for day in days]
right, none = sum(day == is_read for day, is_read in zip(days, seen)), seen.count(None)
print(f"fr: of 365 days {right} right, {365 - right - none} another day, {none} None")
P
TZ=UTC PYTHONPATH="$work/root/usr/lib/python3/dist-packages" nice -n 10 /usr/bin/python3 "$work/ask.py" | tee "$work/said"
sed -n 's/^#   //p' "$script" | diff - "$work/said"
