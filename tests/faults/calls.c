/* SPDX-License-Identifier: MIT
 * Loaded before a program (LD_PRELOAD), stands between its C library and the kernel: a filter (seccomp) sends the system calls that libc makes on files
 * to a signal handler here, also those inside of fopen and fclose. Linux on x86-64; what the loader and other libraries call goes by.
 *
 *   CALLS_FAIL=KIND:K:ERRNO   the K-th call of the kind fails (a close closes all the same, a write of errno 0 writes half)
 *   CALLS_KILL=K              kill -9 at the K-th call of all: what a file holds changes nowhere else
 *   CALLS_COUNT=FILE          how many calls of each kind there were: lines "KIND N"
 *   CALLS_LOG=FILE            what reaches the disk, in order: the records below, for tests/faults/power.py
 *   CALLS_CLOCK=SECONDS       the monotonic clock goes forward so much at each look: what is done once a second is done often
 *   CALLS_UNDER=FOLDER        of files below this folder alone */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef __x86_64__
#error "the registers of x86-64 are read here"
#endif

enum kind { OPEN, READ, WRITE, FSYNC, CLOSE, RENAME, TRUNCATE, UNLINK, STAT, MKDIR, KINDS };
static const char *const kind_names[KINDS] = {"open",   "read",     "write",  "fsync", "close",
                                              "rename", "truncate", "unlink", "stat",  "mkdir"};
static const struct {
  int number;
  enum kind kind;
} trapped[] = {{SYS_open, OPEN},       {SYS_openat, OPEN},       {SYS_creat, OPEN},         {SYS_read, READ},
               {SYS_pread64, READ},    {SYS_readv, READ},        {SYS_write, WRITE},        {SYS_pwrite64, WRITE},
               {SYS_writev, WRITE},    {SYS_fsync, FSYNC},       {SYS_fdatasync, FSYNC},    {SYS_close, CLOSE},
               {SYS_rename, RENAME},   {SYS_renameat, RENAME},   {SYS_renameat2, RENAME},   {SYS_link, RENAME},
               {SYS_linkat, RENAME},   {SYS_truncate, TRUNCATE}, {SYS_ftruncate, TRUNCATE}, {SYS_unlink, UNLINK},
               {SYS_unlinkat, UNLINK}, {SYS_newfstatat, STAT},   {SYS_mkdir, MKDIR},        {SYS_mkdirat, MKDIR}};
enum { TRAPPED = sizeof trapped / sizeof *trapped };

static atomic_long calls[KINDS];
static int fail_kind = -1, fail_errno, log_file = -1;
static long fail_at, kill_at;
static atomic_long all_calls;
static char under[PATH_MAX];
static atomic_flag log_lock = ATOMIC_FLAG_INIT;

