// What is asked between the steps: whether what was done outside stands, whom to call now, what
// came of a call. Each is a list of elements; `give` is called with what was chosen.

function chosen_of(list, give) {
    return el('ol', { 'class': 'choices' }, list.map(function (choice, i) {
        return el('li', {}, el('button', { type: 'button', 'class': 'choice', 'data-key': choice.key, click: function () {
            give(choice.key);
        } }, [el('span', { 'class': 'digit' }, String(i + 1)), ' ', choice.text]));
    }));
}

function heading_of(text) {
    return el('h2', { id: 'step', tabindex: '-1' }, text);
}

function leaving(lang, name, leave) {
    return el('button', { type: 'button', 'class': 'second extra', id: 'stay', click: leave }, say(lang, name));
}

// `all` is what was done outside, `n` which of it is asked about; give('kept' or 'withdrawn').
function decide_view(lang, keep, all, n, give, leave) {
    return [heading_of(say(lang, 'page_decide', keep + 1)),
        all.length > 1 ? paragraph(say(lang, 'page_decide_of', n + 1, all.length)) : null,
        paragraph(done_asked(lang, all[n]), 'text asked'),
        chosen_of([{ key: 'kept', text: say(lang, 'page_stands') },
            { key: 'withdrawn', text: say(lang, is_act(all[n]) ? 'page_undo' : 'page_withdraw') }], give),
        leaving(lang, 'page_stay', leave)];
}

// What must be done at once because the last event took something back; null where it did not.
function withdrawn_block(lang, record, state) {
    var event = record.events[state.since];
    return !state.withdrawn.length ? null : el('section', { 'class': 'now extra', 'aria-labelledby': 'now' },
        [el('h2', { id: 'now' }, say(lang, 'page_now'))].concat(state.withdrawn.map(function (done) {
            var words = done_withdrawn(lang, record, done, event);
            return el('div', { 'class': 'withdrawn' }, is_act(done) ? words
                : [paragraph(say(lang, 'retract_say')), el('div', { 'class': 'message' }, words)]);
        })));
}

// Whom one can call now; give(the place in that list).
function levels_view(lang, state, at, give, leave) {
    return [heading_of(say(lang, 'escalate_whom')), chosen_of(levels_at(at).map(function (level, i) {
        return { key: String(i), text: team_name(lang, level.team) + (level.upward ? say(lang, 'escalate_hierarchic') : '') +
            (state.calls.some(function (c) {
                return c.team === level.team;
            }) ? say(lang, 'escalate_called') : '') };
    }), give), leaving(lang, 'page_escalate_not', leave)];
}

// The message of a call by hand, and what came of it; give('taken', 'not' or 'later'). `again`: it
// was composed before this window was opened.
function taken_view(lang, record, call, again, give) {
    return [heading_of(say(lang, 'page_escalate')), again ? paragraph(say(lang, 'escalate_unknown', local_time(call.at),
        call.actor, team_name(lang, call.team))) : null,
        el('div', { id: 'call' }, message_block(lang, record, call)), paragraph(say(lang, 'page_taken'), 'text'),
        chosen_of([{ key: 'taken', text: say(lang, 'report_taken') }, { key: 'not', text: say(lang, 'report_not_taken') },
            { key: 'later', text: say(lang, 'page_later') }], give)];
}
