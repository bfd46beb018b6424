#!/bin/sh
# A test program of Criterion reads the certificates of all certification authorities each time that it starts, and it starts anew for each test.
# Debian's libcriterion is linked with libgit2 (for patches of what differs), and initialising libgit2 sets up TLS: /etc/ssl/certs/ca-certificates.crt, 200 KB,
# is opened, read and parsed, although nothing goes to a network. Each test runs in a process of its own, which is the program started again
# (BoxFort executes it), so that five empty tests read the file six times.
# Expected: a unit test framework opens nothing but what the tests open.
# What it matters for: time and traces. Parsing the certificates is a tenth of the time of a short test under AddressSanitizer (string functions are
# intercepted there), and whoever traces the files that a test opens, or runs it where /etc/ssl is not to be read, meets opens that are not the test's.
#
# Output seen (libcriterion 2.4.1-2, libgit2-1.5 1.5.1+ds-1+deb12u2, Debian 12):
#   passed 5
#   reads of the certificates: 6
set -eu
script=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for package in libcriterion-dev libgit2-1.5 strace; do
  dpkg-query -W -f '${Package} ${Version}\n' "$package" || { echo "needs apt-get install libcriterion-dev strace"; exit 1; }
done
{
  echo '#include <criterion/criterion.h>'
  for n in 1 2 3 4 5; do echo "Test(empty, number_$n) {}"; done
} > empty.c
gcc -o empty empty.c -lcriterion
strace -f -qq -e trace=openat -o opened ./empty -j1 --verbose > said 2>&1
{
  echo "passed $(grep -c '^\[PASS\]' said)"
  echo "reads of the certificates: $(grep 'ca-certificates.crt' opened | grep -vc ' = -1 ')"
} | tee result
sed -n '/^# Output seen/,/^set /s/^#   //p' "$script" | diff - result && echo "as seen"
