// Loaded before the program's libraries (LD_PRELOAD): lets one call of one function fail.
//     FAIL_CALL      memory (malloc and its kin, counted together), rename, link, fsync, stat or open
//     FAIL_AT        which call of it, from 1
//     FAIL_TIMES     how many from there (1; 0: all)
//     TERM_IN        mkostemp or rename: the signal TERM comes at the end of each call of it
//     SLEEP_IN       mkostemp: its thread sleeps 50 ms at the end of each call of it
//     NO_LINKS       set: the file system has no hard links
//     COUNT_TO       a file: how many there were, in decimal digits
// It calls nothing that could allocate.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long failing_at, failing_times = 1;
static _Atomic long calls;
static const char *failing, *count_to;

static void count(void) {
  if (!count_to) return;
  char digits[24];
  char* at = digits + sizeof digits;
  for (long rest = calls; rest || at == digits + sizeof digits; rest /= 10) *--at = (char)('0' + rest % 10);
  const int fd = (int)syscall(SYS_openat, AT_FDCWD, count_to, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  syscall(SYS_write, fd, at, digits + sizeof digits - at);
  syscall(SYS_close, fd);
}

// The constructor of this library may come after the first call.
static void ask(void) {
  static int asked;
  if (asked) return;
  asked = 1;
  const char *const at = getenv("FAIL_AT"), *const times = getenv("FAIL_TIMES");
  failing = getenv("FAIL_CALL");
  count_to = getenv("COUNT_TO");
  if (at) failing_at = atol(at);
  if (times) failing_times = atol(times);
}

static int fails(const char* call) {
  ask();
  if (!failing || strcmp(call, failing) != 0) return 0;
  const long call_number = ++calls;
  return failing_at != 0 && call_number >= failing_at &&
         (failing_times == 0 || call_number < failing_at + failing_times);
}

__attribute__((destructor)) static void end(void) { count(); }

// The next function of that name.
#define NEXT(call, ...) ((__typeof__(&call))dlsym(RTLD_NEXT, #call))(__VA_ARGS__)

void* malloc(size_t size) {
  static __typeof__(&malloc) next;
  if (!next) next = (__typeof__(&malloc))dlsym(RTLD_NEXT, "malloc");
  if (!fails("memory")) return next(size);
  errno = ENOMEM;
  return NULL;
}
void* calloc(size_t n, size_t size) {
  static __typeof__(&calloc) next;
  if (!next) next = (__typeof__(&calloc))dlsym(RTLD_NEXT, "calloc");
  if (!fails("memory")) return next(n, size);
  errno = ENOMEM;
  return NULL;
}
void* realloc(void* old, size_t size) {
  static __typeof__(&realloc) next;
  if (!next) next = (__typeof__(&realloc))dlsym(RTLD_NEXT, "realloc");
  if (!fails("memory")) return next(old, size);
  errno = ENOMEM;
  return NULL;
}
void* aligned_alloc(size_t alignment, size_t size) {
  if (!fails("memory")) return NEXT(aligned_alloc, alignment, size);
  errno = ENOMEM;
  return NULL;
}
int posix_memalign(void** memory, size_t alignment, size_t size) {
  return fails("memory") ? ENOMEM : NEXT(posix_memalign, memory, alignment, size);
}

#define FAILS_WITH(error) \
  do {                    \
    errno = error;        \
    return -1;            \
  } while (0)

static void signal_in(const char* call) {
  const char* const in = getenv("TERM_IN");
  if (in && strcmp(in, call) == 0) raise(SIGTERM);
}

int mkostemp(char* name, int flags) {
  const int fd = NEXT(mkostemp, name, flags);
  signal_in("mkostemp");
  const char* const in = getenv("SLEEP_IN");
  if (in && strcmp(in, "mkostemp") == 0) usleep(50000);
  return fd;
}
int rename(const char* from, const char* to) {
  if (fails("rename")) FAILS_WITH(EIO);
  const int done = NEXT(rename, from, to);
  signal_in("rename");
  return done;
}
int link(const char* from, const char* to) {
  if (getenv("NO_LINKS") || fails("link")) FAILS_WITH(EPERM);
  return NEXT(link, from, to);
}
int fsync(int fd) {
  if (fails("fsync")) FAILS_WITH(EIO);
  return NEXT(fsync, fd);
}
int stat(const char* path, struct stat* found) {
  if (fails("stat")) FAILS_WITH(EACCES);
  return NEXT(stat, path, found);
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const int mode = flags & O_CREAT ? va_arg(rest, int) : 0;
  va_end(rest);
  if (fails("open")) FAILS_WITH(EMFILE);
  return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}
