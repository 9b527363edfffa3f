// One step as it is shown: the words and the order of the walk on a terminal. What stands only here
// has the class "extra".

function paragraph(text, cls) {
    return text ? el('p', { 'class': cls || null }, text) : null;
}

function labelled(lang, name, text) {
    return text ? paragraph(say(lang, name, text[lang])) : null;
}

// A kind that this page does not know is shown with its texts and outcomes.
function kind_name(lang, step) {
    return DATA.texts['step_' + step.kind] ? say(lang, 'step_' + step.kind) : step.kind;
}

function heading(lang, state, step) {
    var visit = visit_of(state.path, state.node);
    return say(lang, 'step_heading', state.path.length + 1, kind_name(lang, step)) +
        (visit > 1 ? say(lang, 'step_visit', visit) : '') +
        (step.minutes === undefined ? '' : say(lang, 'step_minutes', step.minutes));
}

function due_line(lang, record, state, step) {
    var due = due_at(record, state);
    return due === null ? null
        : paragraph(say(lang, state.overdue ? 'step_overdue' : step.kind === 'wait' ? 'step_until' : 'step_due',
            local_time(due)), state.overdue ? 'alarm' : null);
}

function contact_lines(lang, id, hours) {
    var team = DATA.teams[id];
    return [team.contact && paragraph(say(lang, 'call_contact', team.contact[lang])),
        hours && team.hours && paragraph(say(lang, 'call_hours', team.hours[lang]))];
}

// The calls that were made for the open step: the last, and whether it was gone back over.
function calls_of(state) {
    return state.calls.filter(function (c) {
        return c.key === state.key;
    });
}

// Whom to call, what to say and to send, and who is next.
function message_block(lang, record, call) {
    var text = compose(lang, record, call), next = next_call(call.team, call.at);
    var block = [el('h3', {}, call.team ? say(lang, 'call_whom', team_name(lang, call.team)) : say(lang, 'call_nobody'))];
    if (call.team)
        block = block.concat(contact_lines(lang, call.team, true));
    block.push(el('h3', {}, say(lang, 'call_say')), el('div', { 'class': 'message' }, text.say),
        el('h3', {}, say(lang, 'call_send')), el('div', { 'class': 'message' }, text.send));
    if (next) {
        block.push(paragraph(next.wait >= 0
            ? say(lang, 'call_next_after', Math.ceil(next.wait / 60), team_name(lang, next.team))
            : say(lang, 'call_next', team_name(lang, next.team))));
        block = block.concat(contact_lines(lang, next.team, false));
    }
    return block;
}

// Only of what was composed for the step just now, and nothing done since, one need not ask how it
// went.
function call_block(lang, record, state, composed) {
    var calls = calls_of(state), call = calls[calls.length - 1], earlier = calls[calls.length - 2], again = null;
    var since = record.events.slice(call.event + 1).some(function (e) {
        return e.type !== 'noted';
    });
    if (since || composed !== call.event)
        again = say(lang, 'call_unknown', local_time(call.at), call.actor);
    else if (earlier)
        again = say(lang, 'call_other_branch', local_time(earlier.at), earlier.actor);
    return [paragraph(again)].concat(message_block(lang, record, call));
}

// Everything but the answers. `composed` is the event of the call that was composed just now.
function step_words(lang, record, state, composed) {
    var step = NODES[state.node].step, at = step.at && DATA.components[step.at];
    return [heading_of(heading(lang, state, step)), due_line(lang, record, state, step),
        at ? paragraph(say(lang, 'step_at', at[lang], step.at)) : null,
        step.team && !is_call(step) ? paragraph(say(lang, 'step_who', team_name(lang, step.team))) : null,
        paragraph(step.text[lang], 'text'),
        labelled(lang, step.kind === 'tell' ? 'step_help' : 'step_how', step.help),
        labelled(lang, 'step_interrupts', step.interrupts), labelled(lang, 'step_undo', step.undo)
    ].concat(is_call(step) ? call_block(lang, record, state, composed) : []);
}

