#!/usr/bin/env node
// Pictures as a browser shows them.
import { execFileSync } from 'node:child_process';
import { close, launch, tell } from './browser.mjs';

const svg = execFileSync(process.env.METRONET, ['draw', 'city', '--lang', 'vi', '-o', '-'],
    { encoding: 'utf8' });
const browser = await launch();
try {
    const page = await browser.newPage();
    await page.setContent(`<!doctype html><style>body { margin: 0 }</style>${svg.replace(/^<\?xml.*\?>/, '')}`);
    const box = await page.evaluate(() => {
        const { width, height } = document.querySelector('svg').getBoundingClientRect();
        return { width, height };
    });
    const off = Math.max(Math.abs(box.width * 0.75 - 1190.55), Math.abs(box.height * 0.75 - 841.89));
    tell('city', off < 0.05 ? [] : [`the page is ${box.width} × ${box.height} px, not A3`]);
} finally {
    await browser.close();
}
close();
