// The page itself: who is working, which record, its step, and what can be done with it.
(function () {
    var lang = DATA.lang, person = '', record = null, said = '';
    var asking = null; // what is asked in place of the step: {what: 'decide', 'levels' or 'taken', …}
    var composed = -1; // the event of the call that was composed for the step that is shown
    var main = document.getElementById('main');

    function text(name) {
        return say.apply(null, [lang].concat(Array.prototype.slice.call(arguments)));
    }

    function set(id, value) {
        document.getElementById(id).textContent = value;
    }

    function button(name, id, act, first) {
        return el('button', { type: 'button', id: id, 'class': first ? null : 'second', click: act }, text(name));
    }

    function fold_out(name, id, children) {
        return el('details', { id: id }, [el('summary', {}, text(name))].concat(children));
    }

    // ---- Saving and printing

    function save_file(r) {
        var content = r.raw || record_file(r), name = 'metronet-' + r.id + '.json', a = el('a', { download: name }), url;
        if (window.Blob && window.URL && URL.createObjectURL && 'download' in a) {
            url = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
            a.href = url;
            document.body.appendChild(a);
            a.click();
            document.body.removeChild(a);
            setTimeout(function () {
                URL.revokeObjectURL(url);
            }, 60000);
            said = text('page_saved', name);
        } else {
            main.appendChild(el('label', { 'class': 'field', 'for': 'copy' }, text('page_save_copy', name)));
            main.appendChild(el('textarea', { id: 'copy', readonly: '' }, content));
            said = '';
        }
        if (!r.raw) {
            r.saved = r.events.length;
            keep_record(r);
        }
        set('said', said);
        alarm();
    }

    function unsaved() {
        return record && record.saved < record.events.length && (!kept.works || kept.full);
    }

    window.addEventListener('beforeunload', function (event) {
        if (unsaved()) {
            event.preventDefault();
            event.returnValue = text('page_unsaved');
        }
    });

    // What the person must know of how the record is kept.
    function alarm() {
        var e = empty(document.getElementById('alarm'));
        var wrong = kept.full ? 'page_full' : kept.works ? null : 'page_not_kept';
        if (wrong)
            e.appendChild(paragraph(text(wrong), 'alarm'));
        if (kept.elsewhere)
            e.appendChild(paragraph(text('page_elsewhere'), 'alarm'));
        kept.elsewhere = false;
    }

    // ---- Before a record is open

    function name_field() {
        return [el('label', { 'class': 'field', 'for': 'person' }, text('page_name')),
            el('input', { type: 'text', id: 'person', autocomplete: 'name', maxlength: '60', 'aria-describedby': 'name_why', value: person }),
            el('p', { id: 'name_why' }, text('page_name_why')), el('p', { 'class': 'wrong', role: 'alert', id: 'problem' })];
    }

    function take_name() {
        var name = text_kept(document.getElementById('person').value, 100);
        if (name === null || name === ITSELF) {
            set('problem', text('page_name_wrong'));
            document.getElementById('person').focus();
            return false;
        }
        person = name;
        return true;
    }

    function open_record(r) {
        if (!take_name())
            return;
        record = r || new_record(person);
        said = '';
        composed = -1;
        ask_unknown(fold(record.events));
        if (!r)
            keep_record(record);
        show(true);
    }

    function kept_record(r) {
        var ours = is_ours(r), words = [text('page_number', r.id)], list = [];
        if (ours) {
            words.push(local_time(r.events[0].at), text(fold(r.events).status === 'open' ? 'page_open' : 'page_closed'));
            list.push(el('button', { type: 'button', 'class': 'continue', 'data-id': r.id, click: function () {
                open_record(read_record(r.id));
            } }, text('page_continue')));
        } else {
            words.push(text('page_other'));
        }
        list.push(el('button', { type: 'button', 'class': 'second', click: function () {
            save_file(r);
        } }, text('page_save')));
        return el('li', {}, [paragraph(words.join(' – '))].concat(list));
    }

    function show_home() {
        var records = all_records(), severity = name_in(lang, 'severity');
        empty(main);
        [paragraph(DATA.description[lang], 'text'), severity ? paragraph(text('run_severity', severity)) : null,
            paragraph(text('page_offline'))].concat(name_field(), [button('page_begin', 'begin', function () {
            open_record(null);
        }, true)]).forEach(function (e) {
            if (e)
                main.appendChild(e);
        });
        if (!records.length)
            return;
        main.appendChild(el('h2', {}, text('page_kept')));
        main.appendChild(el('ul', { 'class': 'choices', id: 'kept' }, records.map(kept_record)));
    }

    // ---- A record

    function add(type, payload) {
        catch_up(record, person); // what fell due before comes first
        return append(record, type, payload, now(record), person);
    }

    // What can only happen while the incident is open; else what was asked is overtaken, and said so.
    function add_open(type, payload) {
        catch_up(record, person);
        if (fold(record.events).status === 'open' && append(record, type, payload, now(record), person))
            return true;
        kept.elsewhere = true;
        return false;
    }

    function give(value) {
        var key = fold(record.events).key, state, step;
        catch_up(record, person); // what fell due before the answer comes first
        state = fold(record.events);
        step = state.node >= 0 ? NODES[state.node].step : null;
        said = '';
        if (state.status === 'open' && state.key === key && append(record, 'answered', { step: key, value: value }, now(record), person))
            said = text('page_recorded', answer_text(step, value, lang));
        else
            kept.elsewhere = true;
        show(true);
    }

    // ---- Between the steps: a question is about the record as it was when it was asked.

    function is_asked(state) {
        var call = call_unknown(state);
        return state.status === 'open' && (asking.what === 'taken' ? call && call.key === asking.key
            : record.events.length === asking.events);
    }

    // A call by hand of which it is not on record what came of it: nobody knows any more.
    function ask_unknown(state) {
        var call = call_unknown(state);
        asking = call ? { what: 'taken', key: call.key, again: true } : null;
    }

    function go_back(keep, decided) {
        asking = null;
        add_open('rewound', { keep: keep, decided: decided });
        show(true);
    }

    function back_to(keep) {
        var state;
        said = '';
        catch_up(record, person); // what fell due before comes first
        state = fold(record.events);
        if (state.status !== 'open' || keep < 0 || keep >= state.path.length)
            return;
        asking = { what: 'decide', events: record.events.length, keep: keep, done: outside(state, keep), n: 0, decided: {} };
        if (!asking.done.length)
            go_back(keep, {});
        else
            show(true);
    }

    function decide(decision) {
        asking.decided[asking.done[asking.n].record] = decision;
        catch_up(record, person);
        if (record.events.length !== asking.events) {
            kept.elsewhere = true;
            show(true);
        } else if (++asking.n === asking.done.length) {
            go_back(asking.keep, asking.decided);
        } else {
            show(true);
        }
    }

    // Of a call that was open meanwhile nobody knows, as on a terminal.
    function leave() {
        asking = null;
        composed = -1;
        show(true);
    }

    function escalate() {
        said = '';
        catch_up(record, person);
        asking = { what: 'levels', events: record.events.length };
        if (levels_at(now(record)).length)
            show(true);
        else
            call(null);
    }

    function call(place) {
        var level = levels_at(now(record))[place], key = key_by_hand(fold(record.events));
        if (add_open('escalated', { key: key, team: level ? level.team : null }))
            asking = { what: 'taken', key: key, again: false };
        show(true);
    }

    function took(answer) {
        var key = asking.key;
        asking = null;
        said = '';
        if (answer !== 'later' && add_open('acknowledged', { key: key, taken: answer === 'taken' }))
            said = text('page_recorded', text(answer === 'taken' ? 'report_taken' : 'report_not_taken'));
        show(true);
    }

    function question(state) {
        if (asking.what === 'decide')
            return decide_view(lang, asking.keep, asking.done, asking.n, decide, leave);
        if (asking.what === 'levels')
            return levels_view(lang, state, now(record), call, leave);
        return taken_view(lang, record, call_unknown(state), asking.again, took);
    }

    function reopen() {
        var path = fold(record.events).path, keep = Math.max(path.length - 1, 0), i;
        for (i = path.length - 1; i >= 0; i--)
            if (NODES[path[i].node].step.kind === 'verify') {
                keep = i;
                break;
            }
        said = '';
        append(record, 'reopened', { keep: keep }, now(record), person);
        show(true);
    }

    function answers_list(state) {
        if (!state.path.length)
            return [paragraph(text('walk_no_answers'))];
        return [el('ol', { 'class': 'events', id: 'answers_given' }, state.path.map(function (p, i) {
            var step = NODES[p.node].step;
            return el('li', {}, [el('span', { 'class': 'when' }, (i + 1) + '. ' + local_time(p.at) + ', ' + who(lang, p.actor) + ': '),
                text('report_answered', step.text[lang], answer_text(step, p.value, lang)), el('br'),
                state.status === 'open' ? el('button', { type: 'button', 'class': 'second back', 'data-keep': String(i), click: function () {
                    back_to(i);
                } }, text('page_back_to', i + 1)) : null]);
        }))];
    }

    function note_form() {
        var input = el('textarea', { id: 'note' }), f;
        f = form(lang, [el('label', { 'class': 'field', 'for': 'note' }, text('page_note_text')), input], text('page_note_add'), function () {
            return text_kept(input.value, 4000);
        }, 'page_wrong_text', function (value) {
            said = add('noted', { text: value }) ? text('page_recorded', value) : '';
            show(true);
        });
        f.querySelector('.wrong').id = 'note_problem';
        f.querySelector('button').id = 'note_add';
        return f;
    }

    function why(state) {
        var step = state.node >= 0 ? NODES[state.node].step : null, last = state.path[state.path.length - 1];
        return [paragraph(step && step.why ? step.why[lang] : text('walk_no_why')),
            last ? paragraph(text('walk_why_after', NODES[last.node].step.text[lang],
                answer_text(NODES[last.node].step, last.value, lang))) : null];
    }

    function person_form() {
        return [].concat(name_field(), [button('page_person_change', 'person_change', function () {
            if (take_name())
                show(true);
        })]);
    }

    function tools(state) {
        var open = state.status === 'open';
        return el('nav', { 'aria-label': text('page_tools'), 'class': 'extra' }, [
            open && state.path.length ? button('page_back', 'back', function () {
                back_to(fold(record.events).path.length - 1);
            }) : null,
            open ? button('page_escalate', 'escalate', escalate) : button('page_reopen', 'reopen', reopen),
            button('page_save', 'save', function () {
                save_file(record);
            }), button('page_print', 'print', function () {
                window.print();
            }), button('page_home', 'home', function () {
                record = null;
                asking = null;
                said = '';
                show(true);
            }),
            open ? fold_out('page_why', 'why', why(state)) : null,
            fold_out('page_note', 'notes', note_form()),
            fold_out('page_answers', 'given', answers_list(state)),
            fold_out('page_record', 'events', timeline(lang, record, state, false)),
            fold_out('page_person', 'persons', [paragraph(person)].concat(person_form())),
            paragraph(text('page_import', record.id), 'hint'), paragraph(text('page_keys'), 'hint')]);
    }

    function show_end(state) {
        var step = NODES[state.node].step;
        main.appendChild(el('h2', { id: 'step', tabindex: '-1' }, text('walk_resolved', record.id)));
        main.appendChild(paragraph(step.text[lang], 'text'));
        if (step.cause)
            main.appendChild(paragraph(text('walk_cause', step.cause[lang])));
    }

    function show_failed(state) {
        var f = state.failure !== undefined && state.failure !== null && DATA.flow.failures[state.failure];
        main.appendChild(el('h2', { id: 'step', tabindex: '-1' }, text('walk_failed')));
        if (f)
            main.appendChild(paragraph(f.message[lang]));
    }

    // The call of the open step, composed unless it stands.
    function need_call(state) {
        var calls = calls_of(state);
        if (!is_call(NODES[state.node].step) || (calls.length && !calls[calls.length - 1].abandoned))
            return state;
        if (append(record, 'escalated', { key: state.key }, now(record), person))
            composed = record.events.length - 1;
        return fold(record.events);
    }

    function show_step(state) {
        var step = NODES[state.node].step;
        return [withdrawn_block(lang, record, state)].concat(step_words(lang, record, state, composed), answers(lang, step, give, {
            value: draft_of(record, state), keep: function (value) {
                keep_draft(record, state, value);
            } }));
    }

    function show_record() {
        var state;
        catch_up(record, person);
        state = fold(record.events);
        if (asking && !is_asked(state))
            asking = null;
        empty(main);
        if (asking) {
            main.appendChild(el('div', { id: asking.what }, question(state)));
        } else if (state.status !== 'open') {
            show_end(state);
        } else if (state.node < 0) {
            show_failed(state);
        } else {
            state = need_call(state);
            main.appendChild(el('div', { id: 'walk', 'data-kind': NODES[state.node].step.kind }, show_step(state)));
        }
        if (!asking)
            main.appendChild(tools(state));
        empty(document.getElementById('paper')).appendChild(paper(lang, record));
    }

    // `moved`: the focus goes to what is new.
    function show(moved) {
        var o = DATA.opened, head;
        document.documentElement.lang = lang;
        document.title = o.runbook.title[lang] + ' – ' + subject_line(lang);
        set('title', o.runbook.title[lang]);
        set('about', subject_line(lang) + (record ? ' – ' + text('page_number', record.id) + ' – ' + person : ''));
        set('language', text('page_language'));
        document.getElementById('language').lang = lang === 'vi' ? 'en' : 'vi';
        show_where(lang);
        set('made', text('page_made', o.runbook.id, String(o.runbook.version), o.model.name[lang], o.model.date || '',
            DATA.model_hash.slice(0, 8)) + (DATA.illustrative ? ' ' + text('report_illustrative') + '.' : ''));
        if (record) {
            show_record();
        } else {
            empty(document.getElementById('paper'));
            show_home();
        }
        alarm();
        set('said', said);
        head = document.getElementById('step');
        if (moved && head) {
            head.focus();
            window.scrollTo(0, 0);
        }
    }

    // ---- Keys: digits choose, Enter goes on, others press a button; not while something is typed.
    var BUTTONS = { b: 'back', e: 'escalate', Escape: 'stay', Esc: 'stay' };

    function is_typing(e) {
        return /^(input|textarea|select)$/i.test(e.tagName);
    }

    document.addEventListener('keydown', function (event) {
        var key = event.key, list, go;
        if (!record || event.repeat || event.ctrlKey || event.altKey || event.metaKey || is_typing(event.target))
            return;
        list = document.querySelectorAll('button.choice');
        go = document.getElementById('go');
        if (/^[1-9]$/.test(key) && list[key - 1])
            list[key - 1].click();
        else if (key === 'Enter' && go && !/^(button|summary|a)$/i.test(event.target.tagName))
            go.click();
        else if (BUTTONS.hasOwnProperty(key) && document.getElementById(BUTTONS[key]))
            document.getElementById(BUTTONS[key]).click();
        else
            return;
        event.preventDefault();
    });

    document.getElementById('language').addEventListener('click', function () {
        lang = lang === 'vi' ? 'en' : 'vi';
        said = '';
        show(false);
    });

    // Another window has gone on with the record that is open here.
    window.addEventListener('storage', function (event) {
        var there = record && event.key === PREFIX + record.id ? read_record(record.id) : null;
        if (there && there.events.length > record.events.length) {
            record = there;
            kept.elsewhere = true;
            show(true);
        }
    });

    add_enlarging();
    try_storage();
    show(false);
    open_copies(function () {
        if (!record)
            show(false);
    });
}());
