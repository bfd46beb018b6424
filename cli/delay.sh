#!/bin/sh
# Libraries that few commands need, loaded where the first of their functions is called: half of a short run was the dynamic linker's.
#
#   delay.sh "CC" "archive nats ..." OBJECTS_AND_ARCHIVES > delay.s      x86-64
#
# For each function that the objects call and a library has: a stub that jumps by a table, and the names that cli/delay.c looks up to fill it.
set -eu
cc=$1 libraries=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
nm -u "$@" 2> /dev/null | awk 'NF == 2 && $1 == "U" { print $2 }' | sort -u > "$work/called"
for library in $libraries; do
  file=$($cc -print-file-name="lib$library.so")
  soname=$(readelf -dW "$file" | sed -n 's/.*(SONAME).*\[\(.*\)\].*/\1/p')
  [ -n "$soname" ] || { echo "delay.sh: $file has no soname" >&2; exit 1; }
  nm -D --defined-only "$file" | awk '{ sub(/@.*/, "", $3); print $3, $2 }' | sort -u > "$work/defined"
  join "$work/called" "$work/defined" | while read -r name kind; do
    case $kind in
      T | W | i) echo "$soname $name" ;;
      *) echo "delay.sh: $name of $file is no function" >&2; exit 1 ;;
    esac
  done
done > "$work/functions"
awk '
BEGIN { libraries = 0 }
function quoted(text) { return "\"" text "\"" }
{ if ($1 != soname) { soname = $1; library[libraries] = soname; first[libraries++] = NR - 1 }
  name[NR - 1] = $2; count[libraries - 1]++ }
END {
  print "\t.text"
  for (i = 0; i < NR; i++)
    printf "\t.globl %s\n\t.hidden %s\n\t.type %s, @function\n%s:\n\t.cfi_startproc\n\tendbr64\n\tmov delay_table + %d(%%rip), %%r11\n" \
           "\ttest %%r11, %%r11\n\tje 1f\n\tjmp *%%r11\n1:\tmov $%d, %%r11d\n\tjmp delay_resolve\n\t.cfi_endproc\n\t.size %s, . - %s\n",
           name[i], name[i], name[i], name[i], 8 * i, i, name[i], name[i]
  # Saves what arguments may be in, asks delay_load, and goes on as if the function had been called.
  print "delay_resolve:\n\t.cfi_startproc\n\tpush %rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset %rbp, -16\n\tmov %rsp, %rbp\n\t.cfi_def_cfa_register %rbp"
  print "\tsub $192, %rsp\n\tand $-16, %rsp"
  split("rax rdi rsi rdx rcx r8 r9 r10", registers, " ")
  for (r = 1; r <= 8; r++) printf "\tmov %%%s, %d(%%rsp)\n", registers[r], 128 + 8 * (r - 1)
  for (r = 0; r < 8; r++) printf "\tmovups %%xmm%d, %d(%%rsp)\n", r, 16 * r
  print "\tmov %r11d, %edi\n\tcall delay_load\n\tmov %rax, %r11"
  for (r = 0; r < 8; r++) printf "\tmovups %d(%%rsp), %%xmm%d\n", 16 * r, r
  for (r = 1; r <= 8; r++) printf "\tmov %d(%%rsp), %%%s\n", 128 + 8 * (r - 1), registers[r]
  print "\tleave\n\t.cfi_def_cfa %rsp, 8\n\tjmp *%r11\n\t.cfi_endproc"
  # struct delay_library { const char *soname; uint32_t first, count; }, the names, and the table, whose pages nothing shares
  print "\t.section .data.rel.ro, \"aw\"\n\t.balign 8\n\t.globl delay_libraries, delay_names\n\t.hidden delay_libraries, delay_names\ndelay_libraries:"
  for (l = 0; l < libraries; l++) printf "\t.quad soname%d\n\t.long %d, %d\n", l, first[l], count[l]
  print "\t.quad 0, 0\ndelay_names:"
  for (i = 0; i < NR; i++) printf "\t.quad name%d\n", i
  print "\t.section .rodata"
  for (l = 0; l < libraries; l++) printf "soname%d:\t.asciz %s\n", l, quoted(library[l])
  for (i = 0; i < NR; i++) printf "name%d:\t.asciz %s\n", i, quoted(name[i])
  size = int((8 * NR + 4095) / 4096) * 4096
  printf "\t.balign 4\n\t.globl delay_table_size\n\t.hidden delay_table_size\ndelay_table_size:\t.long %d\n", size
  printf "\t.section .delay, \"aw\", @nobits\n\t.balign 4096\n\t.globl delay_table\n\t.hidden delay_table\ndelay_table:\t.skip %d\n", size
  # with stubs too, indirect branches are checked (IBT) and the stack is shadowed and not executed
  print "\t.section .note.gnu.property, \"a\"\n\t.balign 8\n\t.long 4, 16, 5\n\t.asciz \"GNU\"\n\t.long 0xc0000002, 4, 3, 0\n\t.section .note.GNU-stack, \"\", @progbits"
}' "$work/functions"
