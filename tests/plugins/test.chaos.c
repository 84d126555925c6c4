/* test.chaos - does what a text says it shall do, to try the runner: a text with
 * "chaos:abort" in it makes the stage abort, and so on by the table below.
 * test.network.c makes the same stage with the network of it, by CHAOS_NETWORK; its
 * deeds are called "network:abort". Built for the tests, never installed. */
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <galley/plugin.h>

#ifdef CHAOS_NETWORK
#define CHAOS "network"
#define FLAGS (GLY_STAGE_PURE | GLY_STAGE_NETWORK)
#else
#define CHAOS "chaos"
#define FLAGS GLY_STAGE_PURE
#endif

typedef struct chaos {
    const gly_host *host;
    gly_stage      *stage;
    int             inherited; /* a socket */
} chaos;

typedef struct chaos_options {
    bool unused;
} chaos_options;

static gly_status do_abort(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    abort();
}

static gly_status do_segv(chaos *c, gly_doc *d)
{
    volatile int *volatile nowhere = NULL;

    (void)c, (void)d;
    *nowhere = 1;
    return GLY_OK;
}

static gly_status do_exit(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    exit(0);
}

static unsigned deeper(volatile unsigned n)
{
    volatile char pad[4096];

    pad[n % sizeof pad] = (char)n;
    return n == 0 ? 0 : deeper(n + 1) + (unsigned)pad[0];
}

static gly_status do_stack(chaos *c, gly_doc *d)
{
    (void)c;
    return deeper(d->text.len + 1u) ? GLY_OK : GLY_ERR;
}

static gly_status do_heap(chaos *c, gly_doc *d)
{
    char *volatile blocks[64];

    (void)c, (void)d;
    for (size_t i = 0; i < 64; i++)
        blocks[i] = malloc(48);
    for (size_t i = 0; i < 64; i++)
        for (volatile size_t k = 0; k < 96; k++)
            blocks[i][k] = 0x55;
    for (size_t i = 0; i < 64; i++)
        free(blocks[i]);
    abort();
}

static gly_status do_kill(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    kill(getpid(), SIGKILL);
    return GLY_OK;
}

/* What brings down more than its worker: here its supervisor. */
static gly_status do_parent(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    kill(getppid(), SIGKILL);
    return GLY_OK;
}

static gly_status do_hang(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    signal(SIGTERM, SIG_IGN);
    for (volatile bool forever = true; forever;)
        nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    return GLY_OK;
}

static gly_status do_spin(chaos *c, gly_doc *d)
{
    sigset_t all;

    (void)c, (void)d;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (volatile bool forever = true; forever;)
        ;
    return GLY_OK;
}

static gly_status do_dawdle(chaos *c, gly_doc *d)
{
    (void)d;
    while (!c->host->stop(c->stage))
        nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
    return GLY_ECANCEL;
}

static gly_status do_hog(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    for (;;) {
        char *block = malloc(1 << 20);

        if (!block)
            return GLY_ENOMEM;
        memset(block, 1, 1 << 20);
    }
}

static gly_status do_leak(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    for (int i = 0; i < 200; i++)
        if (open("/dev/null", O_RDONLY) < 0)
            break;
    return GLY_OK;
}

static gly_status do_slow(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    nanosleep(&(struct timespec){ 0, 100000000 }, NULL);
    return GLY_OK;
}

/* Over all memory that this process shares and may write. */
static gly_status do_scribble(chaos *c, gly_doc *d)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    unsigned long from, to;
    char flags[8], line[512];

    (void)c, (void)d;
    while (maps && fgets(line, sizeof line, maps))
        if (sscanf(line, "%lx-%lx %7s", &from, &to, flags) == 3 && strcmp(flags, "rw-s") == 0)
            memset((void *)from, 0xA5, to - from);
    if (maps)
        fclose(maps);
    return GLY_OK;
}

static gly_status do_print(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    printf("chaos prints\n");
    fflush(stdout);
    return GLY_OK;
}

static gly_status refused(chaos *c, gly_doc *d, bool refused, const char *what)
{
    return refused ? GLY_OK : gly_fail(c->host, c->stage, d, GLY_ERR, "it could %s", what);
}

static gly_status do_socket(chaos *c, gly_doc *d)
{
    return refused(c, d, socket(AF_INET, SOCK_STREAM, 0) < 0, "open a socket");
}

/* To itself and back, over the loopback device. */
static bool talks(void)
{
    struct sockaddr_in home = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof home;
    int listener = socket(AF_INET, SOCK_STREAM, 0), caller = socket(AF_INET, SOCK_STREAM, 0), called = -1;
    char byte = 0;
    bool heard;

    if (listener >= 0 && caller >= 0 && bind(listener, (void *)&home, sizeof home) == 0 && listen(listener, 1) == 0 &&
        getsockname(listener, (void *)&home, &length) == 0 && connect(caller, (void *)&home, sizeof home) == 0)
        called = accept(listener, NULL, NULL);
    heard = called >= 0 && send(caller, "x", 1, 0) == 1 && recv(called, &byte, 1, 0) == 1 && byte == 'x';
    close(called);
    close(caller);
    close(listener);
    return heard;
}

static gly_status do_talk(chaos *c, gly_doc *d)
{
    return refused(c, d, talks(), "not talk over the network");
}