static long raw(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
#define RAW(number, a, b, c) raw(number, (long)(a), (long)(b), (long)(c), 0, 0, 0)

static size_t path_of(long file, char *path) { /* of an open file, as it is called now */
  char link[40];
  int at = 0;
  char digits[24];
  int count = 0;
  for (long rest = file; count == 0 || rest; rest /= 10) digits[count++] = (char)('0' + rest % 10);
  memcpy(link, "/proc/self/fd/", 14);
  for (at = 14; count;) link[at++] = digits[--count];
  link[at] = '\0';
  long length = RAW(SYS_readlink, link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
  return length > 0 ? (size_t)length : 0;
}

static void absolute(long folder, const char *name, char *path) {
  size_t length = 0;
  if (*name != '/') {
    if ((int)folder == AT_FDCWD) { /* the upper half of the register is anything */
      long got = RAW(SYS_getcwd, path, PATH_MAX, 0);
      length = got > 0 ? (size_t)got - 1 : 0;
    } else {
      length = path_of(folder, path);
    }
    path[length++] = '/';
  }
  if (name[0] == '.' && name[1] == '/') name += 2;
  size_t more = strlen(name);
  if (length + more >= PATH_MAX) more = PATH_MAX - 1 - length;
  memcpy(path + length, name, more);
  path[length + more] = '\0';
}

static int is_under(const char *path) { return !*under || strncmp(path, under, strlen(under)) == 0; }

/* ---- the log: a record is a head of 5 numbers of 8 bytes (what, inode, offset, length, length of the second part), then both parts ---------- */

enum record {
  CREATED = 'c',
  WRITTEN = 'w',
  SYNCED = 's',
  CUT = 't',
  RENAMED = 'r',
  UNLINKED = 'u',
  FOLDER = 'm',
  PAINTED = 'p'
};

static void put(const void *bytes, size_t length) {
  const char *at = bytes;
  while (length) {
    long done = RAW(SYS_write, log_file, at, length);
    if (done == -EINTR) continue;
    if (done <= 0) RAW(SYS_exit_group, 98, 0, 0);
    at += done;
    length -= (size_t)done;
  }
}

static void record(enum record what, uint64_t inode, uint64_t offset, const void *first, size_t first_length,
                   const void *second, size_t second_length) {
  uint64_t head[5] = {(uint64_t)what, inode, offset, first_length, second_length};
  put(head, sizeof head);
  put(first, first_length);
  put(second, second_length);
}

static uint64_t inode_of(long file, uint64_t *size) {
  struct stat about = {0};
  RAW(SYS_fstat, file, &about, 0);
  if (size) *size = (uint64_t)about.st_size;
  return S_ISREG(about.st_mode) || S_ISDIR(about.st_mode) ? about.st_ino : 0;
}

static void log_write(long file, const char *bytes, size_t length, long at) {
  char path[PATH_MAX];
  uint64_t size, inode = inode_of(file, &size);
  size_t named = path_of(file, path);
  if (!strncmp(path, "/dev/pts/", 9)) record(PAINTED, 0, 0, path, named, bytes, length);
  else if (inode && is_under(path)) record(WRITTEN, inode, (uint64_t)at, path, named, bytes, length);
}

static long make(long number, const long *a) { return raw(number, a[0], a[1], a[2], a[3], a[4], a[5]); }

static long open_logged(long number, const long *a) {
  char path[PATH_MAX];
  struct stat about;
  int is_at = number == SYS_openat;
  long flags = is_at ? a[2] : a[1];
  absolute(is_at ? a[0] : AT_FDCWD, (const char *)(is_at ? a[1] : a[0]), path);
  long before = flags & O_CREAT ? RAW(SYS_stat, path, &about, 0) : 0, result = make(number, a);
  if (result < 0 || !is_under(path)) return result;
  uint64_t inode = inode_of(result, NULL);
  if (before < 0) record(CREATED, inode, 0, path, strlen(path), "", 0);
  else if (flags & O_TRUNC) record(CUT, inode, 0, path, strlen(path), "", 0);
  return result;
}

static long write_logged(long number, const long *a) {
  uint64_t size;
  inode_of(a[0], &size);
  long flags = RAW(SYS_fcntl, a[0], F_GETFL, 0);
  long at = number == SYS_pwrite64 ? a[3] : flags & O_APPEND ? (long)size : RAW(SYS_lseek, a[0], 0, SEEK_CUR);
  long result = make(number, a), rest = result;
  if (number != SYS_writev && result > 0) log_write(a[0], (const char *)a[1], (size_t)result, at);
  for (long i = 0; number == SYS_writev && i < a[2] && rest > 0; i++) {
    const struct iovec *part = (const struct iovec *)a[1] + i;
    size_t length = (size_t)rest < part->iov_len ? (size_t)rest : part->iov_len;
    log_write(a[0], part->iov_base, length, at);
    at += (long)length;
    rest -= (long)length;
  }
  return result;
}

static long file_logged(long number, enum record what, const long *a) { /* fsync, ftruncate */
  char path[PATH_MAX];
  size_t named = path_of(a[0], path);
  uint64_t inode = inode_of(a[0], NULL);
  long result = make(number, a);
  if (result >= 0 && is_under(path)) record(what, inode, what == CUT ? (uint64_t)a[1] : 0, path, named, "", 0);
  return result;
}

static long names_logged(long number, enum record what, const long *a) { /* rename, link, unlink, mkdir */
  char path[PATH_MAX], other[PATH_MAX] = "";
  int is_two = number == SYS_renameat || number == SYS_renameat2 || number == SYS_linkat;
  int is_at = is_two || number == SYS_unlinkat || number == SYS_mkdirat;
  absolute(is_at ? a[0] : AT_FDCWD, (const char *)(is_at ? a[1] : a[0]), path);
  if (what == RENAMED) absolute(is_two ? a[2] : AT_FDCWD, (const char *)(is_two ? a[3] : a[1]), other);
  long result = make(number, a);
  if (result >= 0 && is_under(path))
    record(what, 0, number == SYS_link || number == SYS_linkat, path, strlen(path), other, strlen(other));
  return result;
}

/* The call is made here and logged, in one step for all threads. */
static long logged(long number, enum kind kind, const long *a) {
  while (atomic_flag_test_and_set(&log_lock)) {
  }
  long result = kind == OPEN              ? open_logged(number, a)
                : kind == WRITE           ? write_logged(number, a)
                : kind == FSYNC           ? file_logged(number, SYNCED, a)
                : number == SYS_ftruncate ? file_logged(number, CUT, a)
                : kind == RENAME          ? names_logged(number, RENAMED, a)
                : kind == UNLINK          ? names_logged(number, UNLINKED, a)
                : kind == MKDIR           ? names_logged(number, FOLDER, a)
                                          : make(number, a);
  atomic_flag_clear(&log_lock);
  return result;
}

/* ---- the handler ----------------------------------------------------------------------------------------------------- */

static int concerns(long number, enum kind kind, const long *a) { /* CALLS_UNDER, by the file's or the name's place */
  char path[PATH_MAX];
  if (!*under) return 1;
  if (kind == READ || kind == WRITE || kind == FSYNC || kind == CLOSE || number == SYS_ftruncate) path_of(a[0], path);
  else if (number == SYS_openat || number == SYS_newfstatat || number == SYS_unlinkat || number == SYS_mkdirat ||
           number == SYS_renameat || number == SYS_renameat2 || number == SYS_linkat) {
    if (!*(const char *)a[1]) path_of(a[0], path);
    else absolute(a[0], (const char *)a[1], path);
  } else absolute(AT_FDCWD, (const char *)a[0], path);
  return is_under(path);
}

static void on_call(int signal_number, siginfo_t *info, void *context) {
  (void)signal_number;
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  long number = info->si_syscall, result;
  const long a[6] = {registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
                     registers[REG_R10], registers[REG_R8],  registers[REG_R9]};
  enum kind kind = OPEN;
  for (int i = 0; i < TRAPPED; i++)
    if (trapped[i].number == number) kind = trapped[i].kind;
  if (kill_at && atomic_fetch_add(&all_calls, 1) + 1 == kill_at) raw(SYS_kill, getpid(), SIGKILL, 0, 0, 0, 0);
  int is_counted = concerns(number, kind, a);
  long k = is_counted ? atomic_fetch_add(&calls[kind], 1) + 1 : 0;
  if (is_counted && (int)kind == fail_kind && k == fail_at) {
    if (kind == CLOSE) raw(number, a[0], 0, 0, 0, 0, 0);
    result = -fail_errno;
    if (!fail_errno)
      result = raw(number, a[0], a[1], a[2] > 1 && number != SYS_writev ? a[2] / 2 : a[2], a[3], a[4], a[5]);
  } else if (log_file >= 0 && kind != READ && kind != CLOSE && kind != STAT) {
    result = logged(number, kind, a);
  } else {
    result = make(number, a);
  }
  registers[REG_RAX] = result;
}

/* Threads that leave all signals to others must still get this one. */
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old) {
  sigset_t open_set;
  if (set && how != SIG_UNBLOCK) {
    open_set = *set;
    sigdelset(&open_set, SIGSYS);
    set = &open_set;
  }
  return (int)-raw(SYS_rt_sigprocmask, how, (long)set, (long)old, 8, 0, 0);
}
int sigprocmask(int how, const sigset_t *set, sigset_t *old) {
  errno = pthread_sigmask(how, set, old);
  return errno ? -1 : 0;
}

/* Nothing that syncs takes time: a run writes its state no more rarely for it. */
int clock_gettime(clockid_t id, struct timespec *time) {
  static _Atomic long steps, syncs;
  static const char *step;
  int result = (int)raw(SYS_clock_gettime, id, (long)time, 0, 0, 0, 0);
  if (!step && !(step = getenv("CALLS_CLOCK"))) step = "0";
  long now = atomic_load(&calls[FSYNC]);
  if (atomic_exchange(&syncs, now) == now) steps++;
  if (id == CLOCK_MONOTONIC) time->tv_sec += atol(step) * steps;
  return result;
}

static int take_libc(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size;
  uintptr_t *range = context;
  const char *name = strrchr(info->dlpi_name, '/');
  if (!name || strncmp(name, "/libc.so", 8) != 0) return 0;
  for (int i = 0; i < info->dlpi_phnum; i++)
    if (info->dlpi_phdr[i].p_type == PT_LOAD && info->dlpi_phdr[i].p_flags & PF_X) {
      range[0] = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
      range[1] = range[0] + info->dlpi_phdr[i].p_memsz;
    }
  return 1;
}

static void give_up(const char *why) {
  fprintf(stderr, "calls.c: %s\n", why);
  _exit(99);
}

__attribute__((constructor)) static void start(void) {
  const char *fail = getenv("CALLS_FAIL"), *log = getenv("CALLS_LOG"), *folder = getenv("CALLS_UNDER");
  char name[16];
  if (folder) snprintf(under, sizeof under, "%s", folder);
  if (fail) {
    if (sscanf(fail, "%15[a-z]:%ld:%d", name, &fail_at, &fail_errno) != 3) give_up("CALLS_FAIL is not KIND:K:ERRNO");
    for (int i = 0; i < KINDS; i++)
      if (strcmp(name, kind_names[i]) == 0) fail_kind = i;
  }
  if (log) {
    int file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    log_file = file < 0 ? -1 : fcntl(file, F_DUPFD_CLOEXEC, 900); /* out of the way of the program's numbers */
    if (log_file < 0) give_up("cannot open the log");
    close(file);
  }
  if (getenv("CALLS_KILL")) kill_at = atol(getenv("CALLS_KILL"));
  if (!fail && !log && !kill_at && !getenv("CALLS_COUNT")) return;

  uintptr_t range[2] = {0};
  dl_iterate_phdr(take_libc, range);
  if (!range[0] || range[0] >> 32 != range[1] >> 32) give_up("libc's code is not where it is looked for");
  struct sigaction action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER};
  if (sigaction(SIGSYS, &action, NULL) != 0) give_up("no signal handler");

  struct sock_filter filter[TRAPPED + 16];
  unsigned short n = 0;
  const uint32_t ip = offsetof(struct seccomp_data, instruction_pointer);
#define LOAD(at) filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, at)
#define UNLESS_ALLOW(test, value) /* one more step where the test holds, else the call goes by */ \
  filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | (test) | BPF_K, (uint32_t)(value), 1, 0);  \
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
  LOAD(ip + 4);
  UNLESS_ALLOW(BPF_JEQ, range[0] >> 32);
  LOAD(ip);
  UNLESS_ALLOW(BPF_JGE, range[0]);
  filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, (uint32_t)range[1], 0, 1);
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  LOAD(offsetof(struct seccomp_data, nr));
  for (int i = 0; i < TRAPPED; i++)
    filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)trapped[i].number,
                                               (unsigned char)(TRAPPED - i), 0);
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
  struct sock_fprog program = {.len = n, .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    give_up("no seccomp here");
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("CALLS_COUNT");
  if (!path) return;
  char text[KINDS * 32];
  int length = 0;
  for (int i = 0; i < KINDS; i++)
    length += snprintf(text + length, sizeof text - (size_t)length, "%s %ld\n", kind_names[i], atomic_load(&calls[i]));
  long file = RAW(SYS_open, path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file >= 0 && RAW(SYS_write, file, text, length) != length) _exit(99);
}
