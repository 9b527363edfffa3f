#!/usr/bin/env node
// The page to look at a sheet in: axe-core, search, keys, hands, printing, a phone; no request, no
// error, no way out for what a model says. SHOTS=DIR keeps what was seen.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axe_file, close, launch, tell } from './browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'viewer-'));
const desktop = { width: 1366, height: 768 }, phone = { width: 390, height: 844 };

function draw(name, ...words) {
    const file = join(folder, `${name}.html`);
    execFileSync(process.env.METRONET, ['draw', ...words, '--html', '-o', file]);
    return file;
}

/** Opens a page on which any request but the file itself, and any error, is a fault. */
async function open(browser, file, viewport, more = {}) {
    const context = await browser.newContext({ viewport, ...more });
    context.setDefaultTimeout(10000);
    const page = await context.newPage(), faults = [];
    await context.route('**/*', (route) => {
        if (route.request().url() === `file://${file}`)
            return route.continue();
        faults.push(`asks for ${route.request().url().slice(0, 80)}`);
        return route.abort();
    });
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    await page.goto(`file://${file}`);
    await page.evaluate(() => document.fonts.ready);
    return { page, faults, done: () => context.close() };
}

/** What a check finds; one that does not come to its end has found that. */
async function on_page(browser, file, viewport, more, check) {
    const { page, faults, done } = await open(browser, file, viewport, more);
    try {
        faults.push(...await check(page));
    } catch (error) {
        faults.push(error.message.split('\n')[0]);
    }
    await done();
    return faults;
}

