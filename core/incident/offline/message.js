// What to say on the telephone and to send in writing: the same words as on a terminal
// (core/incident/message.c).

// The message of that name with {0}, {1} … filled.
function say(lang, name) {
    var args = Array.prototype.slice.call(arguments, 2);
    return DATA.texts[name][lang].replace(/\{(\d)\}/g, function (whole, n) {
        return args[n] === undefined ? whole : args[n];
    });
}

function two(n) {
    return n < 10 ? '0' + n : String(n);
}

// 22/11/2026 15:15, where the page was made.
function local_time(at) {
    var t = new Date((at + DATA.offset * 60) * 1000);
    return two(t.getUTCDate()) + '/' + two(t.getUTCMonth() + 1) + '/' + t.getUTCFullYear() + ' ' +
        two(t.getUTCHours()) + ':' + two(t.getUTCMinutes());
}

function name_in(lang, key) {
    var named = DATA.opened[key];
    return named ? named.name[lang] : '';
}

// The answers that say something about the fault, numbered, as lines.
function checks(lang, record, state, timed) {
    var kinds = ['ask', 'check', 'act', 'verify'].concat(timed ? ['checklist'] : []);
    var day = local_time(record.events[0].at).slice(0, 11);
    return state.path.filter(function (p) {
        return kinds.indexOf(NODES[p.node].step.kind) >= 0;
    }).map(function (p, i) {
        var step = NODES[p.node].step, at = local_time(p.at);
        return say(lang, timed ? 'call_check_timed' : 'call_check', i + 1, step.text[lang].replace(/[: ]+$/, ''),
            answer_text(step, p.value, lang), at.slice(0, 11) === day ? at.slice(11) : at);
    });
}

function evidence(lang, state, node, answers) {
    var lines = [];
    (node ? node.step.evidence || [] : []).forEach(function (e, i) {
        var answer = e.answer && answer_to(state.path, e.answer.split('#')[0], node.quoted[i]);
        if (e.text)
            lines.push(say(lang, 'call_evidence', e.text[lang]));
        if (answers && answer)
            lines.push(say(lang, 'call_evidence', answer.value));
    });
    return lines;
}

function unit_name(lang) {
    var site = DATA.opened.site;
    return site ? say(lang, 'call_unit', site.name[lang], site.id) : '';
}

function team_name(lang, team) {
    return team ? DATA.teams[team].name[lang] : '';
}

// Lines of {say, send} for the call, as it was when it was made.
function compose(lang, record, call) {
    var events = record.events.slice(0, call.event), state = fold(events), node = call.node >= 0 ? NODES[call.node] : null;
    var c = DATA.call, unit = unit_name(lang), subject = name_in(lang, 'subject'), severity = name_in(lang, 'severity');
    var began = local_time(record.events[0].at), checked, first, second;
    var due = c.update === null ? '' : local_time(call.at + c.update);
    function add(list, name, value) {
        if (value)
            list.push(say(lang, name, value));
    }
    first = [unit ? say(lang, 'say_who', call.actor, unit) : say(lang, 'say_who_only', call.actor),
        say(lang, 'say_what', record.id, c.problem[lang], subject, began)];
    add(first, 'say_circuit', c.circuit);
    add(first, 'say_severity', severity);
    first = first.concat(evidence(lang, state, node, true));
    checked = checks(lang, record, state, false);
    if (checked.length)
        first = first.concat([say(lang, 'say_checked', '')], checked.slice(-3));
    first.push(say(lang, node && node.step.kind === 'handover' ? 'say_take' : 'say_ask'));
    add(first, 'say_next', due);

    second = [unit ? say(lang, 'send_subject', record.id, c.problem[lang], unit)
        : say(lang, 'send_subject_only', record.id, c.problem[lang])];
    add(second, 'send_to', team_name(lang, call.team));
    add(second, 'send_unit', unit);
    second.push(say(lang, 'send_component', subject, DATA.opened.subject ? DATA.opened.subject.id : ''));
    add(second, 'send_circuit', c.circuit);
    second.push(say(lang, 'send_symptom', c.problem[lang]), say(lang, 'send_since', began));
    add(second, 'send_severity', severity);
    second = second.concat(c.impact[lang].split('\n').filter(Boolean), evidence(lang, state, node, false));
    checked = checks(lang, record, state, true);
    second.push(say(lang, checked.length ? 'send_checked' : 'send_unchecked', ''));
    second = second.concat(checked, state.notes.map(function (n) {
        return say(lang, 'send_note', n.text);
    }));
    second.push(say(lang, 'send_from', call.actor));
    add(second, 'send_next', due);
    return { say: first.join('\n'), send: second.join('\n') };
}

// Of [{from, to}] what holds at that time.
function at_time(list, at) {
    var to = null;
    list.forEach(function (n) {
        if (n.from <= at)
            to = n.to;
    });
    return to;
}

// Whom to call when nobody of the team answers, at that time; or null.
function next_call(team, at) {
    return at_time(DATA.call.next[team || ''], at);
}

// Whom one can call by hand at that time: [{team, upward}].
function levels_at(at) {
    return at_time(DATA.call.levels, at);
}

// The key of the next call by hand.
function key_by_hand(state) {
    return 'manual-' + (state.calls.filter(is_by_hand).length + 1);
}

function is_by_hand(call) {
    return call.node < 0;
}

// The last call by hand, when it is not on record what came of it; or null.
function call_unknown(state) {
    var call = state.calls.filter(function (c) {
        return is_by_hand(c) && !c.abandoned;
    }).pop();
    return call && state.taken[call.key] === undefined ? call : null;
}
