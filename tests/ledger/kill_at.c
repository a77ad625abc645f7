/* Counts the calls of its process that change files below a folder, and does with the one asked for what a crash or a
 * full disk does. Loaded with LD_PRELOAD; told by its process what to do, through kill_at_arm and kill_at_trace.
 *
 * Each change can also be noted in a trace, from which every state that a power loss could leave is made again
 * (tests/ledger/disk.py): kind, length of the path, the path, a number, length of the bytes, the bytes.
 *
 * Linux only: paths are read from /proc. Changes through mmap are not seen; SQLite makes them only in its -shm file,
 * which it makes anew after a crash.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real(#name))
#define KILLED 137

enum { NOTHING, BEFORE, MIDWAY, FULL };

static char root[PATH_MAX];
static long calls, last;
static int mode = NOTHING, trace = -1;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

/* From here on calls below `folder` are counted; the `at`-th (from 1) meets `what`: BEFORE and MIDWAY end the process,
 * FULL takes half of what is written and nothing after that. */
void kill_at_arm(const char *folder, long at, int what) {
    snprintf(root, sizeof root, "%s/", folder);
    calls = 0, last = at, mode = what;
}

/* How many calls were counted; nothing is counted from here on. */
long kill_at_disarm(void) {
    root[0] = 0, mode = NOTHING, trace = -1;
    return calls;
}

/* Note all changes in this open file. */
void kill_at_trace(int fd) { trace = fd; }

static int below(const char *path) { return root[0] && !strncmp(path, root, strlen(root)); }

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = root[0] ? readlink(link, path, PATH_MAX - 1) : -1;
    path[length < 0 ? 0 : length] = 0;
    return below(path) && (length < 11 || strcmp(path + length - 10, " (deleted)"));
}

static void note(char kind, const char *path, int64_t number, const void *bytes, uint64_t length) {
    if (trace < 0) return;
    uint32_t named = strlen(path);
    struct iovec parts[] = {{&kind, 1},   {&named, 4},  {(void *)path, named},
                            {&number, 8}, {&length, 8}, {(void *)bytes, length}};
    int before = errno;
    if (REAL(writev)(trace, parts, 6) != (ssize_t)(21 + named + length)) abort();
    errno = before;
}

/* A line of the run itself in the trace, as "A": what it acknowledged. */
void kill_at_note(const char *told) { note('A', told, 0, "", 0); }

/* How much room on the disk a change needs. */
enum { NO_ROOM, SOME_ROOM, BYTES };

/* One more change; 1 where the disk has no room for it. */
static int counted(int room) {
    calls++;
    if (mode == BEFORE && calls == last) _exit(KILLED);
    if (mode == FULL && room && (calls > last || (calls == last && room != BYTES))) {
        errno = ENOSPC;
        return 1;
    }
    return 0;
}

static int is_midway(void) { return calls == last && (mode == MIDWAY || mode == FULL); }

static ssize_t noted(const char *path, int64_t at, const void *bytes, ssize_t written) {
    if (written > 0) note('W', path, at, bytes, written);
    if (mode == MIDWAY && calls == last) _exit(KILLED);
    return written;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(write)(fd, bytes, length);
    if (counted(length > 1 ? BYTES : SOME_ROOM)) return -1;
    ssize_t written = REAL(write)(fd, bytes, is_midway() ? length / 2 : length);
    return noted(path, lseek(fd, 0, SEEK_CUR) - (written > 0 ? written : 0), bytes, written);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(pwrite64)(fd, bytes, length, at);
    if (counted(length > 1 ? BYTES : SOME_ROOM)) return -1;
    return noted(path, at, bytes, REAL(pwrite64)(fd, bytes, is_midway() ? length / 2 : length, at));
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

/* As one write after the other, since the process may end between them. */
ssize_t writev(int fd, const struct iovec *parts, int count) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return REAL(writev)(fd, parts, count);
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t written = write(fd, parts[i].iov_base, parts[i].iov_len);
        if (written < 0) return all ? all : -1;
        all += written;
        if ((size_t)written < parts[i].iov_len) break;
    }
    return all;
}

