// Elements, and the record told as a list: on the screen and on paper. Texts only ever become text.

// An element with classes (".a"), attributes, and children: elements, strings, or nothing.
function el(tag, attributes, children) {
    var e = document.createElement(tag), key;
    for (key in attributes || {})
        if (key === 'click')
            e.addEventListener('click', attributes[key]);
        else if (attributes[key] !== null)
            e.setAttribute(key, attributes[key]);
    [].concat(children === undefined ? [] : children).forEach(function (c) {
        if (c)
            e.appendChild(typeof c === 'string' ? document.createTextNode(c) : c);
    });
    return e;
}

function empty(e) {
    while (e.firstChild)
        e.removeChild(e.firstChild);
    return e;
}

function who(lang, actor) {
    return actor === ITSELF ? say(lang, 'by_itself') : actor;
}

// What an event says; `before` is where the record stood, `call` the call that it made.
function told(lang, e, before, call) {
    var payload = JSON.parse(e.payload), step = before.node >= 0 ? NODES[before.node].step : null;
    if (e.type === 'opened')
        return say(lang, 'report_event_opened', DATA.opened.runbook.title[lang]);
    if (e.type === 'answered')
        return say(lang, 'report_answered', step.text[lang], answer_text(step, payload.value, lang));
    if (e.type === 'overdue')
        return say(lang, 'report_overdue', step.text[lang]);
    if (e.type === 'rewound')
        return say(lang, 'report_rewound', payload.keep + 1);
    if (e.type === 'noted')
        return say(lang, 'report_noted', before.notes.length + 1, payload.text);
    if (e.type === 'escalated')
        return say(lang, 'report_escalated', team_name(lang, call.team));
    if (e.type === 'acknowledged')
        return say(lang, payload.taken ? 'report_taken' : 'report_not_taken');
    if (e.type === 'reopened')
        return say(lang, 'report_event_reopened', '');
    return say(lang, e.type === 'resolved' ? 'report_event_resolved' : 'page_number', e.type);
}

// What was decided about what was done outside; with `whole` the words that took it back.
function told_decisions(lang, record, e, before, whole) {
    var payload = JSON.parse(e.payload), decided = payload.decided || {};
    return e.type !== 'rewound' ? [] : outside(before, payload.keep).map(function (done) {
        var decision = decided[done.record], withdrawn = decision === 'withdrawn';
        return el('div', { 'class': 'decided' }, [say(lang, withdrawn ? 'report_withdrawn' : decision === 'kept' ? 'report_kept'
            : 'report_confirm', done_text(lang, done), done_label(lang, done)),
            whole && withdrawn ? el('div', { 'class': 'message' }, done_withdrawn(lang, record, done, e)) : null]);
    });
}

// All events, those that were gone back over marked; messages word for word with `whole`.
function timeline(lang, record, state, whole) {
    var list = el('ol', { 'class': 'events' });
    record.events.forEach(function (e, n) {
        var before = fold(record.events.slice(0, n)), gone = state.abandoned[n];
        var call = state.calls.filter(function (c) {
            return c.event === n;
        })[0];
        list.appendChild(el('li', { 'class': gone ? 'abandoned' : null }, [
            el('span', { 'class': 'when' }, local_time(e.at) + ', ' + who(lang, e.actor) + ': '),
            el('span', { 'class': 'what' }, told(lang, e, before, call)),
            gone ? ' ' + say(lang, 'page_abandoned') : null,
            whole && call ? el('div', { 'class': 'message' }, compose(lang, record, call).send) : null
        ].concat(told_decisions(lang, record, e, before, whole))));
    });
    return list;
}

function subject_line(lang) {
    var site = name_in(lang, 'site'), subject = name_in(lang, 'subject');
    return site && subject.indexOf(site) < 0 ? say(lang, 'run_subject_at', site, subject) : subject;
}

// The record on paper.
function paper(lang, record) {
    var state = fold(record.events), severity = name_in(lang, 'severity'), last = record.events[record.events.length - 1];
    return el('div', {}, [
        el('h2', {}, say(lang, 'page_number', record.id)),
        el('p', {}, subject_line(lang)),
        severity ? el('p', {}, say(lang, 'run_severity', severity)) : null,
        el('p', {}, say(lang, state.status === 'open' ? 'page_open' : 'page_closed')),
        el('h3', {}, say(lang, 'page_record')), timeline(lang, record, state, true),
        el('p', {}, say(lang, 'page_head', record.events.length, last.hash))]);
}

