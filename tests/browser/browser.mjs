// Chromium without a network, and the closing line "N passed, N failed" of each test.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const installed = createRequire(new URL('../../build/browser/', import.meta.url));
const { chromium } = installed('playwright-core');

/** The source of axe-core, to be added to a page. */
export const axe_file = installed.resolve('axe-core/axe.min.js');

const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const args = [ // as root Chromium's sandbox cannot start
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
    '--disable-background-networking', '--disable-component-update',
];

/** The caller closes it. A fresh profile each time. */
export function launch() {
    return chromium.launch({ executablePath, args });
}

/** With a profile that stays; a context, which the caller closes. */
export function launch_with(profile) {
    return chromium.launchPersistentContext(profile, { executablePath, args });
}

/** The same in processes of its own: {context, kill}, where kill leaves it no time for anything. */
export async function launch_to_kill(profile) {
    const port = join(profile, 'DevToolsActivePort'); // Chromium writes it when it listens
    rmSync(port, { force: true });
    const child = spawn(executablePath, [...args, '--headless=new', `--user-data-dir=${profile}`, '--remote-debugging-port=0'],
        { stdio: 'ignore', detached: true });
    const gone = new Promise((done) => child.on('exit', done));
    const kill = () => {
        if (child.exitCode === null && child.signalCode === null)
            process.kill(-child.pid, 'SIGKILL');
        return gone;
    };
    for (let tries = 0; tries < 300 && !(existsSync(port) && readFileSync(port, 'utf8').includes('\n')); tries++)
        await new Promise((done) => setTimeout(done, 100));
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${readFileSync(port, 'utf8').split('\n')[0]}`);
    return { context: browser.contexts()[0], kill };
}

let passed = 0, failed = 0;

/** Counts a test; `faults` says in lines what is wrong with it. The first five are told. */
export function tell(what, faults) {
    if (faults.length === 0) {
        passed++;
        return;
    }
    failed++;
    for (const fault of faults.slice(0, 5))
        console.log(`${what}: ${fault}`);
    if (faults.length > 5)
        console.log(`${what}: ${faults.length - 5} more`);
}

/** The closing line, and the exit status. */
export function close() {
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
