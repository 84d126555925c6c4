/* walker - what the parts of lint share: the place in the tokens, the brackets that
 * are open, the faults found, and how the text is to be mended. */
#ifndef GALLEY_CONFIG_WALKER_H
#define GALLEY_CONFIG_WALKER_H

#include "config/mend.h"
#include "config/source.h"
#include "config/token.h"

enum { DEEPEST = 64, MOST_FAULTS = 40 };

typedef struct frame {
    char   open, want;     /* '\0': the top level                              */
    bool   made_up;        /* the opening bracket is not in the file           */
    bool   need_comma;     /* an entry was read: a comma or the end comes next */
    bool   is_list;        /* an array written out as a list                   */
    size_t at, comma;      /* of the bracket; of the last comma                */
    size_t count;          /* entries or settings                              */
    size_t id;             /* differs from bracket to bracket                  */
    token_kind kind;       /* of an array's first entry                        */
} frame;

typedef struct named { /* a setting, to find those said twice */
    size_t group, begin, end;
    size_t stop; /* of its value; 0: a group, list or array */
} named;

typedef struct walker {
    const source *from;
    report       *problems;
    mend          mend;
    size_t        at;         /* behind the last token taken                   */
    size_t        last;       /* its end                                       */
    size_t        setting;    /* where the setting in hand begins              */
    frame         stack[DEEPEST];
    size_t        depth;
    named        *names;
    size_t        name_count, name_capacity, frames, faults, passed;
    size_t        open_comment;
    bool          gave_up;
} walker;

/* Reports a fault at a place in the text, with its line and a caret. */
__attribute__((format(printf, 3, 4)))
void walker_fault(walker *, size_t at, const char *format, ...);
/* What stands there, short enough for a message; gives `out`. */
const char *walker_shown(const walker *, size_t begin, size_t end, char out[64]);
/* The line of a place in the file that says it. */
int walker_line(const walker *, size_t at);

token walker_peek(walker *, size_t at);
token walker_take(walker *);
void walker_untake(walker *, token);
/* Whether a setting begins at `at`: a name and an = or : behind it. */
bool walker_setting_follows(walker *, size_t at);

/* Reads a value without brackets, of which `first` was taken. False: it cannot be
 * mended and must go. */
bool walker_value(walker *, token first);

#endif