// ---- What takes an answer. `give` is called with a value that fits; `draft` holds what was written
// before, and keeps what is written now.

function choices(lang, step, give) {
    var list = chosen_of(offered(step).map(function (o) {
        return { key: o.key, text: o.text[lang] };
    }), give);
    return [list].concat((step.outcomes || []).filter(function (o) {
        return !is_offered(step, o);
    }).map(function (o) {
        return paragraph('– ' + say(lang, 'step_by_itself', o.text[lang]));
    }));
}

// A form with one button; `check` returns a value that fits, or null.
function form(lang, fields, button, check, wrong, give) {
    var problem = el('p', { 'class': 'wrong extra', role: 'alert', id: 'problem' });
    var f = el('form', {}, fields.concat([problem, el('div', { 'class': 'extra' }, el('button', { type: 'submit', id: 'go' }, button))]));
    f.setAttribute('novalidate', '');
    f.addEventListener('submit', function (event) {
        var value = check();
        event.preventDefault();
        if (value === null)
            problem.textContent = say(lang, wrong);
        else
            give(value);
    });
    return f;
}

function text_form(lang, step, give, draft) {
    var number = step.input === 'number', label = number
        ? step.unit ? say(lang, 'page_answer_number_unit', step.unit[lang]) : say(lang, 'page_answer_number')
        : say(lang, 'page_answer_text');
    var input = el(number ? 'input' : 'textarea', { id: 'answer', autocomplete: 'off', 'aria-describedby': 'problem',
        type: number ? 'text' : null, inputmode: number ? 'decimal' : null });
    input.value = draft.value || '';
    input.addEventListener('input', function () {
        draft.keep(input.value);
    });
    return form(lang, [el('label', { 'for': 'answer', 'class': 'field extra' }, label), el('div', { 'class': 'extra' }, input)],
        say(lang, 'page_answer'), function () {
            return number ? number_kept(input.value) : text_kept(input.value, 4000);
        }, number ? 'page_wrong_number' : 'page_wrong_text', give);
}

function checklist_form(lang, step, give, draft) {
    var marks = draft.value || {};
    var items = step.items.map(function (item, i) {
        return el('fieldset', {}, [el('legend', {}, [el('span', { 'class': 'digit' }, String(i + 1)), ' ', item.text[lang]])]
            .concat(STATES.map(function (s) {
                var input = el('input', { type: 'radio', name: 'item' + i, value: s });
                input.checked = marks[item.key] === s;
                input.addEventListener('change', function () {
                    marks[item.key] = s;
                    draft.keep(marks);
                });
                return el('label', { 'class': 'state extra' }, [input, say(lang, 'answer_' + s)]);
            })));
    });
    function done(event) {
        step.items.forEach(function (item, i) {
            marks[item.key] = marks[item.key] || 'done';
            event.target.form.querySelector('input[name=item' + i + '][value=' + marks[item.key] + ']').checked = true;
        });
        draft.keep(marks);
    }
    items.push(el('div', { 'class': 'extra' },
        el('button', { type: 'button', 'class': 'second', id: 'all', click: done }, say(lang, 'page_all_done'))));
    return form(lang, items, say(lang, 'page_answer'), function () {
        var open = step.items.some(function (item) {
            return !marks[item.key];
        });
        return open ? null : step.items.map(function (item) {
            return item.key + '=' + marks[item.key];
        }).join(',');
    }, 'page_wrong_items', give);
}

function answers(lang, step, give, draft) {
    if (step.input === 'choice')
        return choices(lang, step, give);
    if (step.input === 'checklist')
        return [checklist_form(lang, step, give, draft)];
    if (step.input === 'text' || step.input === 'number')
        return [text_form(lang, step, give, draft)];
    return [el('div', { 'class': 'extra' }, el('button', { type: 'button', id: 'go', click: function () {
        give('ok');
    } }, say(lang, 'page_go_on')))];
}

