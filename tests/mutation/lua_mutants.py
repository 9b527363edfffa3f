"""The mistakes that are made in a runbook. Comments are never touched, and neither is `version`, which
no officer sees."""
import re

from lua_tokens import Lua
from mutant import Maker

TURNED = {'==': '~=', '~=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>', 'and': 'or', 'or': 'and'}
# What a step answers when it names no outcomes.
ANSWERS = {'check': ['yes', 'no', 'cannot-tell'], 'act': ['done', 'cannot'],
           'escalate': ['acknowledged', 'no-answer'], 'handover': ['accepted', 'refused']}
STEPS = 'tell ask check act checklist escalate handover verify wait delegate resolve'.split()
NOT_BRANCHES = {'key', 'vi', 'en', 'id', 'kind', 'kinds', 'version', 'title', 'levels'}
DURATION = re.compile(r'([0-9]+)([smhd])$')


def mutants(path, source, teams):
    """All mutants of the runbook; `teams` are the names that can be escalated to."""
    return Runbook(path, source, teams).all()


class Runbook(Maker):
    def __init__(self, path, source, teams):
        super().__init__(path, source)
        self.lua = Lua(source)
        self.teams = sorted(teams)
        self.tables = {i: self.lua.fields(i) for i in self.lua.tables()}
        self.named = {self.lua.tokens[i - 2].text: i for i in self.tables   # local NAME = {
                      if self.lua.is_(i - 1, '=') and self.lua.kind(i - 2) == 'name' and self.lua.is_(i - 3, 'local')}

    def all(self):
        for make in (self.conditions, self.compared, self.outcomes, self.branches, self.statements, self.returns,
                     self.team_names, self.keys, self.texts, self.numbers):
            make()
        return self.mutants

    def said(self, first, end):
        return self.text(*self.lua.span(first, end))

    def field(self, table, key):
        return next((f for f in self.tables[table] if f.key == key), None)

    def string(self, field):
        """The one string that a field's value is, or None."""
        return self.lua.tokens[field.value[0]].value if field and field.value[1] == field.value[0] + 1 else None

    def without(self, first, end):
        """The edit that takes a table's field out, with its comma."""
        if self.lua.is_(end, ',', ';'):
            end += 1
        return (*self.lua.span(first, end), '')

    # ---- flow

    def conditions(self):
        for i, t in enumerate(self.lua.tokens):
            if t.kind in ('op', 'word') and t.text in TURNED and not (t.text in '<>' and self.lua.is_(i - 2, 'local')):
                self.add('condition turned', f'{self.said(i - 1, min(i + 2, self.lua.n))}: {t.text} is {TURNED[t.text]}',
                         (t.start, t.end, TURNED[t.text]))
            if self.lua.is_(i, 'not'):
                self.add('condition turned', f'not {self.said(i + 1, i + 3)}: without not', (t.start, t.end, ''))
            if self.lua.is_(i, 'if', 'elseif', 'while', 'until') and not self.lua.is_(i + 1, 'true'):
                end = self.lua.expression(i + 1)
                a, b = self.lua.span(i + 1, end)
                self.add('condition turned', f'{t.text} {self.text(a, b)}: negated', (a, a, 'not ('), (b, b, ')'))

    def answers_of(self, name, before):
        """What the variable can hold: the outcomes of the nearest step above that gave it its value, and
        all that it is compared with."""
        found = []
        for i in range(before, -1, -1):
            if self.lua.kind(i) == 'name' and self.lua.tokens[i].text == name and self.lua.is_(i + 1, '='):
                call = i + 2
                while call < before and not self.lua.is_(call, '{') and self.lua.kind(call) in ('name', 'op', 'string', 'word'):
                    call += 1
                if self.lua.is_(call, '{'):
                    field = self.field(call, 'outcomes') or self.field(call, 'any_of')
                    found = self.outcome_keys(field.value[0]) if field else ANSWERS.get(self.lua.tokens[call - 1].text, [])
                break
        for i, t in enumerate(self.lua.tokens):
            if self.lua.is_(i, '==', '~=') and self.lua.is_(i - 1, name) and self.lua.kind(i + 1) == 'string':
                found.append(self.lua.tokens[i + 1].value)
        return list(dict.fromkeys(found))

    def outcome_keys(self, i):
        if self.lua.kind(i) == 'name':
            i = self.named.get(self.lua.tokens[i].text, -1)
        if i not in self.tables:
            return []
        return [key for f in self.tables[i] if f.value[0] in self.tables
                for key in [self.string(self.field(f.value[0], 'key'))] if key]

    def compared(self):
        for i, t in enumerate(self.lua.tokens):
            if self.lua.is_(i, '==', '~=') and self.lua.kind(i - 1) == 'name' and self.lua.kind(i + 1) == 'string':
                id_ = self.lua.tokens[i + 1]
                for other in self.answers_of(self.lua.tokens[i - 1].text, i - 1):
                    if other != id_.value:
                        self.add('compared id replaced', f'{self.said(i - 1, i + 2)}: with "{other}"',
                                 (id_.start, id_.end, f'"{other}"'))

    def outcomes(self):
        """Two outcomes beside each other, or two items of a checklist, with their ids or their words swapped."""
        for table, fields in self.tables.items():
            entries = [f.value[0] for f in fields if f.key is None and f.value[0] in self.tables
                       and self.string(self.field(f.value[0], 'key')) and self.field(f.value[0], 'vi')]
            for a, b in zip(entries, entries[1:]):
                ids = [self.field(e, 'key') for e in (a, b)]
                what = ' and '.join(self.string(f) for f in ids)
                self.add('outcomes swapped', f'ids of {what}', *self.swap(*ids))
                words = [[self.field(e, lang) for e in (a, b)] for lang in ('vi', 'en')]
                if all(f for pair in words for f in pair):
                    self.add('outcomes swapped', f'texts of {what}', *self.swap(*words[0]), *self.swap(*words[1]))

    def swap(self, a, b):
        spans = [self.lua.span(*f.value) for f in (a, b)]
        return [(*spans[0], self.source[slice(*spans[1])]), (*spans[1], self.source[slice(*spans[0])])]

    def branches(self):
        """What is done about one answer and what about another, in a table of branches, are swapped."""
        defined = {}
        for i in range(self.lua.n):     # T.name = … and function T.name(
            if (self.lua.kind(i) == 'name' and (self.lua.is_(i - 1, 'function') or self.lua.starts_statement(i))
                    and (self.lua.is_(i + 1, '.') or self.lua.is_(i + 1, '[') and self.lua.kind(i + 2) == 'string')):
                end = i + 3 if self.lua.is_(i + 1, '.') else i + 4
                if self.lua.is_(end, '=') or self.lua.is_(i - 1, 'function'):
                    name = self.lua.tokens[i + 2].value or self.lua.tokens[i + 2].text
                    where = (self.lua.tokens[i + 2].start, self.lua.tokens[i + 2].end)
                    if self.lua.is_(i + 1, '['):
                        where = self.lua.span(i + 1, i + 4)
                    defined.setdefault(self.lua.tokens[i].text, []).append((name, where, self.lua.is_(i - 1, 'function')))
        for table, found in defined.items():
            for (a, at_a, plain_a), (b, at_b, plain_b) in zip(found, found[1:]):
                if plain_a == plain_b:  # `function T.x` takes no brackets
                    self.add('branch swapped', f'{table}: {a} and {b}', (*at_a, self.source[slice(*at_b)]),
                             (*at_b, self.source[slice(*at_a)]))
        for table, fields in self.tables.items():
            if len(fields) > 1 and all(f.key for f in fields) and not NOT_BRANCHES & {f.key for f in fields} \
                    and not self.lua.kind(table - 1) == 'name':
                for a, b in zip(fields, fields[1:]):
                    if self.said(*a.value) != self.said(*b.value):
                        self.add('branch swapped', f'{a.key} and {b.key}', *self.swap(a, b))

    def statements(self):
        for i in range(self.lua.n):
            if self.lua.kind(i) == 'name' and self.lua.starts_statement(i) and not self.lua.is_(i - 1, 'function'):
                end, called = self.lua.suffixed(i)
                if called and not self.lua.is_(end, '=', ','):
                    self.add('statement dropped', self.said(i, end), (*self.lua.span(i, end), ''))
            if self.lua.is_(i, '=') and self.lua.kind(i + 1) == 'name':
                end, called = self.lua.suffixed(i + 1)
                in_table = any(f.value[0] == i + 1 for fields in self.tables.values() for f in fields)
                if called and not in_table and not self.lua.is_(i + 1, 'require'):
                    self.add('statement dropped', f'{self.said(i - 1, end)}: nil', (*self.lua.span(i + 1, end), 'nil'))

    def returns(self):
        for i in range(self.lua.n):
            if self.lua.is_(i, 'break'):
                self.add('return dropped', 'break', (*self.lua.span(i, i + 1), ''))
            if self.lua.is_(i, 'return') and self.lua.block_end(i) < self.lua.n:
                end = self.lua.block_end(i + 1)
                self.add('return dropped', self.said(i, end), (*self.lua.span(i, end), ''))

    # ---- what a step says

    def team_names(self):
        for table, fields in self.tables.items():
            listed = [f for f in fields if f.key is None]
            as_list = len(listed) == len(fields) and all(self.string(f) in self.teams for f in listed)
            for f in fields:
                team = self.string(f)
                if team not in self.teams or not (as_list or f.key in ('to', 'by', 'who', 'team')):
                    continue
                t = self.lua.tokens[f.value[0]]
                self.add('team removed', team, self.without(f.first, f.end))
                for other in self.teams:
                    if other != team:
                        self.add('team replaced', f'{team}: {other}', (t.start, t.end, f'"{other}"'))
                self.add('team misspelt', team, (t.start, t.end, f'"{team[1]}{team[0]}{team[2:]}"'))

    def keys(self):
        """A step gets another step's key; an outcome its neighbour's."""
        steps = []
        for table in self.tables:
            if self.lua.kind(table - 1) == 'name' and self.string(self.field(table, 'key')):
                steps.append(self.field(table, 'key'))
        for a, b in zip(steps, steps[1:] + steps[:1]):
            self.doubled('key doubled', a, b)
        for fields in self.tables.values():
            entries = [self.field(f.value[0], 'key') for f in fields if f.key is None and f.value[0] in self.tables
                       and self.string(self.field(f.value[0], 'key'))]
            for a, b in zip(entries, entries[1:]):
                self.doubled('key doubled', b, a)

    def doubled(self, operator, field, other):
        if self.string(field) != self.string(other):
            self.add(operator, f'{self.string(field)}: {self.string(other)} too',
                     (*self.lua.span(*field.value), f'"{self.string(other)}"'))

    def texts(self):
        for fields in self.tables.values():
            for f in fields:
                if f.key not in ('vi', 'en'):
                    continue
                said = self.said(*f.value)
                self.add('text dropped', f'{f.key} = {said}', self.without(f.first, f.end))
                self.add('text emptied', f'{f.key} = {said}', (*self.lua.span(*f.value), '""'))
                for i in range(*f.value):
                    if self.lua.is_(i, '..') and self.lua.kind(i + 1) == 'string':
                        self.add('part of a text dropped', f'{f.key}: {self.said(i + 1, i + 2)}',
                                 (*self.lua.span(i, i + 2), ''))

    def numbers(self):
        version = {f.value[0] for fields in self.tables.values() for f in fields if f.key == 'version'}
        for i, t in enumerate(self.lua.tokens):
            if t.kind == 'number' and i not in version:
                self.add('number changed', f'{self.said(max(i - 2, 0), i + 1)}: {int(float(t.text)) * 2 + 1}',
                         (t.start, t.end, str(int(float(t.text)) * 2 + 1)))
            span = DURATION.match(t.value or '')
            if span:
                new = f'{int(span.group(1)) * 2 + 1}{span.group(2)}'
                self.add('number changed', f'{t.text}: {new}', (t.start, t.end, f'"{new}"'))
