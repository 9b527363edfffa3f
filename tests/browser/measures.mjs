// The measures of a sheet that can be read. Each takes a sheet and gives faults, in lines.
//
// A sheet is {picture, scene, elements, width, height, ids}: `picture` is draw_all's line, `scene`
// what `--format json` says, and `elements` the scene's with their places measured elsewhere, `at`
// [left, top, right, bottom] in points.

const TEXT = 0.5; // what texts may share: the blank beside letters
const BOX = 0.6;  // what boxes may share: a border

const apart = (a, b, by) => a[2] <= b[0] + by || b[2] <= a[0] + by || a[3] <= b[1] + by || b[3] <= a[1] + by;
const holds = (out, inner, by) => inner[0] >= out[0] - by && inner[1] >= out[1] - by &&
    inner[2] <= out[2] + by && inner[3] <= out[3] + by;
const is_box = e => e.is === 'box' || e.is === 'oval';
const has = (e, word) => (e.class || '').split(' ').includes(word);

function name(e) {
    const what = e.text ? `"${e.text}"` : `${e.is} ${e.id || e.class || e.title || ''}`;
    return `${what} (${e.at.map(x => x.toFixed(1)).join(' ')})`;
}

/** The boxes that hold an element, innermost first. */
function* holders(sheet, e) {
    for (let b = e.within; b >= 0; b = sheet.elements[b].within)
        yield b;
}

/** Whether it is part of a symbol, or stands in one. */
function in_symbol(sheet, e) {
    return e.role === 'symbol' || [...holders(sheet, e)].some(b => sheet.elements[b].role === 'symbol');
}

/** Which elements may touch a rectangle: those in the same cells of a grid. */
class Grid {
    constructor(elements) {
        this.cells = new Map();
        elements.forEach((e, i) => this.each(e.at, list => list.push(i), true));
    }

    each([x0, y0, x1, y1], visit, make) {
        for (let x = Math.floor(x0 / 60); x <= Math.floor(x1 / 60); x++)
            for (let y = Math.floor(y0 / 60); y <= Math.floor(y1 / 60); y++) {
                const key = x * 10000 + y;
                if (!this.cells.has(key) && make)
                    this.cells.set(key, []);
                if (this.cells.has(key))
                    visit(this.cells.get(key));
            }
    }

    near(at) {
        const found = new Set();
        this.each(at, list => list.forEach(i => found.add(i)), false);
        return [...found].sort((a, b) => a - b);
    }
}

const grid_of = sheet => (sheet.grid ||= new Grid(sheet.elements));

const PAPERS = {
    slide: [960, 540], A4: [841.89, 595.28], A3: [1190.55, 841.89], A2: [1683.78, 1190.55],
    A1: [2383.94, 1683.78], A0: [3370.39, 2383.94],
};

/** What the sheet is printed on: the picture's paper, or for a sheet that is part of something the one
 * of its size. */
function paper_of(sheet) {
    return sheet.picture.paper || Object.keys(PAPERS).find(paper => is_paper(sheet, paper));
}

function is_paper(sheet, paper) {
    const [a, b] = PAPERS[paper];
    const off = (w, h) => Math.max(Math.abs(sheet.width - w), Math.abs(sheet.height - h));
    return Math.min(off(a, b), off(b, a)) < 0.05;
}

/** The page is exactly the paper, upright or not. */
export function page_is_paper(sheet) {
    const paper = paper_of(sheet);
    return paper && is_paper(sheet, paper) ? []
        : [`the page is ${sheet.width} × ${sheet.height} pt, not ${paper || 'any paper'}`];
}

/** Title, subtitle, date and hash, legend, source line, and the box that says "illustrative". */
export function frame_complete(sheet) {
    const faults = [], of = id => sheet.elements.find(e => e.id === id), paper = paper_of(sheet);
    const wanted = { illustrative: sheet.picture.model in { tiny: 1, hcmc: 1 }, legend: !sheet.picture.part_of };
    for (const id of ['sheet-title', 'sheet-subtitle', 'sheet-facts', 'sheet-source', 'legend', 'illustrative'])
        if (!of(id) && wanted[id] !== false)
            faults.push(`the frame has no ${id}`);
    const facts = of('sheet-facts')?.text || '';
    const [year, month, day] = sheet.scene.date.split('-');
    if (!facts.includes(sheet.picture.lang === 'vi' ? `${day}/${month}/${year}` : sheet.scene.date))
        faults.push(`no date ${sheet.scene.date} in "${facts}"`);
    if (!/\b[0-9a-f]{8}\b/.test(facts))
        faults.push(`no hash in "${facts}"`);
    if (paper !== 'slide' && !facts.includes(paper)) // a slide is no paper
        faults.push(`"${facts}" does not name the paper, ${paper}`);
    const legend = sheet.elements.findIndex(e => e.id === 'legend');
    if (legend >= 0 && !sheet.elements.some((e, i) => i > legend && e.is === 'text' &&
        holds(sheet.elements[legend].at, e.at, 0.5)))
        faults.push('the legend says nothing');
    return faults;
}

