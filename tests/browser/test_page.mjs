#!/usr/bin/env node
// The page that walks a runbook without network: random walks show the same as `metronet run`; the
// record survives closing, is printed, saved and imported; axe-core, keys, a phone; no request.
// WALKS=1000 walks so many times in all; by default few, since each is a walk on a terminal too.
// SEED=2 walks other ways.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axe_file, close, launch, launch_to_kill, launch_with, tell } from './browser.mjs';

const folder = mkdtempSync(join(tmpdir(), 'page-'));
const now = '2026-11-22T08:00:00Z';
const sample = ['--model', 'topology/tiny', '--runbooks', 'tests/data/runbooks'];
const pages = [
    { runbook: 'every-step', subject: '26740/line-primary', more: sample, share: 4 },
    { runbook: 'online-meeting', subject: '26740', more: [], share: 2 },
    { runbook: 'signature-token', subject: '26740', more: [], share: 2 },
    { runbook: 'endpoint-no-picture-or-sound', subject: '26740', more: [], share: 2 },
];
if (process.env.WALKS)
    pages.push({ runbook: 'unit-router', subject: '26740', more: [], share: 2 },
        { runbook: 'metronet-line', subject: '26740/line-primary', more: [], share: 3 });
const walks = Number(process.env.WALKS || 4), seed = Number(process.env.SEED || 1);
let shots = 0;
const counts = { withdrawn: 0, kept: 0, escalated: 0 }; // of all walks

function metronet(args, env = {}) {
    const done = spawnSync(process.env.METRONET, args, { encoding: 'utf8', env: { ...process.env, MN_NOW: now, ...env } });
    return { status: done.status, out: done.stdout, err: done.stderr };
}

function write_page(page) {
    const file = join(folder, `${page.runbook}.html`);
    const done = metronet(['explore', page.runbook, page.subject, ...page.more, '-o', file]);
    if (done.status)
        throw new Error(done.err);
    return file;
}

/** A page at the tests' time on which any request but the file itself, and any error, is a fault. */
async function open(context, file) {
    const page = await context.newPage(), faults = [];
    await context.setOffline(true);
    page.on('request', (request) => {
        if (!/^(file|blob):/.test(request.url()))
            faults.push(`asks for ${request.url().slice(0, 80)}`);
    });
    page.on('console', (message) => faults.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
    await page.addInitScript((time) => {
        const Real = Date;
        window.time = time;
        window.Date = class extends Real {
            constructor(...args) {
                super(...(args.length ? args : [window.time]));
            }
        };
    }, Date.parse(now));
    await page.goto(`file://${file}`);
    return { page, faults };
}

async function begin(page, name = 'An') {
    if (await page.$('#home'))
        await page.click('#home');
    await page.fill('#person', name);
    await page.click('#begin');
}

/** In the page: one walk by chance, what was shown and what a file of answers would say. */
function walk_by_chance(seed) {
    let state = seed;
    const chance = (n) => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0;
        return Math.floor(state / 65536) % n;
    };
    const one = (selector) => document.querySelector(selector);
    const all = (selector) => [...document.querySelectorAll(selector)];
    const words = (selector) => {
        const copy = one(selector).cloneNode(true);
        copy.querySelectorAll('.extra').forEach((e) => e.remove());
        return copy.textContent;
    };
    const shown = [], lines = [], counts = { withdrawn: 0, kept: 0, escalated: 0 };
    let steps = 0;
    const choose = () => {
        const number = chance(all('button.choice').length);
        lines.push(`${number + 1}`);
        all('button.choice')[number].click();
        return number;
    };
    // A terminal says at once what to do about what is taken back, the page when it has gone back.
    const decide = () => {
        const asked = [];
        while (one('#decide')) {
            const text = one('.asked').textContent, withdrawn = choose() === 1;
            asked.push({ text, withdrawn });
            counts[withdrawn ? 'withdrawn' : 'kept']++;
        }
        const told = all('.withdrawn').map((e) => e.textContent);
        asked.forEach((a) => shown.push(a.text, ...(a.withdrawn ? [told.shift()] : [])));
    };
    const go_back = () => {
        const any = all('button.back'), to = chance(2) ? any[chance(any.length)] : one('#back');
        lines.push(to.id ? 'b' : `b ${Number(to.dataset.keep) + 1}`);
        to.click();
        decide();
    };
    const escalate = () => {
        lines.push('e');
        one('#escalate').click();
        shown.push(words('#levels'));
        if (chance(4) === 0) {
            lines.push('b');
            one('#stay').click();
            return;
        }
        choose();
        shown.push(words('#call'));
        choose();
        counts.escalated++;
    };
    const answer = () => {
        const choices = all('button.choice'), field = one('#answer');
        if (choices.length) {
            const chosen = choices[chance(choices.length)];
            lines.push(`= ${chosen.dataset.key}`);
            chosen.click();
        } else if (one('fieldset')) {
            const items = all('fieldset').map((f) => f.querySelectorAll('input')[chance(3)]);
            items.forEach((input) => input.click());
            lines.push(`= ${items.map((input) => input.value).join(',')}`);
            one('#go').click();
        } else {
            if (field)
                field.value = field.tagName === 'INPUT' ? ['0', '3', '12,5', '-1', '007.50'][chance(5)] : `từ ${chance(24)} giờ`;
            lines.push(field ? `= ${field.value}` : '= ok');
            one('#go').click();
        }
    };
    while (one('#walk') && lines.length < 60) {
        steps++;
        shown.push(words('#walk'));
        if (chance(8) === 0) {
            one('#note').value = `Ghi chú ${lines.length}`;
            lines.push(`n Ghi chú ${lines.length}`);
            one('#note_add').click();
        }
        if (chance(7) === 0 && one('#back'))
            go_back();
        else if (chance(12) === 0)
            escalate();
        else
            answer();
    }
    return { shown, lines, counts, steps: steps + (one('#walk') ? 1 : 0), id: one('#about').textContent.match(/P-\w+/)[0] };
}

