// The record: a chain of events, kept in the browser at once, saved as a file when asked for.
var PREFIX = 'metronet-page:';
var DRAFT = 'metronet-draft:';
var drafts = {};
var START = new Array(65).join('0');
var kept = { works: false, full: false, elsewhere: false };

function try_storage() {
    try {
        localStorage.setItem(PREFIX + 'try', 'x');
        kept.works = localStorage.getItem(PREFIX + 'try') === 'x';
        localStorage.removeItem(PREFIX + 'try');
    } catch (e) {
        kept.works = false;
    }
}

// The record as it is kept, or null when it is not there or cannot be read.
function read_record(id) {
    try {
        var record = JSON.parse(localStorage.getItem(PREFIX + id));
        return record && record.id === id && record.events.length ? record : null;
    } catch (e) {
        return null;
    }
}

// All that are kept, the last to be worked on first; those that cannot be read as {id, raw}.
function all_records() {
    var list = [], i, key, record;
    if (!kept.works)
        return list;
    for (i = 0; i < localStorage.length; i++) {
        key = localStorage.key(i);
        if (key.indexOf(PREFIX) !== 0)
            continue;
        record = read_record(key.slice(PREFIX.length));
        list.push(record || { id: key.slice(PREFIX.length), raw: localStorage.getItem(key) });
    }
    function last(r) {
        return r.raw ? 0 : r.events[r.events.length - 1].at;
    }
    return list.sort(function (a, b) {
        return last(b) - last(a);
    });
}

// False when the browser does not keep it; the record stays in memory, and the page says so.
function keep_record(record) {
    var text = JSON.stringify(record);
    copy_record(record);
    if (!kept.works)
        return false;
    try {
        localStorage.setItem(PREFIX + record.id, text);
        kept.full = localStorage.getItem(PREFIX + record.id) !== text;
    } catch (e) {
        kept.full = true;
    }
    return !kept.full;
}

// What is written or ticked and not yet given as an answer, so that neither a note, the other
// language nor a closed window loses it. It is no part of the record: where the browser does not
// keep it, the page remembers it.
function keep_draft(record, state, value) {
    drafts[record.id] = JSON.stringify({ since: state.since, value: value });
    try {
        localStorage.setItem(DRAFT + record.id, drafts[record.id]);
    } catch (e) {}
}

// Null when there is none for the step that is open now.
function draft_of(record, state) {
    var draft = null;
    try {
        draft = JSON.parse(drafts[record.id] || (kept.works ? localStorage.getItem(DRAFT + record.id) : null));
    } catch (e) {}
    return draft && draft.since === state.since ? draft.value : null;
}

// What an incident on this page begins with; two are of the same page exactly when it is equal.
function opened_payload() {
    var o = DATA.opened;
    return JSON.stringify({ component: o.component, offset: DATA.offset, pins: o.pins, program: o.program,
        runbook: o.runbook.id, site: o.site && o.site.id, symptom: o.symptom && o.symptom.id });
}

function is_ours(record) {
    return !record.raw && record.events[0].payload === opened_payload();
}

function new_id() {
    var letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ', random = [], id = 'P-', i;
    for (i = 0; i < 8; i++)
        random.push(Math.floor(Math.random() * 4294967296));
    if (window.crypto && crypto.getRandomValues)
        random = crypto.getRandomValues(new Uint32Array(8));
    for (i = 0; i < 8; i++)
        id += letters.charAt(random[i] % letters.length);
    return id;
}

function link(record, type, payload, at, actor) {
    var last = record.events[record.events.length - 1];
    var e = { seq: record.events.length + 1, at: at, actor: actor, type: type, payload: payload,
        prev: last ? last.hash : START, hash: '' };
    e.hash = sha256(['metronet-event-1', record.id, e.seq, e.at, e.actor, e.type, e.prev, e.payload].join('\n'));
    record.events.push(e);
}

function now(record) {
    var last = record && record.events[record.events.length - 1];
    return Math.max(Math.floor(new Date().getTime() / 1000), last ? last.at : 0);
}

function new_record(actor) {
    var record = { id: new_id(), events: [], saved: 0 };
    link(record, 'opened', opened_payload(), now(), actor);
    return record;
}

// Adds an event. False when another window went on with the same record: then that is taken over,
// and nothing is added.
function append(record, type, payload, at, actor) {
    var there = kept.works ? read_record(record.id) : null;
    if (there && there.events.length > record.events.length) {
        record.events = there.events;
        record.saved = there.saved;
        kept.elsewhere = true;
        return false;
    }
    link(record, type, JSON.stringify(payload), at, actor);
    keep_record(record);
    return true;
}

function due_at(record, state) {
    var step = state.node >= 0 ? NODES[state.node].step : {};
    return state.status === 'open' && step.deadline !== undefined ? record.events[state.since].at + step.deadline : null;
}

// Puts on record what happens without a person: deadlines that have passed, in order, and the end.
function catch_up(record, actor) {
    for (var more = true; more;) {
        var state = fold(record.events), due = due_at(record, state), time = now(record);
        var since = record.events[state.since];
        more = false;
        if (state.status === 'open' && state.node >= 0 && NODES[state.node].step.kind === 'resolve')
            more = since.actor === ITSELF ? append(record, 'resolved', {}, since.at, ITSELF)
                : append(record, 'resolved', {}, time, actor);
        else if (due !== null && !state.overdue && due <= time)
            more = append(record, 'overdue', { key: state.key }, due, ITSELF);
    }
}

// The file that `metronet incidents import` takes.
function record_file(record) {
    return JSON.stringify({ format: DATA.format, program: DATA.opened.program,
        exported: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        incidents: [{ id: record.id, events: record.events }] }, null, 1) + '\n';
}

