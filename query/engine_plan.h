/* What stands behind a query_plan: for the engines alone. */
#ifndef QUERY_ENGINE_PLAN_H
#define QUERY_ENGINE_PLAN_H

#include "query/engine.h"

struct plan_methods {
    pinakes_status (*run)(struct query_plan *plan, const struct question *question, struct answer *out,
                          pinakes_error *error);
    pinakes_status (*count)(struct query_plan *plan, const struct node *node, const struct node *filter, uint64_t *out,
                            pinakes_error *error);
    struct term_weight (*weight)(const struct query_plan *plan, const struct node *term);
    struct collection (*collection)(const struct query_plan *plan);
};

/* The first member of every engine's own plan. */
struct query_plan {
    const struct plan_methods *methods;
};

/* The part of what was found, in order, that a question asks for. */
struct candidates page_of(const struct candidates *found, const struct question *question);

#endif
