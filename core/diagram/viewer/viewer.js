'use strict';
// A sheet that can be moved, enlarged and searched. Nothing is fetched and nothing is kept.
(() => {
    const element = (name) => document.getElementById(`viewer_${name}`);
    const stage = element('stage');
    const svg = stage.querySelector('svg');
    const sheet = svg.querySelector('.sheet');
    const query = element('query');

    // ---- Where the sheet is: its left top corner and pixels per point.

    const size = svg.viewBox.baseVal;
    const at = { x: 0, y: 0, scale: 1 };
    let is_whole = true; // it stays so when the window changes
    const most = 8;
    const whole = () => Math.min(stage.clientWidth / size.width, stage.clientHeight / size.height);

    // The sheet's part in the middle of the stage stays on the sheet.
    function keep(value, room, length) {
        return length <= room ? (room - length) / 2 : Math.min(room / 2, Math.max(room / 2 - length, value));
    }

    function place() {
        at.x = keep(at.x, stage.clientWidth, size.width * at.scale);
        at.y = keep(at.y, stage.clientHeight, size.height * at.scale);
        svg.style.transform = `translate(${at.x}px, ${at.y}px) scale(${at.scale})`;
    }

    const glide = (on) => stage.classList.toggle('gliding', on);

    function move(dx, dy) {
        at.x += dx;
        at.y += dy;
        place();
    }

    // Enlarges so that what is at (x, y) on the stage stays there.
    function zoom(factor, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
        const least = Math.min(whole(), most);
        const scale = Math.min(most, Math.max(least, at.scale * factor));
        at.x = x - (x - at.x) * scale / at.scale;
        at.y = y - (y - at.y) * scale / at.scale;
        at.scale = scale;
        is_whole = scale === least;
        place();
    }

    function show_whole() {
        at.scale = whole();
        is_whole = true;
        place();
    }

    // ---- Hands: a mouse drags, a wheel enlarges, two fingers do both.

    const fingers = new Map();
    let dragged = false;

    function middle() {
        const all = [...fingers.values()];
        const x = all.reduce((sum, f) => sum + f.x, 0) / all.length;
        const y = all.reduce((sum, f) => sum + f.y, 0) / all.length;
        const apart = all.length > 1 ? Math.hypot(all[0].x - all[1].x, all[0].y - all[1].y) : 0;
        return { x, y, apart };
    }

    function put_down(event) {
        if (event.button !== 0)
            return;
        glide(false);
        dragged = fingers.size > 0;
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }

    function drag(event) {
        if (!fingers.has(event.pointerId))
            return;
        const before = middle();
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        const now = middle();
        if (!dragged && Math.hypot(now.x - before.x, now.y - before.y) < 3 && fingers.size === 1) {
            fingers.set(event.pointerId, { x: before.x, y: before.y });
            return; // a hand that trembles does not drag
        }
        if (!dragged)
            stage.setPointerCapture(event.pointerId);
        dragged = true;
        stage.classList.add('dragged');
        move(now.x - before.x, now.y - before.y);
        const box = stage.getBoundingClientRect();
        if (before.apart > 0)
            zoom(now.apart / before.apart, now.x - box.left, now.y - box.top);
    }

    function lift(event) {
        fingers.delete(event.pointerId);
        if (fingers.size === 0)
            stage.classList.remove('dragged');
    }

    function turn_wheel(event) {
        event.preventDefault();
        const box = stage.getBoundingClientRect();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1;
        const delta = Math.max(-300, Math.min(300, event.deltaY * lines));
        glide(false);
        zoom(Math.exp(-delta / 400), event.clientX - box.left, event.clientY - box.top);
    }

    // ---- Keys, while the sheet has the focus.

    const keys = {
        ArrowLeft: () => move(60, 0),
        ArrowRight: () => move(-60, 0),
        ArrowUp: () => move(0, 60),
        ArrowDown: () => move(0, -60),
        PageUp: () => move(0, stage.clientHeight * 0.8),
        PageDown: () => move(0, -stage.clientHeight * 0.8),
        '+': () => zoom(1.25),
        '=': () => zoom(1.25),
        '-': () => zoom(0.8),
        '−': () => zoom(0.8),
        '0': show_whole,
    };

    function press(event) {
        const action = event.ctrlKey || event.altKey || event.metaKey ? null : keys[event.key];
        if (!action)
            return;
        event.preventDefault();
        glide(false);
        action();
    }

    // ---- Search: accents, tones and their places, case and punctuation do not matter.

    const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
        .replace(/đ/g, 'd').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
    const exact = (text) => text.normalize('NFC').toLowerCase();
    const title_of = (group) => group.querySelector(':scope > title');

    const things = [...sheet.querySelectorAll('g')].filter(title_of).map((group) => {
        const text = title_of(group).textContent;
        return {
            group, text, exact: exact(text), plain: ` ${plain(text)} `,
            line: group.matches('.line, .link'),
        };
    });

    // Those that hold the words in their order, else those that hold each of them; lines, which
    // bear the names of their ends, only where there is nothing else.
    function matching(words) {
        const whole_text = ` ${words}`;
        const in_order = things.filter((thing) => thing.plain.includes(whole_text));
        const found = in_order.length > 0 ? in_order
            : things.filter((thing) => words.split(' ').every((word) => thing.plain.includes(` ${word}`)));
        const solid = found.filter((thing) => !thing.line);
        return solid.length > 0 ? solid : found;
    }

    // What was typed with its accents comes first. A part of a hit is no hit.
    function search(text) {
        const words = plain(text);
        if (!words)
            return [];
        const found = matching(words);
        const groups = new Set(found.map((thing) => thing.group));
        const inside = (group) => group && (groups.has(group) || inside(group.parentElement));
        const rank = (thing) => (thing.exact.includes(exact(text.trim())) ? 0 : 1);
        return found.filter((thing) => !inside(thing.group.parentElement))
            .sort((a, b) => rank(a) - rank(b));
    }

    // ---- Hits: shown by a double frame and a pointer, the others by a dashed frame.

    let hits = [], current = -1;
    const marks = document.createElementNS(svg.namespaceURI, 'g');
    marks.setAttribute('aria-hidden', 'true');
    sheet.append(marks);

    function add_mark(kind, name, attributes) {
        const mark = document.createElementNS(svg.namespaceURI, kind);
        mark.setAttribute('class', name);
        for (const [key, value] of Object.entries(attributes))
            mark.setAttribute(key, value);
        marks.append(mark);
    }

    function frame(box, by, name) {
        add_mark('rect', name, {
            x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by,
        });
    }

    function draw_marks() {
        marks.replaceChildren();
        hits.slice(0, 200).forEach((hit, i) => i !== current && frame(hit.group.getBBox(), 1, 'viewer_hit other'));
        if (current < 0)
            return;
        const box = hits[current].group.getBBox();
        const x = box.x - 4, y = box.y + box.height / 2;
        frame(box, 2, 'viewer_hit under');
        frame(box, 2, 'viewer_hit over');
        add_mark('path', 'viewer_pointer', { d: `M${x},${y} l-14,-8 v5 h-10 v6 h10 v5 z` });
    }

    // Brings a part of the sheet to the middle, large enough to be read.
    function centre(group) {
        const box = group.getBBox(), place_of = group.getCTM(), to_sheet = svg.getCTM();
        const k = to_sheet.a || 1;
        const x = (place_of.e - to_sheet.e + place_of.a * (box.x + box.width / 2)) / k;
        const y = (place_of.f - to_sheet.f + place_of.d * (box.y + box.height / 2)) / k;
        const fits = 0.9 * Math.min(stage.clientWidth / box.width, stage.clientHeight / box.height);
        glide(true);
        is_whole = false;
        at.scale = Math.max(whole(), Math.min(most, Math.max(at.scale, 1.8), fits));
        at.x = stage.clientWidth / 2 - x * at.scale;
        at.y = stage.clientHeight / 2 - y * at.scale;
        place();
    }

    function say(text) {
        element('say').textContent = text;
    }

    function fill(template, ...values) {
        return template.replace(/\{(\d)\}/g, (_, i) => values[i]);
    }

    // The hit's own picture, where the sheet leads to it.
    function offer_link(group) {
        const link = group && group.closest('a');
        element('open').hidden = !link;
        if (link)
            element('open').setAttribute('href', link.getAttribute('href'));
    }

    function show_hit() {
        const hit = hits[current];
        say(fill(element('say').dataset.found, current + 1, hits.length, hit.text));
        offer_link(hit.group);
        draw_marks();
        centre(hit.group);
    }

    function set_hits(found) {
        hits = found;
        current = hits.length > 0 ? 0 : -1;
        element('previous').disabled = element('next').disabled = hits.length < 2;
        if (current >= 0) {
            show_hit();
            return;
        }
        say(query.value.trim() ? fill(element('say').dataset.none, query.value.trim()) : '');
        offer_link(null);
        draw_marks();
    }

    function step(by) {
        if (hits.length === 0)
            return;
        current = (current + by + hits.length) % hits.length;
        show_hit();
    }

    function press_in_query(event) {
        if (event.key === 'Escape') {
            query.value = '';
            set_hits([]);
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            step(event.key === 'ArrowDown' ? 1 : -1);
        }
    }

    // A thing that is tapped says what it is: there are no tooltips on a phone.
    function tap(event) {
        if (dragged && event.detail > 0) { // 0: a key pressed it
            event.preventDefault();
            return;
        }
        let group = event.target.closest('g');
        while (group && !title_of(group))
            group = group.parentElement.closest('g');
        if (!group)
            return;
        say(title_of(group).textContent);
        offer_link(group);
    }

    // A link that gets the focus must be seen.
    function follow_focus(event) {
        stage.scrollTo(0, 0);
        if (event.target !== stage && event.target.matches(':focus-visible'))
            centre(event.target);
    }

    // ---- Wiring.

    let waiting = 0;
    query.addEventListener('input', () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => set_hits(search(query.value)), 200);
    });
    query.addEventListener('keydown', press_in_query);
    element('search').addEventListener('submit', (event) => {
        event.preventDefault();
        clearTimeout(waiting);
        const found = search(query.value);
        if (found.length === hits.length && found.every((thing, i) => thing === hits[i]) && current >= 0)
            step(1);
        else
            set_hits(found);
    });
    element('previous').addEventListener('click', () => step(-1));
    element('next').addEventListener('click', () => step(1));
    element('in').addEventListener('click', () => zoom(1.25));
    element('out').addEventListener('click', () => zoom(0.8));
    element('whole').addEventListener('click', show_whole);
    element('print').addEventListener('click', () => window.print());
    stage.addEventListener('pointerdown', put_down);
    stage.addEventListener('pointermove', drag);
    stage.addEventListener('pointerup', lift);
    stage.addEventListener('pointercancel', lift);
    stage.addEventListener('wheel', turn_wheel, { passive: false });
    stage.addEventListener('keydown', press);
    stage.addEventListener('click', tap, true);
    stage.addEventListener('focusin', follow_focus);
    stage.addEventListener('dragstart', (event) => event.preventDefault());

    svg.setAttribute('width', size.width);
    svg.setAttribute('height', size.height);
    stage.classList.add('live');
    new ResizeObserver(() => (is_whole ? show_whole() : place())).observe(stage);
    show_whole();
})();