/** Texts have at least 6 points on A3 and larger, names 7; on A4 and slides all have 8. */
export function large_enough(sheet) {
    const little = ['A4', 'slide'].includes(paper_of(sheet));
    const faults = [];
    const largest = new Map(); // of the texts that stand in a named box
    for (const e of sheet.elements.filter(t => t.is === 'text')) {
        if (e.size < (little ? 8 : 6) - 0.01)
            faults.push(`${name(e)} has ${e.size.toFixed(2)} pt`);
        const box = sheet.elements[e.within];
        if (box && /^(site|node|link|service)-/.test(box.id || ''))
            largest.set(box, Math.max(largest.get(box) || 0, e.size));
    }
    for (const [box, size] of largest)
        if (size < (little ? 8 : 7) - 0.01)
            faults.push(`the name in ${name(box)} has ${size.toFixed(2)} pt`);
    return faults;
}

/** Everything stands on the page; a text in its box, a box in its. */
export function inside(sheet) {
    const faults = [], page = [0, 0, sheet.width, sheet.height];
    for (const e of sheet.elements) {
        const box = sheet.elements[e.within];
        if (!holds(page, e.at, e.is === 'text' ? -10 : 0.05))
            faults.push(`${name(e)} leaves the page`);
        if (box && e.is !== 'line' && e.role !== 'symbol' && !holds(box.at, e.at, e.is === 'text' ? 0.5 : BOX))
            faults.push(`${name(e)} leaves its box ${name(box)}`);
    }
    return faults;
}

/** No text on another text. */
export function texts_apart(sheet) {
    const faults = [];
    sheet.elements.forEach((e, i) => {
        if (e.is === 'text')
            for (const k of grid_of(sheet).near(e.at)) {
                const o = sheet.elements[k];
                if (k < i && o.is === 'text' && !apart(e.at, o.at, TEXT))
                    faults.push(`${name(e)} on ${name(o)}`);
            }
    });
    return faults;
}

/** Two boxes are apart or one holds the other; no box's edge runs through a text; a text stands in
 * no box but those that hold it. */
export function boxes_apart(sheet) {
    const faults = [];
    sheet.elements.forEach((e, i) => {
        if (!is_box(e) || e.role === 'symbol')
            return;
        for (const k of grid_of(sheet).near(e.at)) {
            const o = sheet.elements[k];
            if (k === i || apart(e.at, o.at, o.is === 'text' ? TEXT : BOX))
                continue;
            const held = [...holders(sheet, o)];
            if (o.is === 'text' && !held.includes(i) && !in_symbol(sheet, o) &&
                (e.role !== 'group' || !holds(e.at, o.at, 0.5)))
                faults.push(`${name(o)} on a foreign ${name(e)}`);
            if (is_box(o) && k < i && o.role !== 'symbol' && !holds(e.at, o.at, BOX) && !holds(o.at, e.at, BOX))
                faults.push(`${name(e)} on ${name(o)}`);
        }
    });
    return faults;
}

/** Whether the segment enters the rectangle (Liang–Barsky clipping). */
export function enters([ax, ay], [bx, by], [x0, y0, x1, y1]) {
    let from = 0, to = 1;
    for (const [a, d, low, high] of [[ax, bx - ax, x0, x1], [ay, by - ay, y0, y1]]) {
        if (Math.abs(d) < 1e-9) {
            if (a <= low || a >= high)
                return false;
            continue;
        }
        const s = (low - a) / d, t = (high - a) / d;
        from = Math.max(from, Math.min(s, t));
        to = Math.min(to, Math.max(s, t));
    }
    return from < to;
}

/** Strokes run through no text and no box that does not merely group. Those of a map, where a line
 * goes where it goes, are counted apart: `sheet.map_lines`. */
export function strokes_clear(sheet) {
    const faults = [], map = [];
    for (const e of sheet.elements) {
        if (e.is !== 'line' || e.role === 'symbol')
            continue;
        const seen = new Set();
        for (let p = 1; p < e.points.length; p++) {
            const [a, b] = [e.points[p - 1], e.points[p]];
            const around = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
            for (const k of grid_of(sheet).near(around)) {
                const o = sheet.elements[k];
                if (seen.has(k) || in_symbol(sheet, o) || (o.is !== 'text' && (!is_box(o) || o.role === 'group')))
                    continue;
                const by = o.is === 'text' ? 0.8 - e.width / 2 : 1.6;
                if (enters(a, b, [o.at[0] + by, o.at[1] + by, o.at[2] - by, o.at[3] - by])) {
                    seen.add(k);
                    (sheet.picture.view === 'map' ? map : faults).push(`${name(e)} runs through ${name(o)}`);
                }
            }
        }
    }
    sheet.map_lines = map;
    return faults;
}

/** Every unit stands on a sheet of units exactly once, with a text in it; on a map the text is beside
 *  it. On a slide of a whole network units may be counted instead. */