static int synced(int fd, int (*sync)(int)) {
    char path[PATH_MAX];
    int is_ours = path_of(fd, path) || (root[0] && !strncmp(path, root, strlen(root) - 1));
    if (is_ours) counted(NO_ROOM);
    int failed = sync(fd);
    if (is_ours && !failed) note('S', path, 0, "", 0);
    return failed;
}

int fsync(int fd) { return synced(fd, REAL(fsync)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

int ftruncate64(int fd, off64_t length) {
    char path[PATH_MAX];
    int is_ours = path_of(fd, path);
    if (is_ours) counted(NO_ROOM);
    int failed = REAL(ftruncate64)(fd, length);
    if (is_ours && !failed) note('T', path, length, "", 0);
    return failed;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int truncate64(const char *path, off64_t length) {
    if (below(path)) counted(NO_ROOM);
    int failed = REAL(truncate64)(path, length);
    if (below(path) && !failed) note('T', path, length, "", 0);
    return failed;
}

int truncate(const char *path, off_t length) { return truncate64(path, length); }

int fallocate64(int fd, int how, off64_t at, off64_t length) {
    char path[PATH_MAX];
    if (path_of(fd, path)) note('?', path, 0, "fallocate", 9);
    return REAL(fallocate64)(fd, how, at, length);
}

int posix_fallocate64(int fd, off64_t at, off64_t length) {
    char path[PATH_MAX];
    if (path_of(fd, path)) note('?', path, 0, "posix_fallocate", 15);
    return REAL(posix_fallocate64)(fd, at, length);
}

static int opened(const char *name, int where, const char *path, int flags, mode_t rights) {
    struct stat found;
    int is_new = (flags & O_CREAT) && stat(path, &found) < 0;
    int changes = below(path) && (is_new || (flags & O_TRUNC && (flags & O_ACCMODE) != O_RDONLY));
    if (changes && counted(SOME_ROOM)) return -1;
    int fd = ((int (*)(int, const char *, int, ...))real(name))(where, path, flags | O_LARGEFILE, rights);
    if (changes && fd >= 0) note(is_new ? 'C' : 'T', path, 0, "", 0);
    return fd;
}

#define RIGHTS(flags)                                      \
    mode_t rights = 0;                                     \
    if ((flags) & (O_CREAT | __O_TMPFILE)) {               \
        va_list rest;                                      \
        va_start(rest, flags);                             \
        rights = va_arg(rest, mode_t);                     \
        va_end(rest);                                      \
    }

int open(const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened("openat", AT_FDCWD, path, flags, rights);
}

int open64(const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened("openat", AT_FDCWD, path, flags, rights);
}

int openat(int where, const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened("openat", where, path, flags, rights);
}

int openat64(int where, const char *path, int flags, ...) {
    RIGHTS(flags)
    return opened("openat", where, path, flags, rights);
}

int mkdir(const char *path, mode_t rights) {
    if (below(path) && counted(SOME_ROOM)) return -1;
    int failed = REAL(mkdir)(path, rights);
    if (below(path) && !failed) note('D', path, 0, "", 0);
    return failed;
}

int unlink(const char *path) {
    if (below(path)) counted(NO_ROOM);
    int failed = REAL(unlink)(path);
    if (below(path) && !failed) note('U', path, 0, "", 0);
    return failed;
}

int link(const char *old, const char *new) {
    if (below(new) && counted(SOME_ROOM)) return -1;
    int failed = REAL(link)(old, new);
    if (below(new) && !failed) note('L', old, 0, new, strlen(new));
    return failed;
}

int rename(const char *old, const char *new) {
    if ((below(old) || below(new)) && counted(SOME_ROOM)) return -1;
    int failed = REAL(rename)(old, new);
    if (below(new) && !failed) note('R', old, 0, new, strlen(new));
    return failed;
}
