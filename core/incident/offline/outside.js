// What was done outside, and what becomes of it when it is gone back over: the same rules as on a
// terminal (core/incident/retract.c).
var OUTSIDE = ['act', 'escalate', 'handover', 'delegate'];
var NOTHING_DONE = ['cannot', 'no-answer', 'refused'];

function is_answered(state, key) {
    return state.path.some(function (p) {
        return p.key === key;
    });
}

// From the answer `keep` on: what was answered, {record, at, answer}, then the calls of which nobody
// knows what came, {record, at, call, taken}.
function outside(state, keep) {
    return state.path.slice(keep).filter(function (p) {
        return OUTSIDE.indexOf(NODES[p.node].step.kind) >= 0 && NOTHING_DONE.indexOf(p.value) < 0;
    }).map(function (p) {
        return { record: p.key, at: p.at, answer: p };
    }).concat(state.calls.filter(function (c) {
        return !c.abandoned && c.after > keep && !is_answered(state, c.key) && state.taken[c.key] !== false;
    }).map(function (c) {
        return { record: c.key, at: c.at, call: c, taken: state.taken[c.key] };
    }));
}

function is_act(done) {
    return !!done.answer && NODES[done.answer.node].step.kind === 'act';
}

function undo_of(lang, done) {
    var step = NODES[done.answer.node].step;
    return step.undo ? step.undo[lang] : '';
}

function done_text(lang, done) {
    return done.answer ? NODES[done.answer.node].step.text[lang]
        : say(lang, 'retract_call', team_name(lang, done.call.team));
}

function done_label(lang, done) {
    return done.answer ? answer_text(NODES[done.answer.node].step, done.answer.value, lang)
        : say(lang, done.taken ? 'report_taken' : 'retract_unknown');
}

function done_asked(lang, done) {
    return is_act(done) ? say(lang, 'retract_ask_act', done_text(lang, done), done_label(lang, done), undo_of(lang, done))
        : say(lang, 'retract_ask', done_text(lang, done), done_label(lang, done));
}

// What to do, or to say to those who were told, now that the event took it back.
function done_withdrawn(lang, record, done, event) {
    return is_act(done) ? say(lang, 'retract_undo', undo_of(lang, done))
        : say(lang, 'retract_message', event.actor, record.id, local_time(done.at), done_text(lang, done));
}
