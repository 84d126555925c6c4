/* journal_read - from bytes on disk to entries, past whatever is damaged. */
#include "run/journal_format.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"

/* ---- names, stamps, times ------------------------------------------------------------ */

uint32_t journal_name(gly_str uri, char *into)
{
    enum { HASHED = JOURNAL_NAME - 17 };
    static const char digits[] = "0123456789abcdef";
    uint64_t hash;

    if (uri.len <= JOURNAL_NAME) {
        memcpy(into, uri.len ? uri.ptr : "", uri.len);
        return uri.len;
    }
    hash = hash64(uri.ptr, uri.len, 0);
    memcpy(into, uri.ptr, HASHED);
    into[HASHED] = '~';
    for (int i = 0; i < 16; i++, hash <<= 4)
        into[HASHED + 1 + i] = digits[hash >> 60];
    return JOURNAL_NAME;
}

uint64_t journal_key(gly_str uri)
{
    char name[JOURNAL_NAME];

    if (uri.len <= JOURNAL_NAME)
        return hash64(uri.len ? uri.ptr : "", uri.len, 0);
    return hash64(name, journal_name(uri, name), 0);
}

uint64_t journal_stamp(uint64_t stamp)
{
    uint64_t mixed = hash64(&stamp, sizeof stamp, 0) >> (64 - 8 * STAMP_BYTES);

    return stamp == 0 ? 0 : mixed ? mixed : 1;
}

/* Below 8 microseconds as they are; then the exponent and two bits behind the first. */
unsigned char journal_pack_time(uint64_t nanoseconds)
{
    uint64_t us = nanoseconds / 1000;
    unsigned exponent = 63 - (unsigned)__builtin_clzll(us | 1);

    if (us < 8)
        return (unsigned char)us;
    exponent = exponent > 42 ? 42 : exponent;
    return (unsigned char)(8 + (exponent - 3) * 4 + (us >> (exponent - 2) & 3));
}

uint64_t journal_unpack_time(unsigned char packed)
{
    unsigned exponent = (packed - 8u) / 4 + 3, rest = (packed - 8u) & 3;

    if (packed < 8)
        return packed * UINT64_C(1000);
    exponent = exponent > 42 ? 42 : exponent;
    return ((UINT64_C(4) + rest) << (exponent - 2)) * 1000 + (UINT64_C(500) << (exponent - 2));
}

/* ---- frames -------------------------------------------------------------------------- */

static void add_segment(journal *j, journal_segment s)
{
    if ((j->segment_count & (j->segment_count - 1)) == 0)
        j->segments = memory_resize(j->segments, 2 * j->segment_count + 1, sizeof *j->segments);
    j->segments[j->segment_count++] = s;
    j->count += s.count;
    j->next = s.first + s.count;
}

void journal_forget(journal *j, uint64_t ordinal)
{
    while (j->segment_count) {
        journal_segment *last = &j->segments[j->segment_count - 1];
        uint64_t end = last->first + last->count, kept = ordinal <= last->first ? 0 : ordinal - last->first;

        if (end <= ordinal)
            break;
        j->count -= last->count - kept;
        last->count = (uint32_t)kept;
        if (kept)
            break;
        j->segment_count--;
    }
    j->next = ordinal;
}

static void read_stages(journal *j, const char *bytes, size_t length)
{
    size_t count = length < sizeof j->from ? 0 : (length - sizeof j->from) / sizeof *j->stages;

    free(j->stages);
    j->stages = memory_new((count + 1) * sizeof *j->stages);
    j->stage_count = (uint16_t)(count < UINT16_MAX ? count : 0);
    j->from = 0;
    if (length < sizeof j->from)
        return;
    memcpy(&j->from, bytes, sizeof j->from);
    memcpy(j->stages, bytes + sizeof j->from, j->stage_count * sizeof *j->stages);
}

static bool read_pipeline(journal *j, const char *payload, size_t length)
{
    const char *end = payload + length, *rest;
    pipeline_head head;

    rest = length > sizeof head ? memchr(payload + sizeof head, '\0', length - sizeof head) : NULL;
    if (!rest)
        return false;
    memcpy(&head, payload, sizeof head);
    if (head.format != JOURNAL_FORMAT)
        return false;
    free(j->command);
    j->command = memory_text(payload + sizeof head);
    j->retries = head.retries != 0;
    j->process = (pid_t)head.process;
    read_stages(j, rest + 1, (size_t)(end - rest - 1));
    return true;
}

static void read_end(journal *j, const frame *f, const char *payload)
{
    size_t sizes = j->sinks * sizeof *j->sizes;

    j->ended = f->length == sizeof j->inputs + sizes;
    if (!j->ended)
        return;
    memcpy(&j->inputs, payload, sizeof j->inputs);
    memcpy(j->sizes, payload + sizeof j->inputs, sizes);
}