const squeezed = (text) => text.replace(/\s+/g, '');

/** What differs between a walk on the page and the same answers on a terminal; and its incident. */
function compare_walk(p, walk, lang, store) {
    const answers = join(folder, 'answers');
    writeFileSync(answers, `${walk.lines.join('\n')}\n`);
    const run = metronet(['run', p.runbook, p.subject, ...p.more, '--answers', answers, '--as', 'An', '--store', store, '--lang', lang]);
    if (run.status !== 0)
        return { faults: [`run ends with ${run.status}: ${run.out}${run.err}`] };
    const incident = run.out.match(/\d{4}-\d{4,}/)[0], terminal = squeezed(run.out);
    let at = 0;
    for (const words of walk.shown) {
        const text = squeezed(words).replaceAll(walk.id, incident), found = terminal.indexOf(text, at);
        if (found < 0)
            return { faults: [`a terminal does not show: ${text.slice(0, 1500)}\nbut: ${terminal.slice(at, at + 1500)}`] };
        at = found + text.length;
    }
    const headings = terminal.match(lang === 'vi' ? /Bước\d+\./g : /Step\d+\./g).length;
    return { incident, faults: headings === walk.steps ? [] : [`${walk.steps} steps on the page, ${headings} on a terminal`] };
}

/** What differs between the reports of the incident, and of the file that the page saved. */
function compare_reports(p, walk, file, incident, store) {
    const other = join(folder, `imported-${p.runbook}.db`);
    const imported = metronet(['incidents', 'import', file, ...p.more, '--store', other, '--lang', 'en']);
    if (imported.status !== 0)
        return [`import ends with ${imported.status}: ${imported.out}${imported.err}`];
    const number = imported.out.match(/\d{4}-\d{4,}/)[0];
    // What may differ: how it is called, that it came from a page, and hence the hashes.
    const report = (id, where) => metronet(['report', id, ...p.more, '--store', where, '--lang', 'en']).out.split('\n')
        .filter((line) => !/offline page|[0-9a-f]{64}/.test(line)).map((line) => line.replaceAll(walk.id, 'ID').replaceAll(id, 'ID'));
    const expected = report(incident, store), got = report(number, other);
    const first = got.findIndex((line, i) => line !== expected[i]);
    return first < 0 && got.length === expected.length ? [] : [`the report says: ${got[first]}\nbut: ${expected[first]}`];
}

async function save(page) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#save')]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    return file;
}

async function walk_once(p, page, number) {
    const lang = number % 2 ? 'en' : 'vi', store = join(folder, `walk-${p.runbook}.db`);
    if (await page.getAttribute('html', 'lang') !== lang)
        await page.click('#language');
    await begin(page);
    const walk = await page.evaluate(`(${walk_by_chance})(${number * 7919 + seed})`);
    const { incident, faults } = compare_walk(p, walk, lang, store);
    if (incident)
        faults.push(...compare_reports(p, walk, await save(page), incident, store));
    Object.keys(walk.counts).forEach((what) => counts[what] += walk.counts[what]);
    return faults.map((fault) => `walk ${number} of seed ${seed}: ${fault}`);
}

