/* test.chaos - does what a text says it shall do, to try the runner: a text with
 * "chaos:abort" in it makes the stage abort, and so on by the table below.
 * Built for the tests, never installed. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <galley/plugin.h>

typedef struct chaos {
    const gly_host *host;
    gly_stage      *stage;
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
    { "chaos:abort", do_abort }, { "chaos:segv", do_segv }, { "chaos:exit", do_exit },
    { "chaos:stack", do_stack }, { "chaos:heap", do_heap }, { "chaos:kill", do_kill },
    { "chaos:hang", do_hang }, { "chaos:dawdle", do_dawdle }, { "chaos:hog", do_hog },
    { "chaos:leak", do_leak }, { "chaos:slow", do_slow }, { "chaos:scribble", do_scribble },
    { "chaos:print", do_print }, { "chaos:fail", do_fail }, { "chaos:drop", do_drop },
    { "chaos:layer", do_layer }, { "chaos:socket", do_socket }, { "chaos:program", do_program },
    { "chaos:create", do_create }, { "chaos:overwrite", do_overwrite }, { "chaos:trace", do_trace },
    { "chaos:spin", do_spin }, { "chaos:parent", do_parent },
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

    (void)options;
    if (!c)
        return GLY_ENOMEM;
    *c = (chaos){ host, stage };
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
    .size = sizeof ops, .flags = GLY_STAGE_PURE, .open = chaos_open, .close = free, .process = chaos_process
};

GLY_PLUGIN(
    .kind = GLY_TRANSFORM, .name = "test.chaos", .version = "1.0.0",
    .summary = "Does what a text says it shall do, for tests", .license = "MIT",
    .reads = reads, .layers = layers, .options = options, .config_size = sizeof(chaos_options), .ops = &ops
);
