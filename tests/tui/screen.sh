# SPDX-License-Identifier: MIT
# A program on a terminal of a given size, driven by keys: for goldens of the annotation screen. Needs tmux.
#   screen_start COLUMNS ROWS COMMAND...    screen_keys KEY...    screen_wait TEXT    screen_dump    screen_resize COLUMNS ROWS    screen_end
command -v tmux >/dev/null || { echo "tmux is missing: skipped" >&2; exit 77; }
screen_socket="stance-test-$$"
screen_tmux() { tmux -L "$screen_socket" -f /dev/null "$@"; }
screen_end() { screen_tmux kill-server 2>/dev/null || true; }
trap screen_end EXIT
export STANCE_NOW=2026-11-23T10:00:00Z # the clock stands still

screen_start() {
  local columns=$1 rows=$2
  shift 2
  if ! screen_tmux new-session -d -s s -x "$columns" -y "$rows" "$*; printf '\nended with %d\n' \$?; sleep 1000" 2>/dev/null; then
    echo "tmux has no pseudo-terminal here: skipped" >&2
    exit 77
  fi
  screen_tmux set -g status off >/dev/null
}

# Keys by tmux's names (Space, Enter, Escape, Left, F1) or themselves, one after the other.
screen_keys() {
  local key
  for key in "$@"; do
    if [ "$key" = ";" ]; then key='\;'; fi
    screen_tmux send-keys -t s "$key"
  done
}

screen_text() { screen_tmux capture-pane -p -t s; }

# Until the text is on the screen; ends the test where it is not after two minutes (a loaded machine).
screen_wait() {
  local i
  for i in $(seq 2400); do
    if screen_text | grep -qF -- "$1"; then return 0; fi
    sleep 0.05
  done
  echo "screen_wait: '$1' did not appear:" >&2
  screen_text >&2
  exit 1
}

screen_resize() { screen_tmux resize-window -t s -x "$1" -y "$2"; }

# The screen as text, with a title.
screen_dump() {
  printf -- '---- %s\n' "$1"
  screen_text | sed 's/ *$//'
}
