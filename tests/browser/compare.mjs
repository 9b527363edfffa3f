// Whether an SVG in Chromium and a PDF in poppler are the same picture.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST = 0.004; // the share of the sheet that may differ: edges are smoothed differently
/** How many pixels of the screen make one of the page's: with one, small letters are mostly edge. */
export const SHARP = 2;

/** Runs in the page: the share of points that differ clearly at half the size, where the places that
 * each program rounds letters to no longer count. */
async function differ([a, b, sharp]) {
    let width, height; // the same for both: they may differ by a part of a point
    const points = async data => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
        width ||= Math.round(image.width / sharp / 2);
        height ||= Math.round(image.height / sharp / 2);
        const canvas = new OffscreenCanvas(width, height);
        const pen = canvas.getContext('2d');
        pen.imageSmoothingQuality = 'high';
        pen.filter = 'blur(1px)';
        pen.drawImage(image, 0, 0, canvas.width, canvas.height);
        return pen.getImageData(0, 0, canvas.width, canvas.height).data;
    };
    const [p, q] = [await points(a), await points(b)];
    let count = 0;
    for (let i = 0; i < p.length; i += 4)
        if (Math.abs(p[i] - q[i]) + Math.abs(p[i + 1] - q[i + 1]) + Math.abs(p[i + 2] - q[i + 2]) > 90)
            count++;
    return count / (p.length / 4);
}

/** Faults of PATH.svg beside PATH.pdf. The page shows something else afterwards. */
export async function same_picture(page, path) {
    await page.goto(`file://${path}.svg`);
    await page.evaluate(() => document.fonts.ready.then(() => null));
    const { width, height } = await page.evaluate(() => {
        const box = document.documentElement.getBoundingClientRect();
        return { width: box.width, height: box.height };
    });
    const before = page.viewportSize();
    await page.setViewportSize({ width: Math.ceil(width), height: Math.ceil(height) });
    const shot = (await page.screenshot({ clip: { x: 0, y: 0, width, height } })).toString('base64');
    await page.setViewportSize(before);
    const print = await run('pdftoppm', ['-r', String(96 * SHARP), '-png', '-singlefile', `${path}.pdf`],
        { encoding: 'buffer', maxBuffer: 1 << 28 });
    await page.goto('about:blank');
    const share = await page.evaluate(differ, [shot, print.stdout.toString('base64'), SHARP]);
    return share <= MOST ? [] : [`${(share * 100).toFixed(2)} % of the sheet differs`];
}
