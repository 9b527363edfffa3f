#!/usr/bin/env node
// A text in an SVG is as wide in a browser as it was taken to be when it was placed, within 1 %, and is
// drawn with the font inside: for every text of some sheets, and of a model of unusual letters.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { close, launch, tell } from './browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
const draw = (format, words) =>
    execFileSync(process.env.METRONET, ['draw', ...words, '--format', format, '-o', '-'], { encoding: 'utf8' });

/** Letters of other scripts, marks apart from their letters, a symbol that no font has. */
function unusual() {
    const source = readFileSync('tests/golden/draw-svg/model/network.yaml', 'utf8');
    writeFileSync(join(folder, 'network.yaml'), source
        .replace('Bộ định tuyến WAN', 'شبكة רשת Сеть 網絡')
        .replace('Máy tính', 'Ма́шина 😀 ≥ → ☎')
        .replace('vi: Máy tính', 'vi: Máy'));
    return folder;
}

async function check(page, words) {
    const svg = draw('svg', words), scene = JSON.parse(draw('json', words));
    const texts = scene.elements.filter((e) => e.is === 'text');
    await page.setContent(`<!doctype html>${svg.replace(/^<\?xml.*\?>/, '')}`);
    const widths = await page.evaluate(async () => {
        await Promise.all([...document.fonts].map((font) => font.load()));
        return {
            fonts: [...document.fonts].map((font) => `${font.family} ${font.weight} ${font.status}`),
            texts: [...document.querySelectorAll('text')].map((text) => text.getComputedTextLength()),
        };
    });
    const faults = widths.fonts.filter((font) => !/^metronet (400|700) loaded$/.test(font));
    if (widths.fonts.length < 2 || widths.texts.length !== texts.length)
        faults.push(`${widths.fonts.length} fonts, ${widths.texts.length} texts of ${texts.length}`);
    texts.forEach((text, i) => {
        const off = Math.abs(widths.texts[i] - text.at[2]);
        if (!(off <= 0.01 * text.at[2] + 0.05))
            faults.push(`"${text.text}" is ${widths.texts[i]} pt wide, not ${text.at[2]}`);
    });
    return faults;
}

const browser = await launch();
try {
    const page = await browser.newPage();
    const sheets = [
        ['city'], ['city', '--lang', 'en'], ['site', '26740'], ['service', 'documents', '--lang', 'en'],
        ['site', '00001', '--model', unusual()],
    ];
    for (const words of sheets)
        tell(words.join(' '), await check(page, words));
} finally {
    await browser.close();
    rmSync(folder, { recursive: true });
}
close();