/* A run that got on, or came to its end, clears what was held against others. Those
 * that are begun count as crashed until then. */
static void read_course(journal *j, const frame *f, const char *payload)
{
    uint64_t process = 0, key;

    j->ended = false;
    if (f->kind == FRAME_ENDED)
        read_end(j, f, payload);
    if (f->kind == FRAME_BEGUN) {
        if (f->length == sizeof process)
            memcpy(&process, payload, sizeof process);
        j->process = (pid_t)process;
        j->crashes++;
    } else if (f->kind == FRAME_HAND) {
        key = hash64(payload, f->length, 0);
        j->strikes = key == j->hand ? j->strikes + 1 : 1;
        j->hand = key;
    } else {
        j->crashes = j->strikes = 0;
        j->hand = 0;
    }
}

/* Each frame says which entries come next: what was rewound shows even when the
 * frame that said so is lost. */
static void read_frame(journal *j, const frame *f, const char *payload)
{
    if (f->sinks > JOURNAL_SINKS || (j->pipeline && (f->pipeline != j->pipeline || f->sinks != j->sinks)))
        return;
    if (f->kind == FRAME_PIPELINE && !read_pipeline(j, payload, f->length))
        return;
    j->pipeline = f->pipeline;
    j->sinks = f->sinks;
    read_course(j, f, payload);
    if (f->kind == FRAME_COMPLETE) {
        j->complete = true;
        j->beside = f->count != 0;
    }
    if (f->kind == FRAME_BATCH || f->kind == FRAME_REWIND)
        journal_forget(j, f->first < j->next ? f->first : j->next);
    if (f->kind == FRAME_BATCH && f->count)
        add_segment(j, (journal_segment){ payload, payload + f->length, f->first, f->count });
}

/* Whether a head that can be trusted stands there, whole or not. */
static bool take_head(const char *at, size_t left, frame *f)
{
    if (left < sizeof *f || memcmp(at, FRAME_MAGIC, sizeof f->magic) != 0)
        return false;
    memcpy(f, at, sizeof *f);
    return crc32c(at, offsetof(frame, head)) == f->head;
}

static void damaged(journal *j, size_t from, size_t to)
{
    if (from == to)
        return;
    if ((j->damage_count & (j->damage_count - 1)) == 0)
        j->damages = memory_resize(j->damages, 2 * j->damage_count + 1, sizeof *j->damages);
    j->damages[j->damage_count++] = (journal_damage){ from, to - from };
}

/* The first head from `at` on; all of the file when there is none. */
static size_t find_head(const journal *j, size_t at, frame *f)
{
    while (at < j->mapped && !take_head(j->loaded + at, j->mapped - at, f)) {
        const char *next = memmem(j->loaded + at + 1, j->mapped - at - 1, FRAME_MAGIC, sizeof f->magic);

        at = next ? (size_t)(next - j->loaded) : j->mapped;
    }
    return at;
}

static bool is_older(const journal *j)
{
    enum { OLD_HEAD = 16, OLD_KIND = 8, OLD_FORMAT = 32 };
    uint32_t kind, format;

    if (j->mapped < OLD_FORMAT + sizeof format)
        return false;
    memcpy(&kind, j->loaded + OLD_KIND, sizeof kind);
    memcpy(&format, j->loaded + OLD_FORMAT, sizeof format);
    return kind == 1 && format == 1;
}

static void find_ends(journal *j)
{
    journal_cursor at = { .segment = j->segment_count ? j->segment_count - 1 : 0 };
    journal_entry e;

    while (journal_next(j, &at, &e))
        ;
    if (j->segment_count)
        memcpy(j->ends, at.positions, sizeof j->ends);
}

void journal_read(journal *j)
{
    frame f;

    for (size_t at = find_head(j, 0, &f); at < j->mapped;) {
        const char *payload = j->loaded + at + sizeof f;

        if (f.length > j->mapped - at - sizeof f)
            break; /* cut short */
        if (crc32c(payload, f.length) == f.payload) {
            damaged(j, j->size, at);
            read_frame(j, &f, payload);
            j->size = at + sizeof f + f.length;
        }
        at = find_head(j, at + sizeof f + f.length, &f);
    }
    j->older = j->size == 0 && is_older(j);
    find_ends(j);
}

/* ---- entries -------------------------------------------------------------------------- */

