/* Runbooks made up at random, out of all that could make two runs differ: the order of tables and
 * of sorting, numbers as text, closures, loops, what was answered. */
#ifndef MN_TESTS_MADE_RUNBOOK_H
#define MN_TESTS_MADE_RUNBOOK_H

#include "base/buf.h"

struct made_runbook {
    unsigned seed;
    int keys; /* steps so far: each has a key of its own */
    struct mn_buf source;
};

static unsigned made_draw(struct made_runbook *m, unsigned n) {
    m->seed = m->seed * 1103515245u + 12345u;
    return (m->seed >> 16) % n;
}

/* What follows "key =" in a step: its key, and texts that show all that was seen. */
static void made_texts(struct made_runbook *m) {
    mn_buf_printf(&m->source, "{ key = 'k%d', vi = shown('V'), en = shown('E')", m->keys++);
}

static void made_outcomes(struct made_runbook *m) {
    mn_buf_puts(&m->source, ", outcomes = {");
    for (unsigned i = 0, n = 2 + made_draw(m, 4); i < n; i++)
        mn_buf_printf(&m->source, " { key = 'o%u', vi = shown('Ă%u'), en = 'o%u' },", i, i, i);
    mn_buf_puts(&m->source, " }");
}

/* Something that Lua computes and that a careless engine computes otherwise the next time. */
static void made_computation(struct made_runbook *m) {
    unsigned n = 3 + made_draw(m, 60), step = 1 + made_draw(m, 30);
    switch (made_draw(m, 8)) {
    case 0:
        mn_buf_printf(&m->source,
                      "do local t = { x = 1, [2.5] = 2, [true] = 3, 'one', ['đ'] = 4 }\n"
                      "for i = 1, %u do t['k' .. i * %u %% 61] = i end\n"
                      "for k, v in pairs(t) do see(k, v) end end\n",
                      n, step);
        break;
    case 1:
        mn_buf_printf(&m->source,
                      "do local t = {} for i = 1, %u do t[i] = { i * %u %% 7, i } end\n"
                      "table.sort(t, function(a, b) return a[1] < b[1] end)\n"
                      "for _, v in ipairs(t) do see(v[1], v[2]) end end\n",
                      n, step);
        break;
    case 2:
        mn_buf_printf(&m->source,
                      "see(1 / %u, 2 ^ %u, -0.0, 10 // 3.0, math.pi * %u, 1e15 + 0.5, 7 %% -3)\n",
                      n, n, step);
        break;
    case 3:
        mn_buf_printf(
            &m->source,
            "see(string.format('%%.3f %%d %%q %%x %%g', %u / 7, %u, 'I i đ', %u, 1 / 3))\n", n,
            step, n);
        break;
    case 4:
        mn_buf_puts(&m->source,
                    "see(('TITLE ẤN i'):lower(), ('title ấn I'):upper(), 'a' < 'B', 'ă' "
                    "< 'b', 'đ' < 'z')\n");
        break;
    case 5:
        mn_buf_puts(&m->source,
                    "for w in string.gmatch(seen, '[%a]+%d?') do if #w > 3 then see(w) end end\n"
                    "seen = seen:sub(-60)\n");
        break;
    case 6:
        mn_buf_printf(&m->source,
                      "do local list = {} for i = 1, 4 do local n = i * %u\n"
                      "list[i] = function() n = n + 1 return n end end\n"
                      "for _, f in ipairs(list) do f() see(f()) end end\n",
                      step);
        break;
    default:
        mn_buf_puts(&m->source, "for k, v in pairs(incident.teams) do see(k, v.name.en) end\n"
                                "see(next(incident.roles))\n");
    }
}

static void made_block(struct made_runbook *m, int depth);

static void made_step(struct made_runbook *m, int depth) {
    unsigned kind = made_draw(m, depth > 0 ? 9 : 5);
    switch (kind) {
    case 0:
        mn_buf_puts(&m->source, "tell ");
        made_texts(m);
        mn_buf_puts(&m->source, " }\n");
        break;
    case 1:
        mn_buf_puts(&m->source, "note = ask ");
        made_texts(m);
        mn_buf_puts(&m->source, ", free = true }\n");
        break;
    case 2:
        mn_buf_puts(&m->source, "for item, state in pairs(checklist ");
        made_texts(m);
        mn_buf_puts(&m->source,
                    ", items = { { key = 'zeta', vi = 'x', en = 'x' }, { key = 'alpha', "
                    "vi = 'x', en = 'x' } } }) do see(item, state) end\n");
        break;
    case 3:
        mn_buf_puts(&m->source, "see(ask ");
        made_texts(m);
        mn_buf_printf(&m->source, ", number = { cuts = { %u, %u.5 } } })\n", made_draw(m, 40),
                      41 + made_draw(m, 40));
        break;
    case 4:
        mn_buf_puts(&m->source, "see(escalate ");
        made_texts(m);
        mn_buf_puts(&m->source, ", to = 'operations', evidence = note and { note } or {} })\n");
        break;
    case 5:
        mn_buf_puts(&m->source, "repeat ");
        made_block(m, depth - 1);
        mn_buf_puts(&m->source, "tries = tries + 1 until tries > 3 or verify ");
        made_texts(m);
        mn_buf_puts(&m->source, " }\n");
        break;
    case 6:
        mn_buf_puts(&m->source, "do local function part(n) see(n)\n");
        made_block(m, depth - 1);
        mn_buf_puts(&m->source, "return n + 1 end see(part(part(1))) end\n");
        break;
    default:
        mn_buf_puts(&m->source, "do local said = ask ");
        made_texts(m);
        made_outcomes(m);
        mn_buf_puts(&m->source, " } see(said)\nif said == 'o0' then\n");
        made_block(m, depth - 1);
        mn_buf_puts(&m->source, "elseif said ~= 'o1' then\n");
        made_block(m, depth - 1);
        mn_buf_puts(&m->source, "end end\n");
    }
}

static void made_block(struct made_runbook *m, int depth) {
    for (unsigned i = 0, n = 1 + made_draw(m, 3); i < n; i++) {
        made_computation(m);
        made_step(m, depth);
    }
}

/* The source of the runbook "made-NUMBER", for wards. */
static void made_runbook(struct made_runbook *m, int number) {
    mn_buf_printf(
        &m->source,
        "return runbook { id = 'made-%d', version = 1, title = { vi = 'x', en = 'x' },\n"
        "description = { vi = 'x', en = 'x' }, applies_to = { site_types = { 'ward' } },\n"
        "steps = function(incident)\n"
        "local seen, note, tries = '', nil, 0\n"
        "local function see(...) for i = 1, select('#', ...) do local v = select(i, ...)\n"
        "seen = (seen .. ' ' .. tostring(v)):gsub('[^%%g ]', '?'):sub(-800) end end\n"
        "local function shown(word) return word .. seen end\n",
        number);
    made_block(m, 3);
    mn_buf_puts(&m->source, "see(tries)\ntell ");
    made_texts(m);
    mn_buf_puts(&m->source, ", why = note and { vi = 'n', en = 'n' } or nil }\nresolve {} end }\n");
}

#endif
