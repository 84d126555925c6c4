/* call - the operation that a kind of stage has for a document. */
#include "run/call.h"

static gly_status operate(const gly_stage *s, gly_doc *d, call *c)
{
    const gly_stage_ops *ops = s->face->ops;

    switch ((gly_kind)s->face->kind) {
    case GLY_SOURCE:
        return ops->load(s->self, d, c->locator);
    case GLY_SPLIT:
        return c->next ? ops->next_child(s->self, d) : ops->begin(s->self, d);
    case GLY_SINK:
        return ops->render(s->self, d, &c->rendered);
    default:
        return ops->process(s->self, d);
    }
}

gly_status call_stage(gly_stage *s, document *d, call *c)
{
    gly_status status;

    document_enter(d, c->stage);
    status = operate(s, document_face(d), c);
    return first_failure(status, document_leave(d));
}