/* A socket of open(), in the supervisor. */
static gly_status do_inherit(chaos *c, gly_doc *d)
{
    return refused(c, d, send(c->inherited, "x", 1, 0) < 0, "send through a socket that was open");
}

static gly_status do_program(chaos *c, gly_doc *d)
{
    execl("/bin/false", "false", (char *)NULL);
    return refused(c, d, true, "");
}

static gly_status do_create(chaos *c, gly_doc *d)
{
    char path[] = "/tmp/galley-chaos-XXXXXX";
    int file = mkstemp(path);

    if (file >= 0) {
        close(file);
        unlink(path);
    }
    return refused(c, d, file < 0, "make a file");
}

static gly_status do_overwrite(chaos *c, gly_doc *d)
{
    int file = open("/proc/self/comm", O_WRONLY);

    if (file >= 0)
        close(file);
    return refused(c, d, file < 0, "open a file to write");
}

static gly_status do_trace(chaos *c, gly_doc *d)
{
    return refused(c, d, ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0, "use ptrace");
}

/* Writes into every pipe, as a worker that was taken over might to its companion. */
static gly_status do_poke(chaos *c, gly_doc *d)
{
    struct stat st;

    (void)c, (void)d;
    for (int file = STDERR_FILENO + 1; file < 64; file++)
        if (fstat(file, &st) == 0 && S_ISFIFO(st.st_mode) && write(file, "x", 1) == 1)
            nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
    return GLY_OK;
}

/* Ends the process when nobody asks it for anything, by a clock. */
static gly_status do_idle(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    signal(SIGALRM, SIG_DFL);
    ualarm(20000, 0);
    return GLY_OK;
}

static gly_status do_fail(chaos *c, gly_doc *d)
{
    return gly_fail(c->host, c->stage, d, GLY_ERR, "it was told to fail");
}

static gly_status do_drop(chaos *c, gly_doc *d)
{
    (void)c, (void)d;
    return GLY_DROP;
}

static const gly_field no_fields[] = { GLY_FIELDS_END };
static const gly_layer_type wrong_type = {
    .size = sizeof wrong_type, .record_size = sizeof(gly_range), .name = "wrong/1",
    .help = "Ranges that lie outside the text", .fields = no_fields, .field_size = sizeof(gly_field),
};

static gly_status do_layer(chaos *c, gly_doc *d)
{
    gly_layer *l = c->host->layer_add(c->stage, d, &wrong_type);

    return l && gly_push(c->host, d, l, 0, d->text.len + 1000) ? GLY_OK : GLY_ENOMEM;
}

static const struct {
    const char *name;
    gly_status (*act)(chaos *, gly_doc *);
} deeds[] = {
    { CHAOS ":abort", do_abort }, { CHAOS ":segv", do_segv }, { CHAOS ":exit", do_exit },
    { CHAOS ":stack", do_stack }, { CHAOS ":heap", do_heap }, { CHAOS ":kill", do_kill },
    { CHAOS ":hang", do_hang }, { CHAOS ":dawdle", do_dawdle }, { CHAOS ":hog", do_hog },
    { CHAOS ":leak", do_leak }, { CHAOS ":slow", do_slow }, { CHAOS ":scribble", do_scribble },
    { CHAOS ":print", do_print }, { CHAOS ":fail", do_fail }, { CHAOS ":drop", do_drop },
    { CHAOS ":layer", do_layer }, { CHAOS ":socket", do_socket }, { CHAOS ":program", do_program },
    { CHAOS ":create", do_create }, { CHAOS ":overwrite", do_overwrite }, { CHAOS ":trace", do_trace },
    { CHAOS ":spin", do_spin }, { CHAOS ":parent", do_parent },
    { CHAOS ":talk", do_talk }, { CHAOS ":inherit", do_inherit }, { CHAOS ":idle", do_idle },
    { CHAOS ":poke", do_poke },
};

static gly_status chaos_process(void *self, gly_doc *d)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (d->text.len && memmem(d->text.ptr, d->text.len, deeds[i].name, strlen(deeds[i].name)))
            return deeds[i].act(self, d);
    return GLY_OK;
}

static gly_status chaos_open(const gly_host *host, gly_stage *stage, const void *options, void **shared)
{
    chaos *c = malloc(sizeof *c);
    int pair[2];

    (void)options;
    if (!c)
        return GLY_ENOMEM;
    *c = (chaos){ host, stage, -1 };
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0)
        c->inherited = pair[0];
    *shared = c;
    return GLY_OK;
}

static const gly_option options[] = {
    GLY_BOOL(chaos_options, unused, "false", "Nothing"),
    GLY_OPTIONS_END
};
static const gly_layer_type *const layers[] = { &wrong_type, NULL };
static const char *const reads[] = { "text", NULL };
static const gly_stage_ops ops = {
    .size = sizeof ops, .flags = FLAGS, .open = chaos_open, .close = free, .process = chaos_process
};

GLY_PLUGIN(
    .kind = GLY_TRANSFORM, .name = "test." CHAOS, .version = "1.0.0",
    .summary = "Does what a text says it shall do, for tests", .license = "MIT",
    .reads = reads, .layers = layers, .options = options, .config_size = sizeof(chaos_options), .ops = &ops
);
