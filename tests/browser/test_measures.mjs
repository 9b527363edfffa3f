#!/usr/bin/env node
// The measures find what they are for: each is shown a picture that was broken on purpose.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { close, launch, tell } from './browser.mjs';
import { measure } from './measures.mjs';
import { as_printed, pdf_sound, read_pdf } from './read_pdf.mjs';
import { as_seen, read_svg } from './read_svg.mjs';

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'metronet-measures-'));
const NAME = 'tiny-city-marked-vi';

/** What is changed in the SVG, in the scene or in draw_all's line, and the measure that must notice. */
const BROKEN = [
    ['page is paper', 'a wider page', { svg: [/width="1190.55pt"/, 'width="1200pt"'] }],
    ['frame complete', 'no legend', { scene: s => delete of(s, 'legend').id }],
    ['frame complete', 'no title', { scene: s => delete of(s, 'sheet-title').id }],
    ['frame complete', 'another date', { scene: s => { s.date = '2026-11-23'; } }],
    ['large enough', 'a tiny text', { svg: [/font-size="[\d.]+" fill="#5a6672">Ngày/, 'font-size="5.9" fill="#5a6672">Ngày'] }],
    ['large enough', 'a small name', { svg: [/font-size="[\d.]+"([^>]*>Xã Thạnh An)/, 'font-size="6.5"$1'] }],
    ['inside', 'a text beside its box', { svg: [/x="[\d.]+"([^>]*>Xã Thạnh An)/, 'x="40"$1'] }],
    ['inside', 'a box beside the page', { scene: s => { of(s, 'legend').moved = true; }, seen: e => { if (e.moved) e.at[2] += 40; } }],
    ['texts apart', 'a text on a text', { svg: [/x="[\d.]+" y="[-\d.]+"([^>]*>Ngày)/, 'x="24" y="-803"$1'] }],
    ['boxes apart', 'a box on a box', { seen: e => { if (e.id === 'site-26740') e.at[1] -= 9; } }],
    ['boxes apart', 'a text on a foreign box', { scene: s => { text(s, 'Xã Thạnh An').within = -1; } }],
    ['strokes clear', 'a line through everything', { svg: [/(class="link[^>]*>\n(?:<title>.*\n)?<path[^>]* d=")[^"]*/, '$1M30,-30C30,-30 1100,-780 1100,-780'] }],
    ['units once', 'a unit twice', { scene: s => { s.elements.find(e => e.id?.startsWith('area-')).id = 'site-26740'; } }],
    ['units once', 'a unit that is not there', { picture: p => p.units.push('99999') }],
    ['ids unique', 'an id twice', { svg: [/id="legend"/, 'id="sheet-title"'] }],
    ['contrast enough', 'a pale text', { svg: [/fill="#5a6672">Ngày/, 'fill="#9aa7b4">Ngày'] }],
    ['marks shown', 'another symbol', { scene: s => s.elements.forEach(e => { if (/^sign-/.test(e.class)) delete e.class; }), picture: p => Object.values(p.marks).forEach(m => { m.symbol = '§'; }) }],
    ['marks shown', 'a thin border', { seen: e => { if (/failed|suspect|lost|degraded|cut-off|here/.test(e.class)) Object.assign(e, { width: 0.8, dash: 'solid' }); } }],
    ['marks shown', 'no word in the legend', { scene: s => s.elements.forEach(e => { if (e.text === 'Hỏng') e.text = 'Tốt'; }), svg: [/>Hỏng</g, '>Tốt<'], seen: e => { if (!e.class && e.width === 3) e.width = 2; } }],
    ['texts as planned', 'another font', { svg: [/font-family="metronet,/, 'font-family="monospace,'] }],
    ['fits', 'a text that is not drawn', { svg: [/>Xã Thạnh An</, '><'] }],
    ['fits', 'something that is not in the scene', { svg: [/<\/g>\n<\/svg>/, '<g><text>more</text></g></g>\n</svg>'] }],
];

const of = (scene, id) => scene.elements.find(e => e.id === id);
const text = (scene, words) => scene.elements.find(e => e.text === words);

/** The measures that find fault with the picture after that change. */
async function found(page, { svg, scene, picture }, change) {
    const source = change.svg ? svg.replace(...change.svg) : svg;
    if (change.svg && source === svg)
        return ['nothing to change'];
    const s = structuredClone(scene), p = structuredClone(picture), faults = [];
    change.scene?.(s);
    change.picture?.(p);
    const seen = await read_svg(page, source);
    const elements = as_seen(s, seen, faults);
    elements.forEach(e => change.seen?.(e));
    const sheet = { picture: p, scene: s, elements, width: seen.width, height: seen.height, ids: seen.ids };
    return [...(faults.length ? ['fits'] : []), ...measure(sheet).filter(([, f]) => f.length).map(([what]) => what)];
}

/** What is changed in what a PDF holds; each must be noticed. */
const BROKEN_PDF = [
    ['a font that is not inside', pdf => { pdf.fonts[0].embedded = false; }],
    ['a font without its characters', pdf => { pdf.fonts[0].unicode = false; }],
    ['two pages', pdf => { pdf.pages.push(pdf.pages[0]); }],
    ['a page of another size', pdf => { pdf.pages[0].width += 1; }],
    ['a missing text', pdf => { pdf.pages[0].words.splice(3, 1); }],
    ['a text elsewhere', pdf => { pdf.pages[0].words.forEach(w => { w.at = w.at.map(x => x + 1.5); }); }],
    ['a wider text', pdf => { pdf.pages[0].words.forEach(w => { w.at[2] += 2; }); }],
];

function found_in_pdf(whole, { scene, picture }, change) {
    const pdf = structuredClone(whole), faults = [];
    change(pdf);
    const { width, height } = pdf.pages[0], elements = as_printed(scene, pdf.pages[0], faults);
    return [...pdf_sound(pdf, 1), ...faults,
        ...measure({ picture, scene, elements, width, height, ids: [] }).flatMap(([, f]) => f)];
}

let browser;
try {
    await run(`${process.env.BUILD || 'build'}/tests/browser/draw_all`, [folder, '0', '1', NAME]);
    const whole = {
        svg: await readFile(`${folder}/${NAME}.svg`, 'utf8'),
        scene: JSON.parse(await readFile(`${folder}/${NAME}.json`)),
        picture: JSON.parse(await readFile(`${folder}/plan-0`)),
    };
    browser = await launch();
    const page = await browser.newPage();
    tell('unchanged', (await found(page, whole, {})).map(what => `faults: ${what}`));
    for (const [measure_, what, change] of BROKEN) {
        const by = await found(page, whole, change);
        tell(what, by.includes(measure_) ? [] : [`not noticed by "${measure_}", only by: ${by.join(', ')}`]);
    }
    tell('no SVG', await read_svg(page, whole.svg.replace('</svg>', '')) ? ['is taken for one'] : []);
    const pdf = await read_pdf(`${folder}/pages-0.pdf`);
    tell('unchanged PDF', found_in_pdf(pdf, whole, () => {}));
    for (const [what, change] of BROKEN_PDF)
        tell(`PDF with ${what}`, found_in_pdf(pdf, whole, change).length ? [] : ['is not noticed']);
} finally {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
}
close();