async function check_walks(browser) {
    const shares = pages.reduce((sum, p) => sum + p.share, 0);
    for (const p of pages) {
        const context = await browser.newContext(), faults = [];
        const opened = await open(context, write_page(p));
        const n = Math.ceil(walks * p.share / shares);
        for (let i = 0; i < n; i++)
            faults.push(...await walk_once(p, opened.page, i));
        tell(`walks of ${p.runbook}`, [...opened.faults, ...faults]);
        await context.close();
    }
    tell('walks that go back over what was done, and escalate', Object.keys(counts).filter((what) => !counts[what]));
}

/** What is kept survives closing at any moment; the file comes into the journal once, then what is new. */
async function check_record(file) {
    const profile = join(folder, 'profile'), faults = [];
    const start = () => launch_with(profile);
    const store = join(folder, 'record.db');
    const bring = (path, ...more) => metronet(['incidents', 'import', path, ...sample, '--store', store, '--lang', 'en', ...more]);
    const wants = (what, text, words) => {
        if (!text.includes(words))
            faults.push(`${what}: wants "${words}", got "${text}"`);
    };
    let context = await start(), { page } = await open(context, file);
    await begin(page, 'Nguyễn Văn An');
    const id = (await page.textContent('#about')).match(/P-\w+/)[0];
    await page.keyboard.press('Enter'); // a step that is only read
    await page.fill('#answer', '  sáng nay\ttừ 7 giờ ');
    await page.click('#go');
    await page.fill('#answer', 'ba');
    await page.press('#answer', 'Enter');
    wants('no number', await page.textContent('#problem'), '12,5');
    await page.fill('#answer', '12,50');
    await page.press('#answer', 'Enter');
    const again = async () => { // the window is closed in the middle, and the record is opened again
        await context.close();
        context = await start();
        ({ page } = await open(context, file));
        await page.fill('#person', 'Lê Thị Bình');
        await page.click(`button.continue[data-id=${id}]`);
    };
    await again();
    wants('after closing', await page.textContent('#walk'), 'Đèn quang');
    await page.keyboard.press('2');
    await page.click('#all');
    await page.click('#go');
    wants('the message', await page.textContent('#walk'), `sự cố số ${id}`);
    wants('the message', await page.textContent('#walk'), 'Tôi là Lê Thị Bình');
    await page.keyboard.press('b');
    wants('back over a call', await page.textContent('#decide'), 'chưa rõ kết quả');
    await page.keyboard.press('Escape');
    wants('not going back', await page.textContent('#walk'), `sự cố số ${id}`);
    await page.keyboard.press('b');
    await again(); // closed at the question: nothing is gone back over
    wants('nobody knows of the call', await page.textContent('#walk'), 'Không rõ đã gọi hay chưa');
    await page.keyboard.press('b');
    await page.keyboard.press('2');
    await again(); // what is to be done now is still said
    wants('taken back', await page.textContent('.now'), 'nay được rút lại');
    const first = await save(page);
    wants('new', bring(first).out, '2026-0001: imported');
    wants('twice', bring(first).out, 'nothing to import');
    await page.click('#all');
    await again(); // what was ticked is not lost
    await page.click('#go');
    await page.keyboard.press('e');
    await page.keyboard.press('1');
    await again();
    wants('nobody knows of the escalation', await page.textContent('#taken'), 'Không rõ kết quả');
    await page.keyboard.press('1');
    wants('the step again', await page.textContent('#walk'), 'Không rõ đã gọi hay chưa');
    await page.keyboard.press('1');
    await page.keyboard.press('b');
    await page.keyboard.press('2');
    wants('what was withdrawn is composed anew', await page.textContent('#walk'), 'đã soạn nội dung khác cho bước này');
    await page.keyboard.press('1');
    const second = await save(page);
    wants('more', bring(second).out, 'added');
    wants('older', bring(first).out, 'nothing to import');
    const report = metronet(['report', '1', '--store', store, '--lang', 'en', ...sample]).out;
    for (const words of [`called ${id}`, 'Nguyễn Văn An', 'Lê Thị Bình', 'sáng nay từ 7 giờ', `[INCIDENT ${id}]`, 'Taken back: ', 'Somebody took it'])
        wants('the report', report, words);
    wants('the chain', metronet(['journal', 'verify', '--store', store, '--lang', 'en']).out, 'All incidents fit');
    const times = metronet(['incidents', 'note', '1', 'ở đây', '--store', store, '--as', 'Chi']);
    if (times.status)
        faults.push(times.err);
    await page.keyboard.press('1');
    const third = await save(page), refused = bring(third);
    wants('both went on', refused.err, 'import-page-differs');
    wants('both went on', refused.err, 'Chi');
    if (refused.status !== 1)
        faults.push(`a refusal ends with ${refused.status}`);
    wants('printed', await page.evaluate(() => document.getElementById('paper').textContent), 'sáng nay từ 7 giờ');
    await page.emulateMedia({ media: 'print' });
    const seen = await page.evaluate(() => [...document.body.children].filter((e) => e.offsetHeight).map((e) => e.id || e.tagName));
    if (seen.join() !== 'HEADER,made,paper')
        faults.push(`on paper: ${seen}`);
    await context.close();
    return faults;
}

