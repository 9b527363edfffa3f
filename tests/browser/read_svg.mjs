// What a browser makes of a picture: where each element of the scene really is, and how it looks.

/** Runs in the page, which shows the document instead of the last: a third of the time of going to a
 * file. One entry for each group of the sheet, in the order of the scene; lengths in points from the
 * sheet's top left. Texts are as wide as the browser sets them, and as high as their ink. As JSON, which
 * is brought out of the page many times faster than objects are. */
async function look(source) {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    if (parsed.querySelector('parsererror') || parsed.documentElement.localName !== 'svg')
        return 'null';
    const svg = document.adoptNode(parsed.documentElement);
    document.body.replaceChildren(svg);
    await Promise.all([...document.fonts].map(font => font.load()));
    const inverse = svg.getScreenCTM().inverse();
    const pen = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas').getContext('2d');
    const hex = colour => {
        const rgb = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour);
        return rgb ? rgb.slice(1).reduce((sum, c) => sum * 256 + Number(c), 0) : null;
    };
    const matrix = element => inverse.multiply(element.getScreenCTM());
    const rect = (element, box) => {
        const m = matrix(element);
        return [m.a * box.x + m.e, m.d * box.y + m.f,
            m.a * (box.x + box.width) + m.e, m.d * (box.y + box.height) + m.f];
    };
    const text = element => {
        const style = getComputedStyle(element), m = matrix(element);
        pen.font = `${style.fontWeight} 100px ${style.fontFamily}`;
        const ink = pen.measureText(element.textContent), size = parseFloat(style.fontSize);
        const baseline = m.d * Number(element.getAttribute('y')) + m.f;
        const x0 = m.a * Number(element.getAttribute('x')) + m.e;
        return {
            is: 'text', text: element.textContent, size: size * m.d, colour: hex(style.fill),
            at: [x0, baseline - ink.actualBoundingBoxAscent / 100 * size * m.d,
                x0 + m.a * element.getComputedTextLength(), baseline + ink.actualBoundingBoxDescent / 100 * size * m.d],
        };
    };
    const entry = group => {
        const shape = [...group.children].find(c => /^(polygon|path|ellipse|text)$/.test(c.localName));
        if (!shape)
            return { is: 'nothing', id: group.id };
        if (shape.localName === 'text')
            return { ...text(shape), id: group.id };
        const style = getComputedStyle(shape), m = matrix(shape);
        return {
            is: shape.localName, id: group.id, at: rect(shape, shape.getBBox()),
            d: shape.getAttribute('d'), move: [m.e, m.f],
            fill: hex(style.fill), colour: hex(style.stroke), width: parseFloat(style.strokeWidth),
            dash: style.strokeDasharray,
        };
    };
    const { width, height } = svg.getBoundingClientRect();
    const ids = [...svg.querySelectorAll('[id]')].map(e => e.id);
    const foreign = [...svg.querySelectorAll('script, image, foreignObject')].map(e => e.localName);
    return JSON.stringify({
        width: width * 0.75, height: height * 0.75, ids, foreign,
        fonts: [...document.fonts].map(f => `${f.family} ${f.weight} ${f.status}`),
        elements: [...svg.querySelectorAll('.sheet g')].map(entry),
    });
}

/** Points along a path of Graphviz's: M, then Bézier pieces; straight ones have their control points
 * at their ends. */
export function path_points(d, [dx, dy]) {
    const n = (d.match(/-?[\d.]+/g) || []).map(Number), points = [[n[0], n[1]]];
    for (let i = 2; i + 5 < n.length; i += 6) {
        const [x0, y0] = points[points.length - 1], [x1, y1, x2, y2, x3, y3] = n.slice(i, i + 6);
        const straight = Math.abs((x1 - x0) * (y3 - y0) - (y1 - y0) * (x3 - x0)) < 0.01 &&
            Math.abs((x2 - x0) * (y3 - y0) - (y2 - y0) * (x3 - x0)) < 0.01;
        for (let k = straight ? 16 : 1; k <= 16; k++) {
            const t = k / 16, u = 1 - t;
            points.push([u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3,
                u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3]);
        }
    }
    return points.map(([x, y]) => [x + dx, y + dy]);
}

/** What the page makes of a document. Null when it is no SVG. */
export async function read_svg(page, source) {
    const seen = JSON.parse(await page.evaluate(look, source));
    for (const e of seen ? seen.elements : [])
        if (e.d)
            e.points = path_points(e.d, e.move);
    return seen;
}

/** The scene's elements as they were seen: what they are from the scene, where they are and how they
 * look from the browser. Faults when the two do not fit. */
export function as_seen(scene, seen, faults) {
    if (scene.elements.length !== seen.elements.length)
        faults.push(`${scene.elements.length} elements, of which ${seen.elements.length} are drawn`);
    return scene.elements.map((e, i) => {
        const s = seen.elements[i] || { is: 'nothing' };
        const suits = { text: ['text'], line: ['path'], box: ['polygon', 'path'], oval: ['ellipse'] };
        if (!suits[e.is].includes(s.is) || (e.is === 'text' && !same_text(e.text, s.text))) {
            faults.push(`element ${i}, ${e.is} "${e.text || e.id || ''}", is drawn as ${s.is} "${s.text || ''}"`);
            return { ...e, at: [e.at[0], e.at[1], e.at[0] + e.at[2], e.at[1] + e.at[3]] };
        }
        return { ...e, ...s, is: e.is, id: e.id, at: s.at, dash: e.dash, planned: e.at };
    });
}

function same_text(a, b) {
    const plain = s => s.replace(/\s+/g, ' ').trim();
    return plain(a) === plain(b);
}
