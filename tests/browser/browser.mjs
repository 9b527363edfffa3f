// Chromium without a network, and the closing line "N passed, N failed" of each test.
import { createRequire } from 'node:module';

const installed = createRequire(new URL('../../build/browser/', import.meta.url));
const { chromium } = installed('playwright-core');

/** The source of axe-core, to be added to a page. */
export const axe_file = installed.resolve('axe-core/axe.min.js');

/** The caller closes it. A fresh profile each time; as root Chromium's sandbox cannot start. */
export function launch() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
        args: [
            '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
            '--disable-background-networking', '--disable-component-update',
        ],
    });
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