export function units_once(sheet) {
    const { view, paper } = sheet.picture;
    if (!['city', 'area', 'map'].includes(view) || (view === 'city' && paper === 'slide'))
        return [];
    const faults = [], count = new Map();
    sheet.elements.forEach((e, i) => {
        if (e.id?.startsWith('site-'))
            count.set(e.id, [...(count.get(e.id) || []), i]);
    });
    for (const unit of sheet.picture.units) {
        const there = count.get(`site-${unit}`) || [];
        if (there.length !== 1)
            faults.push(`unit ${unit} stands there ${there.length} times`);
        else if (view !== 'map' && !sheet.elements.some(t => t.is === 'text' && t.text.length > 1 && [...holders(sheet, t)].includes(there[0])))
            faults.push(`unit ${unit} has no name`);
    }
    return faults;
}

/** No id twice: neither in the document nor in the scene. */
export function ids_unique(sheet) {
    const faults = [];
    for (const ids of [sheet.ids, sheet.elements.map(e => e.id).filter(Boolean)]) {
        const sorted = [...ids].sort();
        sorted.forEach((id, i) => i && id === sorted[i - 1] && faults.push(`id ${id} twice`));
    }
    return faults;
}

function luminance(rgb) {
    return [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
        const c = (rgb >> (16 - 8 * i) & 0xFF) / 255;
        return sum + share * (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
}

export function contrast(a, b) {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** WCAG 2.2 contrast of each text against whatever was painted below it. */
export function contrast_enough(sheet) {
    const faults = [];
    sheet.elements.forEach((e, i) => {
        if (e.is !== 'text')
            return;
        const grounds = [];
        const below = grid_of(sheet).near(e.at).filter(k => k < i && is_box(sheet.elements[k]) &&
            sheet.elements[k].fill !== null && !apart(sheet.elements[k].at, e.at, TEXT));
        for (const k of below.reverse()) {
            grounds.push(sheet.elements[k].fill);
            if (holds(sheet.elements[k].at, e.at, TEXT))
                break;
        }
        const last = below.length && grounds.length === below.length &&
            !holds(sheet.elements[below[below.length - 1]].at, e.at, TEXT);
        if (!below.length || last)
            grounds.push(0xFFFFFF);
        const worst = Math.min(...grounds.map(g => contrast(e.colour, g)));
        if (worst < 4.5)
            faults.push(`${name(e)} has a contrast of ${worst.toFixed(2)}`);
    });
    return faults;
}

/** What is marked says so by a symbol and by its border, and the legend explains the mark. */
export function marks_shown(sheet) {
    const faults = [];
    const legend = sheet.elements.find(e => e.id === 'legend');
    for (const [mark, { symbol, word }] of Object.entries(sheet.picture.marks)) {
        const marked = sheet.elements.filter(e => has(e, mark));
        for (const e of marked) {
            const i = sheet.elements.indexOf(e);
            const shown = sheet.elements.some(t => (has(t, `sign-${mark}`) || t.text === symbol) &&
                (e.is === 'line' ? near_line(e, t) : [...holders(sheet, t)].includes(i)));
            if (!shown)
                faults.push(`${name(e)} is ${mark} without ${symbol}`);
            if (e.width < 1.2 && e.dash === 'solid')
                faults.push(`the border of ${name(e)} does not say ${mark}`);
        }
        const explains = o => legend && holds(legend.at, o.at, 1) && (o.text === word || (is_box(o) && looks_like(o, marked)));
        if (marked.length && !sheet.elements.some(explains))
            faults.push(`the legend does not explain ${mark}`);
    }
    return faults;
}

function looks_like(sample, marked) {
    return marked.some(e => ['fill', 'colour', 'width', 'dash'].every(what => e[what] === sample[what]));
}

function near_line(line, text) {
    const middle = [(text.at[0] + text.at[2]) / 2, (text.at[1] + text.at[3]) / 2];
    const square = [middle[0] - 8, middle[1] - 8, middle[0] + 8, middle[1] + 8];
    return line.points.some((p, i) => i && enters(line.points[i - 1], p, square));
}

/** The browser, or the PDF, sets texts where and as wide as the program planned. */
export function texts_as_planned(sheet) {
    const faults = [];
    for (const e of sheet.elements)
        if (e.is === 'text' && e.planned) {
            const [x, y, w, h] = e.planned;
            const wide = e.at[2] - e.at[0], middle = (e.at[1] + e.at[3]) / 2;
            if (Math.abs(e.at[0] - x) > 1 || Math.abs(middle - y - h / 2) > e.size * 0.35)
                faults.push(`${name(e)} was planned at ${x} ${y}`);
            if (Math.abs(wide - w) > 0.02 * w + 0.5)
                faults.push(`${name(e)} is ${wide.toFixed(2)} pt wide, planned ${w}`);
        }
    return faults;
}

/** All measures; `measure(sheet)` gives [name, faults] of each. */
export const MEASURES = {
    page_is_paper, frame_complete, large_enough, inside, texts_apart, boxes_apart, strokes_clear,
    units_once, ids_unique, contrast_enough, marks_shown, texts_as_planned,
};

export function measure(sheet) {
    return Object.entries(MEASURES).map(([what, of]) => [what.replaceAll('_', ' '), of(sheet)]);
}
