// Which answers a step takes, in the form that is kept on record, and how they read: the same rules
// as on a terminal.

function trimmed(s) {
    return s.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

// A decimal number below ten thousand million in millionths; null when it is none.
function millionths(s) {
    var m = /^([-+]?)(\d+)(?:[.,](\d{1,6}))?$/.exec(s);
    if (!m || m[2].replace(/^0+/, '').length > 10)
        return null;
    return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 1000000 + Number(((m[3] || '') + '000000').slice(0, 6)));
}

// The shortest form, with a point; null when it is no number.
function number_kept(given) {
    var s = trimmed(given), m = /^([-+]?)(\d+)(?:[.,](\d{1,6}))?$/.exec(s), whole, rest;
    if (!m || millionths(s) === null)
        return null;
    whole = m[2].replace(/^0+(?=\d)/, '');
    rest = (m[3] || '').replace(/0+$/, '');
    return (m[1] === '-' && millionths(s) !== 0 ? '-' : '') + whole + (rest ? '.' + rest : '');
}

function bytes_of(s) {
    return unescape(encodeURIComponent(s)).length;
}

// What the journal takes as a text that a person wrote: not empty, at most so many bytes, no
// control characters (line breaks become spaces); null when it does not fit.
function text_kept(given, most) {
    var s = trimmed(given.replace(/[\r\n\t]+/g, ' ').replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/g, '')
        .replace(/(^|[^\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '$1'));
    return s === '' || bytes_of(s) > most || /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]/.test(s)
        ? null : s;
}

// Whether a person chooses that outcome here. Without the program nothing else than the clock
// gives an answer: news and the end of a child incident are told by whoever heard of them.
function is_offered(step, outcome) {
    return step.deadline === undefined || outcome.key !== 'overdue';
}

function offered(step) {
    return (step.outcomes || []).filter(function (o) {
        return is_offered(step, o);
    });
}

// How a person reads the answer.
function answer_text(step, value, lang) {
    if (step.input === 'choice')
        return step.outcomes[place(step.outcomes, value)].text[lang];
    if (step.input === 'number')
        return value + (step.unit ? ' ' + step.unit[lang] : '');
    if (step.input === 'checklist')
        return step.items.map(function (item) {
            return item.text[lang] + ': ' + DATA.texts['answer_' + item_state(value, item.key)][lang];
        }).join('; ');
    return step.input === 'text' ? value : DATA.texts.answer_read[lang];
}