async function keep(page, name) {
    if (process.env.SHOTS)
        await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`) });
}

const said = (page) => page.textContent('#viewer_say');

/** The sheet on the stage: left, top and pixels per point. */
const where = (page) => page.evaluate(() => {
    const svg = document.querySelector('#viewer_stage > svg').getBoundingClientRect();
    const stage = document.querySelector('#viewer_stage').getBoundingClientRect();
    return { x: svg.left - stage.left, y: svg.top - stage.top, width: svg.width, height: svg.height };
});

/** How far the middle of what has the id is from the middle of the stage, in pixels. */
const off_centre = (page, id) => page.evaluate((name) => {
    const a = document.getElementById(name).getBoundingClientRect();
    const b = document.querySelector('#viewer_stage').getBoundingClientRect();
    return Math.hypot(a.left + a.width / 2 - b.left - b.width / 2, a.top + a.height / 2 - b.top - b.height / 2);
}, id);

async function type(page, text) {
    await page.fill('#viewer_query', text);
    await page.waitForTimeout(600);
    return said(page);
}

async function check_axe(page) {
    await page.evaluate(readFileSync(axe_file, 'utf8'));
    const result = await page.evaluate(() => axe.run(document));
    return result.violations.map((v) => `axe: ${v.impact} ${v.id}: ${v.nodes[0].target} (${v.nodes.length})`);
}

async function check_search(page) {
    const faults = [];
    const wants = async (text, words, id) => {
        const answer = await type(page, text);
        if (!answer.includes(words))
            faults.push(`"${text}" is answered "${answer}"`);
        else if (id && await off_centre(page, id) > 3)
            faults.push(`"${text}": the hit is ${await off_centre(page, id)} px off the centre`);
    };
    await wants('27676', 'Kết quả 1/1: Xã Thạnh An (27676)', 'site-27676');
    await wants('Thạnh An', 'Kết quả 1/2: Xã Thạnh An (27676)', 'site-27676');
    await wants('Thanh An', 'Kết quả 1/2: Xã Thanh An (25807)', 'site-25807');
    await keep(page, 'search');
    await page.press('#viewer_query', 'Enter');
    if (!(await said(page)).includes('2/2: Xã Thạnh An (27676)'))
        faults.push(`Enter leads to "${await said(page)}"`);
    await page.click('#viewer_previous');
    if (!(await said(page)).includes('1/2: Xã Thanh An'))
        faults.push(`back leads to "${await said(page)}"`);
    for (const text of ['hoà bình', 'HÒA BÌNH', 'hoa binh', 'Ho\u0300a bi\u0300nh'])
        await wants(text, 'Phường Hòa Bình (27211)', 'site-27211');
    await wants('may chu ao', 'Máy chủ ảo');
    await wants('<zq>', 'Không tìm thấy “<zq>”');
    await page.press('#viewer_query', 'Escape');
    if (await said(page) !== '' || await page.inputValue('#viewer_query') !== '')
        faults.push('Escape does not clear the search');
    return faults;
}

/** All that is there for a keyboard, in order, each with a focus that is seen. */
async function check_keys(page) {
    const faults = [], reached = [];
    await type(page, 'thanh an');
    await page.focus('#viewer_previous');
    await page.keyboard.press('Shift+Tab');
    for (let i = 0; i < 8; i++) {
        const now = await page.evaluate(() => {
            const style = getComputedStyle(document.activeElement);
            return { id: document.activeElement.id, seen: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none' };
        });
        reached.push(now.id);
        if (!now.seen)
            faults.push(`the focus on ${now.id} is not seen`);
        await page.keyboard.press('Tab');
    }
    const order = 'query previous next stage in out whole print'.split(' ').map((id) => `viewer_${id}`);
    if (reached.join() !== order.join())
        faults.push(`Tab leads through ${reached}`);
    await page.focus('#viewer_stage');
    await page.keyboard.press('0');
    const whole = await where(page);
    await page.keyboard.press('+');
    const larger = await where(page);
    if (Math.abs(larger.width / whole.width - 1.25) > 0.01)
        faults.push('+ does not enlarge');
    for (let i = 0; i < 4; i++)
        await page.keyboard.press('+');
    const near = await where(page);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowUp');
    const moved = await where(page);
    if (moved.x <= near.x || moved.y <= near.y)
        faults.push('arrows do not move the sheet');
    for (let i = 0; i < 5; i++)
        await page.keyboard.press('-');
    if (Math.abs((await where(page)).width - whole.width) > 0.5)
        faults.push('− does not make it smaller');
    await page.keyboard.press('+');
    await page.keyboard.press('0');
    if (JSON.stringify(await where(page)) !== JSON.stringify(whole))
        faults.push('0 does not show the whole sheet');
    return faults;
}

async function check_mouse(page) {
    const faults = [];
    await page.click('#viewer_whole');
    const whole = await where(page);
    await page.mouse.move(500, 400);
    const under = () => page.evaluate(() => {
        const svg = document.querySelector('#viewer_stage > svg').getBoundingClientRect();
        return [(500 - svg.left) / svg.width, (400 - svg.top) / svg.height];
    });
    const before = await under();
    await page.mouse.wheel(0, -400);
    await page.waitForTimeout(100);
    const near = await where(page), after = await under();
    if (near.width < whole.width * 1.5)
        faults.push('the wheel does not enlarge');
    if (Math.hypot(after[0] - before[0], after[1] - before[1]) > 0.002)
        faults.push('the wheel moves what is under the pointer');
    await page.mouse.down();
    await page.mouse.move(450, 430, { steps: 4 });
    await page.mouse.up();
    const dragged = await where(page);
    if (Math.hypot(dragged.x - near.x + 50, dragged.y - near.y - 30) > 1)
        faults.push('the mouse does not drag the sheet');
    await page.click('#viewer_in');
    await page.click('#viewer_out');
    await page.click('#viewer_whole');
    if (Math.abs((await where(page)).width - whole.width) > 0.5)
        faults.push('the buttons do not enlarge and make smaller');
    return faults;
}

/** The sheet alone, on its paper. */
async function check_print(page, width, height) {
    await type(page, '27676');
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    const pages = pdf.match(/\/Type\s*\/Page\b/g) || [];
    const box = (pdf.match(/\/MediaBox\s*\[([^\]]*)\]/) || ['', ''])[1].trim().split(/\s+/).map(Number);
    await page.emulateMedia({ media: 'print' });
    const svg = await page.evaluate(() => {
        const r = document.querySelector('#viewer_stage > svg').getBoundingClientRect();
        const seen = [...document.body.querySelectorAll('header, #viewer_zoom')].filter((e) => e.offsetWidth);
        return { x: r.left, y: r.top, width: r.width * 0.75, height: r.height * 0.75, seen: seen.length };
    });
    await page.emulateMedia({ media: 'screen' });
    const faults = [];
    if (pages.length !== 1)
        faults.push(`${pages.length} pages are printed`);
    if (Math.hypot(box[2] - width, box[3] - height) > 1.5)
        faults.push(`the paper is ${box}`);
    if (svg.x || svg.y || Math.hypot(svg.width - width, svg.height - height) > 0.1 || svg.seen)
        faults.push(`on the paper: ${JSON.stringify(svg)}`);
    return faults;
}

/** Controls are on a phone's screen and large enough for a finger; two fingers enlarge. */
async function check_phone(page) {
    const faults = await page.evaluate((wide) => {
        const wrong = [];
        if (document.documentElement.scrollWidth > wide || document.body.scrollWidth > wide)
            wrong.push('the page is wider than the screen');
        for (const e of document.querySelectorAll('input, button')) {
            const r = e.getBoundingClientRect();
            if (r.left < 0 || r.right > wide || r.top < 0 || r.bottom > innerHeight)
                wrong.push(`${e.id} is off the screen`);
            if (r.height < 40 || r.width < 40)
                wrong.push(`${e.id} is ${r.width} × ${r.height}`);
        }
        return wrong;
    }, phone.width);
    const whole = await where(page);
    const touch = await page.context().newCDPSession(page);
    const fingers = (type, by) => touch.send('Input.dispatchTouchEvent', {
        type, touchPoints: by === null ? [] : [{ x: 195 - by, y: 450, id: 0 }, { x: 195 + by, y: 450, id: 1 }],
    });
    await fingers('touchStart', 40);
    for (const by of [60, 80, 100, 120])
        await fingers('touchMove', by);
    await fingers('touchEnd', null);
    await keep(page, 'phone-pinched');
    const ratio = (await where(page)).width / whole.width;
    if (Math.abs(ratio - 3) > 0.1)
        faults.push(`three times as far apart, two fingers enlarge ${ratio} times`);
    return faults;
}

/** A model that tries to get out: the page is still one picture and one script. */
async function check_hostile(browser) {
    const model = join(folder, 'model');
    const source = readFileSync('tests/golden/draw-svg/model/network.yaml', 'utf8');
    const name = '</title></script></style></svg><script>document.body.id = 1</script>'
        + '<img src=x onerror=alert(1)>]]><!-- &lt;b&gt; {{script}} ش 😀';
    mkdirSync(model);
    writeFileSync(join(model, 'network.yaml'), source
        .replaceAll('Phường \\"<Ổ & Ẵ>\\"', name).replaceAll('Hai đơn vị', `"${name}"`));
    const file = draw('hostile', 'site', '00001', '--model', model, '--links');
    return on_page(browser, file, desktop, {}, check_captive);
}

async function check_captive(page) {
    const faults = [];
    const found = await page.evaluate(() => ({
        scripts: document.scripts.length, images: document.querySelectorAll('img, image, iframe, object').length,
        svgs: document.querySelectorAll('svg').length, id: document.body.id, last: document.body.lastElementChild.tagName,
        text: [...document.querySelectorAll('svg title')].map((t) => t.textContent).join(' '),
        links: [...document.querySelectorAll('a')].map((a) => a.getAttribute('href')).filter((h) => !/^[\w.~%-]+\.html$|^#viewer_stage$/.test(h)),
    }));
    if (found.scripts !== 1 || found.images || found.svgs !== 1 || found.id || found.last !== 'SCRIPT' || found.links.length)
        faults.push(JSON.stringify(found));
    if (!found.text.includes('<img src=x onerror=alert(1)>]]><!--'))
        faults.push(`the titles say "${found.text}"`);
    const answer = await type(page, 'img src');
    if (!answer.includes('<img src=x'))
        faults.push(`the search answers "${answer}"`);
    return faults;
}

/** Links are reached by keyboard, come into view, and lead to the file beside this one. */
async function check_links(page) {
    const faults = [];
    await type(page, 'thanh an');
    const href = await page.getAttribute('#viewer_open', 'href');
    if (href !== 'site-27676.html' || !await page.isVisible('#viewer_open'))
        faults.push(`the hit leads to ${href}`);
    await page.focus('#viewer_stage');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    for (let i = 0; i < 40; i++)
        await page.keyboard.press('Tab');
    await page.waitForTimeout(500);
    const seen = await page.evaluate(() => {
        const a = document.activeElement.getBoundingClientRect();
        const b = document.querySelector('#viewer_stage').getBoundingClientRect();
        return document.activeElement.tagName === 'a' && a.left >= b.left && a.right <= b.right
            && a.top >= b.top && a.bottom <= b.bottom;
    });
    if (!seen)
        faults.push('a link with the focus is not in view');
    await keep(page, 'links');
    return [...faults, ...await check_axe(page)];
}

const browser = await launch();
try {
    for (const [lang, size, viewport, ...words] of [
        ['vi', 'desktop', desktop, 'city'], ['en', 'phone', phone, 'city'],
        ['vi', 'phone', phone, 'site', '26740'], ['en', 'desktop', desktop, 'path', '26740', 'documents'],
    ]) {
        const name = `${words.join('-')}-${lang}-${size}`;
        tell(name, await on_page(browser, draw(name, ...words, '--lang', lang), viewport, {}, async (page) => {
            await keep(page, name);
            return check_axe(page);
        }));
    }
    const city = draw('city', 'city', '--lang', 'vi');
    const print_a3 = (page) => check_print(page, 1190.55, 841.89);
    for (const [what, check] of Object.entries({ check_search, check_keys, check_mouse, print_a3 }))
        tell(what, await on_page(browser, city, desktop, { reducedMotion: 'reduce' }, check));
    tell('check_phone', await on_page(browser, city, phone,
        { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }, check_phone));
    tell('check_hostile', await check_hostile(browser));
    tell('check_links', await on_page(browser, draw('linked', 'city', '--links', '--lang', 'en'), desktop, {}, check_links));
} finally {
    await browser.close();
    rmSync(folder, { recursive: true });
}
close();