/** A power cut soon after an answer does not take it. */
async function check_killed(file) {
    const profile = join(folder, 'killed');
    let { context, kill } = await launch_to_kill(profile), { page } = await open(context, file);
    try {
        await begin(page);
        await page.click('#go');
        await page.fill('#answer', 'từ 7 giờ');
        await page.click('#go');
        await page.waitForTimeout(300); // localStorage alone would need seconds
        await kill();
        ({ context, kill } = await launch_to_kill(profile));
        ({ page } = await open(context, file));
        await page.fill('#person', 'An');
        await page.click('button.continue', { timeout: 5000 });
        const found = await page.textContent('#walk');
        return found.includes('Bao nhiêu máy') ? [] : [`after the power cut: ${found}`];
    } catch (error) {
        return [error.message];
    } finally {
        await kill();
    }
}

/** A browser that keeps nothing, one that is full, and a second window say so. */
async function check_trouble(browser, file) {
    const faults = [], context = await browser.newContext();
    const { page } = await open(context, file);
    await begin(page);
    const other = (await open(context, file)).page;
    await other.fill('#person', 'Bình');
    await other.click('button.continue');
    await other.keyboard.press('Enter');
    await page.waitForFunction(() => document.getElementById('alarm').textContent !== '');
    if (!(await page.textContent('#walk')).includes('Mất kết nối'))
        faults.push('a second window is not followed');
    await page.evaluate(() => {
        Storage.prototype.setItem = () => {
            throw new Error('full');
        };
    });
    await page.fill('#answer', 'x');
    await page.click('#go');
    if (!(await page.textContent('#alarm')).includes('hết chỗ'))
        faults.push('a full browser is not told');
    if (!(await page.textContent('#walk')).includes('Bao nhiêu máy'))
        faults.push('a full browser stops the walk');
    await context.close();
    const none = await browser.newContext();
    await none.addInitScript(() => Object.defineProperty(window, 'localStorage', { get() {
        throw new Error('denied');
    } }));
    const denied = await open(none, file);
    if (!(await denied.page.textContent('#alarm')).includes('không lưu lại được gì'))
        faults.push('a browser that keeps nothing is not told');
    await begin(denied.page);
    await denied.page.keyboard.press('Enter');
    if (!(await denied.page.textContent('#walk')).includes('Mất kết nối'))
        faults.push('without storage the page does not walk');
    await none.close();
    return [...faults, ...denied.faults];
}

async function axe(page) {
    await page.evaluate(readFileSync(axe_file, 'utf8'));
    const result = await page.evaluate(() => axe.run(document));
    return result.violations.map((v) => `axe: ${v.impact} ${v.id}: ${v.nodes[0].target} (${v.nodes.length})`);
}

/** What is wrong with what a phone shows now: for axe-core, beside the screen, for fingers. */
async function look(page) {
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => d.setAttribute('open', '')));
    const faults = await axe(page);
    faults.push(...await page.evaluate(() => {
        const wrong = document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the screen'] : [];
        document.querySelectorAll('button, summary, label.state').forEach((e) => {
            if (e.offsetHeight && e.offsetHeight < 44)
                wrong.push(`${e.textContent} is ${e.offsetHeight} high`);
            if (e.scrollWidth > e.clientWidth + 1)
                wrong.push(`${e.textContent} is cut`);
        });
        return wrong;
    }));
    if (process.env.SHOTS)
        await page.screenshot({ path: join(process.env.SHOTS, `page-${shots++}.png`), fullPage: true });
    return faults;
}

/** The way in words and the pictures fit a phone; a picture that is enlarged is moved in its own box. */
async function look_at_where(page) {
    const widths = () => page.evaluate(() => [...document.querySelectorAll('#way, figure')].filter((e) => e.offsetWidth)
        .map((e) => ({ what: e.id || e.className, seen: e.clientWidth, all: e.scrollWidth })));
    await page.evaluate(() => document.querySelectorAll('details').forEach((d) => d.setAttribute('open', '')));
    const faults = (await widths()).filter((w) => w.all > w.seen).map((w) => `${w.what} is ${w.all} wide on ${w.seen}`);
    await page.click('.enlarge >> visible=true');
    const large = (await widths()).filter((w) => w.all > w.seen).map((w) => w.what);
    if (large.join() !== 'picture large')
        faults.push(`enlarged: ${large}`);
    faults.push(...await look(page));
    await page.click('.enlarge >> visible=true');
    return faults;
}

