#!/usr/bin/env node
// Every kind of picture of every subject can be read: measured as Chromium shows the SVG, and again
// on the PDF. draw_all says which pictures there are. Words given, or in PICTURES, choose those with
// one of them in their name; without, of most units every sixth is drawn, and all but the first of a
// view, and worksheets, in one of the two languages, by turns; the first of a view is drawn again and
// its SVG compared with its PDF, in one language of each model: `PICTURES=-` chooses all.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { close, launch, tell } from './browser.mjs';
import { SHARP, same_picture } from './compare.mjs';
import { measure } from './measures.mjs';
import { as_printed, pdf_sound, read_pdf } from './read_pdf.mjs';
import { as_seen, read_svg } from './read_svg.mjs';

const PARTS = 2; // processes that draw, and pages that look
const WANTED = process.argv.slice(2).join(' ') || process.env.PICTURES || '';
const run = promisify(execFile);
const build = process.env.BUILD || 'build', metronet = process.env.METRONET || `${build}/metronet`;
const folder = await mkdtemp(join(tmpdir(), 'metronet-pictures-'));

/** Draws all; what each picture is, in a fixed order. */
async function draw() {
    const parts = [...Array(PARTS).keys()];
    const drawn = await Promise.all(parts.map(part =>
        run(`${build}/tests/browser/draw_all`, [folder, String(part), String(PARTS), WANTED])));
    tell('draw_all', drawn.flatMap(d => d.stderr.split('\n').filter(Boolean)));
    const plans = await Promise.all(parts.map(part => readFile(`${folder}/plan-${part}`, 'utf8')));
    return plans.flatMap(plan => plan.split('\n').filter(Boolean).map(line => JSON.parse(line)))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const lines = sheet => measure(sheet).flatMap(([what, faults]) => faults.map(fault => `${what}: ${fault}`));

async function look_at_svg(page, picture, scene) {
    const faults = [], seen = await read_svg(page, await readFile(`${folder}/${picture.name}.svg`, 'utf8'));
    if (!seen)
        return ['is no SVG'];
    const elements = as_seen(scene, seen, faults);
    const sheet = { picture, scene, elements, width: seen.width, height: seen.height, ids: seen.ids };
    faults.push(...seen.foreign.map(what => `holds ${what}`), ...lines(sheet));
    map_lines += sheet.map_lines.length;
    return faults;
}

function look_at_page(picture, scene, page) {
    const faults = [], elements = as_printed(scene, page, faults), { width, height } = page;
    return [...faults, ...lines({ picture, scene, elements, width, height, ids: [] })];
}

/** The program, asked for the same picture, gives the same bytes, without a word of Graphviz's. */
async function draw_again(picture) {
    const faults = [];
    for (const format of ['svg', 'pdf']) {
        const arguments_ = ['draw', picture.view, ...picture.subjects, '--lang', picture.lang,
            '--model', `topology/${picture.model}`, '--format', format, '-o', '-'];
        const again = await run(metronet, arguments_, { encoding: 'buffer', maxBuffer: 1 << 26 });
        if (!again.stdout.equals(await readFile(`${folder}/${picture.name}.${format}`)))
            faults.push(`metronet ${arguments_.join(' ')} gives other bytes`);
        if (again.stderr.length)
            faults.push(`on stderr: ${again.stderr}`);
    }
    return faults;
}

let map_lines = 0;
let browser;
try {
    const plan = await draw(), drawn = plan.filter(picture => !picture.refused);
    const shipped = picture => !picture.may_refuse;
    for (const picture of plan.filter(p => p.refused && shipped(p)))
        if (picture.would ? !drawn.some(p => p.name === picture.would) : /paper|large|failed/.test(picture.refused))
            tell(picture.name, [`is refused: ${picture.refused}, without ${picture.would}`]);
    for (const view of new Set(plan.map(picture => picture.view)))
        tell(`view ${view}`, drawn.some(p => p.view === view && shipped(p)) ? [] : ['is never drawn']);
    const books = await Promise.all([...Array(PARTS).keys()].map(part => read_pdf(`${folder}/pages-${part}.pdf`)));
    books.forEach((book, part) =>
        tell(`pages-${part}.pdf`, pdf_sound(book, drawn.filter(picture => picture.part === part).length)));

    browser = await launch();
    const queue = [...drawn];
    await Promise.all([...Array(PARTS)].map(async () => {
        const page = await browser.newPage({ deviceScaleFactor: SHARP });
        for (let picture = queue.shift(); picture; picture = queue.shift()) {
            const scene = JSON.parse(await readFile(`${folder}/${picture.name}.json`));
            const graphviz = picture.warnings ? [`${picture.warnings} warnings of Graphviz`] : [];
            tell(`${picture.name}.svg`, [...await look_at_svg(page, picture, scene), ...graphviz]);
            tell(`${picture.name}.pdf`, look_at_page(picture, scene, books[picture.part].pages[picture.page]));
            if (picture.first) {
                tell(`${picture.name} again`, await draw_again(picture));
                tell(`${picture.name}, SVG and PDF`, await same_picture(page, `${folder}/${picture.name}`));
            }
        }
    }));
    console.log(`${drawn.length} pictures; lines of maps run through ${map_lines} boxes and texts`);
} finally {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
}
close();
