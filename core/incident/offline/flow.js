// Where the events of a record lead to: the flow of steps, walked. Nothing else is kept, so that
// what is shown and what is on record cannot differ.
var DATA = JSON.parse(document.getElementById('data').textContent);
var NODES = DATA.flow.nodes;
var STATES = ['done', 'skipped', 'cannot'];
var ITSELF = 'metronet';

function place(list, key) {
    for (var i = 0; i < list.length; i++)
        if (list[i].key === key)
            return i;
    return -1;
}

// The state of a checklist's item in its answer: "a=done,b=skipped".
function item_state(value, key) {
    var parts = value.split(',');
    for (var i = 0; i < parts.length; i++)
        if (parts[i].split('=')[0] === key)
            return parts[i].split('=')[1];
    return '';
}

// The back-th latest answer to the step of that key: 0 the latest.
function answer_to(path, key, back) {
    for (var i = path.length - 1; i >= 0; i--)
        if (NODES[path[i].node].step.key === key && back-- === 0)
            return path[i];
    return null;
}

// Which of the node's edges that answer takes.
function which(step, value) {
    var i, number;
    if (step.input === 'choice')
        return place(step.outcomes, value);
    if (step.input !== 'number')
        return 0;
    number = millionths(value);
    for (i = 0; i < step.cuts.length && number >= step.cuts[i]; i++) {}
    return i;
}

function along(node, number) {
    var edges = NODES[node].edges, i;
    for (i = 0; i < edges.length; i++)
        if (edges[i].which === number)
            return edges[i];
    return { to: null, failure: null };
}

// From where an edge leads to the next step that a person sees: items of earlier checklists decide
// by themselves. {node}, -1 where the runbook fails, then with {failure}.
function settle(edge, path) {
    while (edge.to !== null && NODES[edge.to].kind === 'item') {
        var node = NODES[edge.to], answer = answer_to(path, node.step.key, node.back);
        edge = along(edge.to, STATES.indexOf(item_state(answer.value, node.item)));
    }
    return { node: edge.to === null ? -1 : edge.to, failure: edge.failure };
}

function after(path) {
    var last = path[path.length - 1];
    if (!last)
        return settle({ to: 0 }, path);
    return settle(along(last.node, which(NODES[last.node].step, last.value)), path);
}

// The key on record of a step at the end of that path: "lights", the second time "lights#2".
function visit_of(path, node) {
    var key = NODES[node].step.key, n = 1;
    path.forEach(function (p) {
        n += NODES[p.node].step.key === key;
    });
    return n;
}

function record_key(path, node) {
    var n = visit_of(path, node), key = NODES[node].step.key;
    return n > 1 ? key + '#' + n : key;
}

// What was withdrawn is gone; other calls that were made further on are on another branch now.
function rewind(state, keep, decided) {
    state.path.slice(keep).forEach(function (p) {
        state.abandoned[p.event] = true;
    });
    state.path = state.path.slice(0, keep);
    state.calls.forEach(function (c) {
        if (decided[c.key] === 'withdrawn' || c.after > keep)
            c.abandoned = state.abandoned[c.event] = true;
    });
}

function is_call(step) {
    return step.kind === 'escalate' || step.kind === 'handover';
}

// What the events make: path (answers in force), node (the open step, -1: the runbook fails there),
// key (its key on record), notes, calls, taken (by a call's key, whether somebody took it),
// abandoned (by event), status, since (the event that led to the open step), withdrawn (what that
// event took back), overdue (whether that is on record).
function fold(events) {
    var state = { path: [], notes: [], calls: [], taken: Object.create(null), abandoned: {}, status: 'open', since: 0,
        withdrawn: [], overdue: false };
    function arrive(n) {
        var next = after(state.path);
        state.node = next.node;
        state.failure = next.failure;
        state.key = next.node >= 0 ? record_key(state.path, next.node) : '';
        state.since = n;
        state.withdrawn = [];
        state.overdue = false;
    }
    function answer(e, n, value) {
        if (NODES[state.node].step.kind === 'escalate' && value === 'acknowledged')
            state.taken[state.key] = true;
        state.path.push({ node: state.node, key: state.key, value: value, at: e.at, actor: e.actor, event: n });
        arrive(n);
    }
    function called(e, n, p) {
        var asked = state.node >= 0 && is_call(NODES[state.node].step) && p.key === state.key;
        state.calls.push({ key: p.key, node: asked ? state.node : -1, team: asked ? NODES[state.node].step.team : p.team,
            after: state.path.length, event: n, at: e.at, actor: e.actor });
    }
    function gone_back(n, p) {
        var decided = p.decided || {}, done = outside(state, p.keep);
        state.status = 'open';
        rewind(state, p.keep, decided);
        arrive(n);
        state.withdrawn = done.filter(function (d) {
            return decided[d.record] === 'withdrawn';
        });
    }
    arrive(0);
    events.forEach(function (e, n) {
        var p = JSON.parse(e.payload);
        if (e.type === 'answered') {
            answer(e, n, p.value);
        } else if (e.type === 'overdue') {
            if (place(NODES[state.node].step.outcomes || [], 'overdue') >= 0)
                answer(e, n, 'overdue');
            else
                state.overdue = true;
        } else if (e.type === 'rewound' || e.type === 'reopened') {
            gone_back(n, p);
        } else if (e.type === 'noted') {
            state.notes.push({ text: p.text, at: e.at, actor: e.actor });
        } else if (e.type === 'escalated') {
            called(e, n, p);
        } else if (e.type === 'acknowledged') {
            state.taken[p.key] = p.taken;
        } else if (e.type === 'resolved') {
            state.status = 'resolved';
        }
    });
    return state;
}
