#!/bin/sh
# The same completion function is handed other words by bash and by zsh's bashcompinit: "tool --format=h<TAB>" is four words in bash (tool, --format, =,
# h: "=" is in COMP_WORDBREAKS, and the word to complete is "h") and two in zsh (tool, --format=h). A function that is right in bash, looking for "="
# as the word before, completes nothing in zsh; one that is right in zsh, whose candidates begin with "--format=", would double it in bash.
# What it matters for: completions that serve both must look at both forms.
#
# Output seen (bash 5.2.15, zsh 5.9; Debian's bash, zsh, python3):
#   bash: 4 words: tool|--format|=|h
#   zsh: 2 words: tool|--format=h
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for shell in bash zsh; do command -v $shell >/dev/null || { echo "needs Debian's $shell"; exit 1; }; done
cat >words.sh <<'S'
_tool() { (IFS='|'; echo "${#COMP_WORDS[@]} words: ${COMP_WORDS[*]}" >> "$SAID"); COMPREPLY=(); }
complete -F _tool tool
S
cat >ask.py <<'P'
import os, pty, select, sys, time
shell, start = sys.argv[1], sys.argv[2:]
os.environ.update(SAID=os.path.abspath(shell), TERM="dumb", HOME=os.getcwd())
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(start[0], start)
setup = "autoload -U +X compinit && compinit -u -D; autoload -U +X bashcompinit && bashcompinit\n" if shell == "zsh" else ""
os.write(terminal, (setup + ". ./words.sh\ntouch ready\n").encode())
end, is_typed = time.monotonic() + 60, False
while time.monotonic() < end and not os.path.exists(shell):
    if select.select([terminal], [], [], 0.05)[0]:
        os.read(terminal, 65536)
    if os.path.exists("ready") and not is_typed:
        is_typed = True
        os.write(terminal, b"tool --format=h\t")
os.close(terminal)
os.waitpid(pid, 0)
print(f"{shell}: {open(shell).readline().strip()}")
P
bash --version | head -n 1; zsh --version
{ python3 ask.py bash bash --norc --noprofile -i; rm -f ready; python3 ask.py zsh zsh -f -i; } | tee said
grep -qx 'bash: 4 words: tool|--format|=|h' said
grep -qx 'zsh: 2 words: tool|--format=h' said