/** Looks at what is asked between the steps, and at a step that was gone back to. */
async function look_between(page) {
    const faults = [], press = async (selector) => {
        await page.click(selector);
        faults.push(...await look(page));
    };
    await press('#escalate');
    await press('button.choice');
    await page.click('[data-key=later]');
    await press('#back');
    await press('[data-key=withdrawn]');
    await press('[data-key=withdrawn]');
    return faults;
}

/** Nothing is wrong on any kind of step and on any question, in Vietnamese. */
async function check_phone(browser, file) {
    const context = await browser.newContext({ viewport: { width: 360, height: 640 }, hasTouch: true });
    const { page, faults } = await open(context, file);
    let between = false;
    faults.push(...await look(page), ...await look_at_where(page));
    await begin(page);
    for (let i = 0; i < 12 && await page.$('#walk'); i++) {
        faults.push(...await look(page));
        if (!between && await page.$('#walk[data-kind=escalate]')) {
            faults.push(...await look_between(page));
            between = true;
            continue;
        }
        const choice = (await page.$$('button.choice')).pop();
        if (choice) {
            await choice.click();
            continue;
        }
        if (await page.$('#all'))
            await page.click('#all');
        else if (await page.$('#answer'))
            await page.fill('#answer', '5');
        await page.click('#go');
    }
    if (!between)
        faults.push('nothing was asked between the steps');
    await context.close();
    return faults;
}

/** A deadline that passes is recorded at its own time, also while the page was closed. */
async function check_deadline(browser) {
    const more = ['--model', 'topology/tiny', '--runbooks', 'tests/golden/walk-deadlines/runbooks'];
    const file = write_page({ runbook: 'repair', subject: '26740/line-primary', more });
    const context = await browser.newContext(), faults = [];
    const { page } = await open(context, file);
    await begin(page);
    const before = await page.textContent('#walk');
    await page.evaluate(() => {
        window.time += 86400000;
    });
    await page.click('#language');
    const saved = await save(page), text = readFileSync(saved, 'utf8');
    const events = JSON.parse(text).incidents[0].events;
    if (!before.includes('22/11/2026') || !events.some((e) => e.type === 'overdue' && e.actor === 'metronet' && e.at < Date.parse(now) / 1000 + 86400))
        faults.push(`no deadline: ${before}; ${events.map((e) => e.type)}`);
    const done = metronet(['incidents', 'import', saved, ...more, '--store', join(folder, 'due.db'), '--lang', 'en']);
    if (!done.out.includes('imported'))
        faults.push(done.out + done.err);
    await context.close();
    return faults;
}

/** A model that tries to get out: the page is still one script, and says it as text. */
async function check_hostile(browser) {
    const model = join(folder, 'model');
    const name = '</script></title><img src=x onerror=alert(1)><script>document.body.id = 1</script> &lt;b&gt; {{script}}';
    mkdirSync(model);
    execFileSync('cp', ['-r', 'topology/tiny/.', model]);
    const path = join(model, 'network.yaml'), text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/(id: tiny[^]*?name: )\{[^}]*\}/, `$1{vi: "${name}", en: "${name}"}`));
    const file = write_page({ runbook: 'every-step', subject: '26740/line-primary', more: ['--model', model, '--runbooks', 'tests/data/runbooks'] });
    const context = await browser.newContext(), { page, faults } = await open(context, file);
    const found = await page.evaluate(() => ({ scripts: document.scripts.length, images: document.querySelectorAll('img').length,
        id: document.body.id, made: document.getElementById('made').textContent }));
    if (found.scripts !== 2 || found.images || found.id || !found.made.includes(name))
        faults.push(JSON.stringify(found));
    await context.close();
    return faults;
}

const browser = await launch();
try {
    await check_walks(browser);
    const file = join(folder, 'every-step.html');
    tell('record', await check_record(file));
    tell('killed', await check_killed(file));
    tell('trouble', await check_trouble(browser, file));
    tell('phone', await check_phone(browser, file));
    tell('deadline', await check_deadline(browser));
    tell('hostile', await check_hostile(browser));
} finally {
    await browser.close();
    rmSync(folder, { recursive: true });
}
close();
