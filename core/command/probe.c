/* probe - small trials, each of which cleans up. */
#include "command/probe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "run/carry.h"
#include "run/sandbox.h"

/* ---- in a child ------------------------------------------------------------------------- */

int probe_landlock(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static bool child_says_yes(bool (*trial)(void))
{
    int status = 0;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (pid == 0)
        _exit(trial() ? 0 : 1);
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool is_kept_from_files(void)
{
    char path[] = "/tmp/galley-doctor-XXXXXX";
    int file;

    sandbox_enter(false);
    file = mkstemp(path);
    if (file >= 0)
        unlink(path);
    return file < 0;
}

static bool is_kept_from_sockets(void)
{
    sandbox_enter(false);
    return socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EPERM;
}

static bool is_kept_from_memory(void)
{
    enum { MIB = 1 << 20 };
    void *block;

    setrlimit(RLIMIT_AS, &(struct rlimit){ 64 * MIB, 64 * MIB });
    block = malloc(512u * MIB);
    free(block);
    return block == NULL;
}

bool probe_sandbox(probe_what what)
{
    return child_says_yes(what == PROBE_FILES ? is_kept_from_files : is_kept_from_sockets);
}

bool probe_memory_limit(void)
{
    return child_says_yes(is_kept_from_memory);
}

uint64_t probe_memory_group(void)
{
    FILE *f = fopen("/sys/fs/cgroup/memory.max", "re");
    unsigned long long most = 0;

    if (f && fscanf(f, "%llu", &most) != 1)
        most = 0;
    if (f)
        fclose(f);
    return most;
}

/* ---- folders ---------------------------------------------------------------------------- */

static int is_config(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 4 && strcmp(entry->d_name + length - 4, ".cfg") == 0;
}

char *probe_configs(const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_config, alphasort);
    char *names = NULL;
    size_t length = 0;
    FILE *f = count > 0 ? open_memstream(&names, &length) : NULL;

    for (int i = 0; i < count; i++) {
        if (f)
            fprintf(f, " %.*s", (int)strlen(entries[i]->d_name) - 4, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    if (f)
        fclose(f);
    return names;
}

static const struct {
    unsigned long magic;
    const char   *name;
    bool          lost_at_restart, remote;
} types[] = {
    { EXT4_SUPER_MAGIC, "ext4", false, false }, { BTRFS_SUPER_MAGIC, "btrfs", false, false },
    { XFS_SUPER_MAGIC, "xfs", false, false }, { TMPFS_MAGIC, "tmpfs", true, false },
    { RAMFS_MAGIC, "ramfs", true, false }, { OVERLAYFS_SUPER_MAGIC, "overlay", false, false },
    { NFS_SUPER_MAGIC, "nfs", false, true }, { SMB2_SUPER_MAGIC, "smb", false, true },
    { CIFS_SUPER_MAGIC, "cifs", false, true }, { FUSE_SUPER_MAGIC, "fuse", false, false },
    { MSDOS_SUPER_MAGIC, "fat", false, false }, { 0x2FC12FC1, "zfs", false, false }, { V9FS_MAGIC, "9p", false, true },
};

static void look_at_type(probe_output *o)
{
    struct statfs fs;

    o->type = "an unknown file system";
    if (statfs(o->folder, &fs) < 0)
        return;
    o->free = (uint64_t)fs.f_bavail * (uint64_t)fs.f_bsize;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].magic == (unsigned long)fs.f_type) {
            o->type = types[i].name;
            o->lost_at_restart = types[i].lost_at_restart;
            o->remote = types[i].remote;
        }
}

static int open_in(const char *folder, const char *name, int flags)
{
    char *path = memory_format("%s/%s", folder, name);
    int file = open(path, flags | O_CLOEXEC, 0666);

    free(path);
    return file;
}

static void try_locks(probe_output *o, const char *folder)
{
    int first = open_in(folder, "lock", O_RDWR | O_CREAT), second = open_in(folder, "lock", O_RDWR);

    o->locks = first >= 0 && second >= 0 && flock(first, LOCK_EX | LOCK_NB) == 0 &&
               flock(second, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK;
    if (first >= 0)
        close(first);
    if (second >= 0)
        close(second);
}

static void try_syncs(probe_output *o, const char *folder)
{
    enum { TIMES = 5 };
    int file = open_in(folder, "data.part", O_WRONLY | O_CREAT);
    uint64_t began = monotonic_ns();

    o->syncs = file >= 0;
    for (int i = 0; i < TIMES && o->syncs; i++)
        o->syncs = write(file, "data", 4) == 4 && fdatasync(file) == 0;
    o->sync_ms = (double)(monotonic_ns() - began) / 1e6 / TIMES;
    o->syncs = o->syncs && syncfs(file) == 0;
    if (file >= 0)
        close(file);
}

static void try_names(probe_output *o, const char *folder)
{
    char *part = memory_format("%s/data.part", folder), *whole = memory_format("%s/data", folder),
         *capitals = memory_format("%s/DATA", folder);
    int file = open_in(folder, "data", O_WRONLY | O_CREAT);

    if (file >= 0)
        close(file);
    o->renames = rename(part, whole) == 0;
    o->folds_case = access(capitals, F_OK) == 0;
    free(part);
    free(whole);
    free(capitals);
}

static void clean_up(const char *folder)
{
    static const char *const names[] = { "lock", "data.part", "data" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = memory_format("%s/%s", folder, names[i]);

        unlink(path);
        free(path);
    }
    rmdir(folder);
}

/* The folder itself, or the nearest above it that is there. */
static void find_folder(probe_output *o, const char *out)
{
    struct stat st;

    snprintf(o->folder, sizeof o->folder, "%s", *out ? out : ".");
    while (stat(o->folder, &st) < 0) {
        char *slash = strrchr(o->folder, '/');

        if (!slash)
            strcpy(o->folder, ".");
        else
            slash[slash == o->folder] = '\0';
    }
}

probe_output probe_folder(const char *out)
{
    probe_output o = { .error = 0 };
    char *folder;

    find_folder(&o, out);
    folder = memory_format("%s/.galley-doctor-XXXXXX", o.folder);
    o.writable = mkdtemp(folder) != NULL;
    o.error = errno;
    look_at_type(&o);
    if (o.writable) {
        try_locks(&o, folder);
        try_syncs(&o, folder);
        try_names(&o, folder);
        clean_up(folder);
    }
    free(folder);
    return o;
}
