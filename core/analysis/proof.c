/* A proof that a service is available: the components it rests on. */
#include "analysis/state.h"

struct proof {
    struct mn_avail *a;
    int context, services_stamp;
    void (*use)(void *arg, int component);
    void *arg;
};

/* The component, and what it needs to work. */
static void prove_works(void *arg, int component) {
    struct proof *p = arg;
    struct mn_avail *a = p->a;
    if (a->proof_seen[component] == a->proof_stamp)
        return;
    a->proof_seen[component] = a->proof_stamp;
    p->use(p->arg, component);
    const struct mn_component *c = &a->m->components[component];
    if (c->cls != MN_NODE)
        return;
    const struct mn_node *n = &a->m->nodes[c->index];
    for (int i = 0; i < n->powered_by.n; i++) {
        if (mn__works(a, n->powered_by.at[i], p->context)) {
            prove_works(p, n->powered_by.at[i]);
            break;
        }
    }
    for (int i = 0; i < n->requires.n; i++)
        prove_works(p, n->requires.at[i]);
}

static void prove_reach(struct proof *p, int cls, int from, int to, struct mn_ints via) {
    mn__reach(p->a, cls, from, to, via);
    mn__path_proof(p->a, cls, to, via, prove_works, p);
}

static void prove_usable(struct proof *p, int node) {
    struct mn_avail *a = p->a;
    if (a->proof_usable[node] == a->proof_stamp)
        return;
    a->proof_usable[node] = a->proof_stamp;
    const struct mn_node *n = &a->m->nodes[node];
    prove_works(p, n->component);
    for (int i = 0; i < n->requires.n; i++) {
        const struct mn_component *c = &a->m->components[n->requires.at[i]];
        if (c->cls != MN_NODE)
            continue;
        prove_usable(p, c->index);
        prove_reach(p, a->plain_class[p->context], node, c->index, (struct mn_ints){0, NULL});
    }
}

static void prove_service(struct proof *p, int service, int site) {
    struct mn_avail *a = p->a;
    const struct mn_service *s = &a->m->services[service];
    if (a->proof_service[service] == p->services_stamp)
        return;
    a->proof_service[service] = p->services_stamp;
    p->use(p->arg, s->component);
    for (int i = 0; i < s->requires.n; i++)
        prove_service(p, s->requires.at[i], site);

    /* what a component rests on may differ from one service to the other */
    a->proof_stamp++;
    p->context = a->context_of[service];
    int from = mn__serving_endpoint(a, service, site);
    prove_works(p, a->m->nodes[from].component);
    for (int i = 0; i < s->n_hosts; i++) {
        int host = mn__serving(a, service, i, from)->node;
        prove_usable(p, host);
        prove_reach(p, a->class_of[service], from, host, s->via);
    }
}

void mn_avail_proof(struct mn_avail *a, int service, int site,
                    void (*use)(void *arg, int component), void *arg) {
    if (a->g->deep) { /* no recursion there: everything is a proof too */
        for (int i = 0; i < a->m->n_components; i++)
            use(arg, i);
        return;
    }
    struct proof p = {.a = a, .use = use, .arg = arg, .services_stamp = ++a->proof_stamp};
    prove_service(&p, service, site);
}