static uint64_t take_number(journal_cursor *c)
{
    uint64_t value = 0;

    for (unsigned shift = 0; c->at < c->end && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*c->at++;

        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
    c->at = NULL;
    c->end = NULL;
    return 0;
}

static uint64_t take_bytes(journal_cursor *c, size_t size)
{
    uint64_t value = 0;

    if ((size_t)(c->end - c->at) < size) {
        c->at = c->end = NULL;
        return 0;
    }
    memcpy(&value, c->at, size);
    c->at += size;
    return value;
}

static gly_str take_text(const char **at, const char *end)
{
    const char *text = *at, *stop = text < end ? memchr(text, '\0', (size_t)(end - text)) : NULL;

    if (!stop)
        return GLY_LIT("");
    *at = stop + 1;
    return (gly_str){ text, (uint32_t)(stop - text) };
}

static void take_name(journal_cursor *c, journal_entry *e)
{
    uint64_t shared = take_number(c), length = take_number(c);

    if (!c->at || shared > c->name_length || length > JOURNAL_NAME - shared || length > (size_t)(c->end - c->at)) {
        c->at = c->end = NULL;
        return;
    }
    memcpy(c->name + shared, c->at, length);
    c->at += length;
    c->name_length = (uint32_t)(shared + length);
    c->name[c->name_length] = '\0';
    e->name = (gly_str){ c->name, c->name_length };
    e->key = hash64(c->name, c->name_length, 0);
}

static void take_texts(const journal_cursor *c, uint64_t offset, journal_entry *e)
{
    const char *at = c->texts;

    if (offset >= (size_t)(c->texts_end - at))
        return;
    at += offset;
    e->stage = take_text(&at, c->texts_end);
    e->reason = take_text(&at, c->texts_end);
}

/* All but where it lies; false when it makes no sense. */
static bool take_entry(const journal *j, journal_cursor *c, journal_entry *e)
{
    unsigned flags = (unsigned)take_bytes(c, 1);
    uint64_t odd = 2;

    e->outcome = flags & ENTRY_OUTCOME;
    e->nanoseconds = journal_unpack_time((unsigned char)take_bytes(c, 1));
    take_name(c, e);
    e->stamp = flags & ENTRY_STAMPED ? take_bytes(c, STAMP_BYTES) : 0;
    e->content = flags & ENTRY_HASHED ? take_bytes(c, sizeof e->content) : 0;
    for (uint16_t i = 0; i < j->sinks; i++) {
        e->begins[i] = c->positions[i];
        e->ends[i] = c->positions[i] += take_number(c);
    }
    e->stage = e->reason = GLY_LIT("");
    if (flags & ENTRY_TOLD)
        take_texts(c, take_number(c), e);
    e->children = flags & ENTRY_CHILDREN ? (uint32_t)take_number(c) : 0;
    if (flags & ENTRY_ODD)
        odd = take_number(c);
    e->attempts = (uint32_t)(odd / 2);
    e->vanished = odd & 1;
    return c->at != NULL;
}

static bool enter_segment(const journal *j, journal_cursor *c)
{
    const journal_segment *s = &j->segments[c->segment];
    uint64_t length;

    c->at = s->payload;
    c->end = s->end;
    c->name_length = 0;
    length = take_number(c);
    for (uint16_t i = 0; i < j->sinks; i++)
        c->positions[i] = take_number(c);
    if (!c->at || length > (size_t)(c->end - c->at))
        return false;
    c->texts_end = s->end;
    c->texts = c->end = c->at + length;
    return true;
}

bool journal_next(const journal *j, journal_cursor *c, journal_entry *e)
{
    for (; c->segment < j->segment_count; c->segment++, c->within = 0) {
        const journal_segment *s = &j->segments[c->segment];

        if (c->within == s->count || (c->within == 0 && !enter_segment(j, c)))
            continue;
        e->ordinal = s->first + c->within++;
        if (take_entry(j, c, e))
            return true;
    }
    return false;
}

journal_end *journal_ends(const journal *j, uint32_t what, size_t *count)
{
    journal_end *list;
    journal_entry e;
    size_t names = 0, all = 0;
    char *text;

    for (journal_cursor at = { .segment = 0 }; journal_next(j, &at, &e);)
        if (e.outcome == what) {
            all++;
            names += e.name.len + 1;
        }
    list = memory_new(all * sizeof *list + names + 1);
    text = (char *)(list + all);
    *count = 0;
    for (journal_cursor at = { .segment = 0 }; journal_next(j, &at, &e) && *count < all;)
        if (e.outcome == what) {
            list[(*count)++] = (journal_end){ e.ordinal, text, e.stage.ptr, e.reason.ptr };
            memcpy(text, e.name.ptr, e.name.len + 1);
            text += e.name.len + 1;
        }
    return list;
}
