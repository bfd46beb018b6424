# SPDX-License-Identifier: MIT
# Labels of three annotators for tests/tui/project: labels NAME LABEL... in the list's order; "-" leaves a unit out.
labels() {
  local name=$1 line label
  shift
  while IFS= read -r line; do
    label=$1
    shift
    [ "$label" = - ] || printf '%s,"label":"%s","annotator":"%s","at":"2026-11-22T10:00:00.%03dZ","seconds":2.5}\n' "${line%\}}" "$label" "$name" "$#"
  done <p/units.jsonl >"p/labels/$name.jsonl"
}
cp -r "$ROOT/tests/tui/project" p
labels ana hostile neutral negative hostile hostile negative neutral friendly positive
labels ben hostile neutral neutral friendly hostile negative neutral neutral positive
labels cho - - - hostile hostile negative - friendly positive
