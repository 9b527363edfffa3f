// What a PDF holds: its pages, its fonts, and where its texts are.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = s => s.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, n, hex, name) =>
    n || hex ? String.fromCodePoint(n ? Number(n) : parseInt(hex, 16)) : ENTITIES[name] || whole);

/** A document: {fonts: [{name, embedded, unicode}], pages: [{width, height, words: [{text, at}]}]}, in
 * points. */
export async function read_pdf(file) {
    const [fonts, boxes] = await Promise.all([
        run('pdffonts', [file], { maxBuffer: 1 << 24 }), run('pdftotext', ['-bbox', file, '-'], { maxBuffer: 1 << 28 }),
    ]);
    return {
        /* name, type, encoding, emb, sub, uni, object ID: the name may have blanks */
        fonts: fonts.stdout.trim().split('\n').slice(2).map(line => {
            const [, name, embedded, , unicode] =
                /^(\S+).* (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$/.exec(line) || [null, line];
            return { name, embedded: embedded === 'yes', unicode: unicode === 'yes' };
        }),
        pages: boxes.stdout.split('<page ').slice(1).map(page => {
            const [, width, height] = /^width="([\d.]+)" height="([\d.]+)">/.exec(page);
            const words = [...page.matchAll(
                /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g)]
                .map(m => ({ text: plain(m[5]), at: m.slice(1, 5).map(Number) }));
            return { width: Number(width), height: Number(height), words };
        }),
    };
}

const middle = at => [(at[0] + at[2]) / 2, (at[1] + at[3]) / 2];
const letters = s => s.replace(/\s+/gu, '').normalize('NFC');

/** The scene's elements with texts where the page of a PDF has them. Faults for those that cannot be
 * found, or not be extracted. */
export function as_printed(scene, page, faults) {
    const rows = new Map(); // words by the height of their middle
    for (const word of page.words) {
        const row = Math.floor(middle(word.at)[1] / 8);
        rows.set(row, [...(rows.get(row) || []), word]);
    }
    return scene.elements.map(e => {
        const [x, y, w, h] = e.at, planned = [x, y, x + w, y + h];
        if (e.is !== 'text')
            return { ...e, at: planned, fill: colour(e.fill), colour: colour(e.colour) };
        const row = Math.floor((y + h / 2) / 8);
        const words = [row - 1, row, row + 1].flatMap(r => rows.get(r) || []).filter(word => {
            const [mx, my] = middle(word.at);
            return mx > x - 1 && mx < x + w + 1 && Math.abs(my - y - h / 2) < e.size * 0.5;
        }).sort((a, b) => a.at[0] - b.at[0]);
        const found = words.map(word => word.text).join('');
        if (letters(found) !== letters(e.text)) {
            faults.push(`"${e.text}" reads "${found}"`);
            return { ...e, at: planned, colour: colour(e.colour) };
        }
        const my = middle(words[0].at)[1];
        return {
            ...e, colour: colour(e.colour), planned: e.at,
            at: [Math.min(...words.map(o => o.at[0])), my - h / 2, Math.max(...words.map(o => o.at[2])), my + h / 2],
        };
    });
}

const colour = hex => (hex ? parseInt(hex.slice(1), 16) : null);

/** As many pages as that, and every font inside with the table that makes its text extractable. */
export function pdf_sound(pdf, pages) {
    const faults = pdf.pages.length === pages ? [] : [`${pdf.pages.length} pages, not ${pages}`];
    for (const font of pdf.fonts) {
        if (!font.embedded)
            faults.push(`${font.name} is not embedded`);
        if (!font.unicode)
            faults.push(`${font.name} cannot be read as text`);
    }
    return faults;
}
