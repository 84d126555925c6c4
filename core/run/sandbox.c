/* sandbox - landlock (kernel 5.13) and a seccomp filter by system call number. */
#include "run/sandbox.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- files ------------------------------------------------------------------------- */

static uint64_t writing(long abi)
{
    uint64_t access = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                      LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                      LANDLOCK_ACCESS_FS_MAKE_SYM;

#ifdef LANDLOCK_ACCESS_FS_TRUNCATE
    if (abi >= 3)
        access |= LANDLOCK_ACCESS_FS_TRUNCATE;
#endif
    (void)abi;
    return access;
}

static void allow_null(int rules)
{
    struct landlock_path_beneath_attr null = {
        .allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE, .parent_fd = open("/dev/null", O_PATH | O_CLOEXEC),
    };

    if (null.parent_fd < 0)
        return;
    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &null, 0);
    close(null.parent_fd);
}

static void forbid_writing(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    struct landlock_ruleset_attr attributes = { .handled_access_fs = writing(abi) };
    int rules;

    if (abi < 1)
        return;
    rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0)
        return;
    allow_null(rules);
    syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
}

/* ---- system calls -------------------------------------------------------------------- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifdef ARCHITECTURE
#define REFUSE       BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define NOT(call)    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), REFUSE
#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))

static void forbid_calls(bool network)
{
    struct sock_filter filter[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0), REFUSE,
        LOAD(nr),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1), REFUSE, /* x32: other numbers */
        NOT(SYS_execve), NOT(SYS_execveat), NOT(SYS_ptrace), NOT(SYS_process_vm_readv), NOT(SYS_process_vm_writev),
        NOT(SYS_bpf), NOT(SYS_mount), NOT(SYS_umount2), NOT(SYS_unshare), NOT(SYS_setns), NOT(SYS_init_module),
        NOT(SYS_io_uring_setup), /* would go round the rest */
        NOT(SYS_pidfd_getfd),    /* a socket of another process */
        NOT(network ? UINT32_MAX : SYS_socket), NOT(network ? UINT32_MAX : SYS_socketpair),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof filter / sizeof *filter, filter };

    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program);
}
#else
static void forbid_calls(bool network)
{
    (void)network;
}
#endif

/* Sockets that a stage opened in open(), before the fork. */
static void close_sockets(void)
{
    DIR *files = opendir("/proc/self/fd");
    struct stat st;

    for (struct dirent *e; files && (e = readdir(files)) != NULL;) {
        int file = atoi(e->d_name);

        if (file > STDERR_FILENO && fstat(file, &st) == 0 && S_ISSOCK(st.st_mode))
            close(file);
    }
    if (files)
        closedir(files);
}

void sandbox_enter(bool network)
{
    if (network)
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    else
        close_sockets();
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
        return;
    forbid_writing();
    forbid_calls(network);
}
