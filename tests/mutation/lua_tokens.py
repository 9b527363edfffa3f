"""Reads Lua as tokens, and finds where expressions, tables and statements begin and end."""
import re

TOKEN = re.compile(r'''
    (?P<space>\s+|--\[(?P<c>=*)\[.*?\](?P=c)\]|--[^\n]*)
  | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\[(?P<s>=*)\[.*?\](?P=s)\])
  | (?P<number>0[xX][0-9a-fA-F.]+|[0-9]+\.?[0-9]*(?:[eE][-+]?[0-9]+)?)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<op>\.\.\.|\.\.|==|~=|<=|>=|<<|>>|//|::|.)
''', re.X | re.S)
WORDS = set('''and break do else elseif end false for function goto if in local nil not or repeat return
               then true until while'''.split())
BINARY = set('+ - * / // % ^ .. == ~= < > <= >= & | ~ << >> and or'.split())
CLOSES = {'{': '}', '(': ')', '[': ']'}


class Token:
    def __init__(self, kind, text, start, end):
        self.kind, self.text, self.start, self.end = kind, text, start, end

    @property
    def value(self):
        """The string's content; None of anything else."""
        return self.text[1:-1] if self.kind == 'string' and self.text[0] in '"\'' else None


class Field:
    """One field of a table: its key if it has a name, its value's tokens, and all its tokens."""

    def __init__(self, key, first, value, end):
        self.key, self.first, self.value, self.end = key, first, value, end


class Lua:
    """Tokens by number; every position here is a token's number, and ends are exclusive."""

    def __init__(self, source):
        self.tokens = []
        for m in TOKEN.finditer(source):
            if m.lastgroup == 'space' or m.group('space'):
                continue
            kind = next(k for k in ('string', 'number', 'name', 'op') if m.group(k) is not None)
            text = m.group(kind)
            if kind == 'name' and text in WORDS:
                kind = 'word'
            self.tokens.append(Token(kind, text, m.start(), m.end()))
        self.n = len(self.tokens)
        self.match = self._brackets()

    def _brackets(self):
        match, opened = {}, []
        for i, t in enumerate(self.tokens):
            if t.kind == 'op' and t.text in CLOSES:
                opened.append(i)
            elif t.kind == 'op' and t.text in CLOSES.values():
                match[opened.pop()] = i
        return match

    def is_(self, i, *texts):
        return 0 <= i < self.n and self.tokens[i].kind != 'string' and self.tokens[i].text in texts

    def kind(self, i):
        return self.tokens[i].kind if 0 <= i < self.n else None

    def span(self, first, end):
        """From where token `first` begins to where the one before `end` ends, in characters."""
        return self.tokens[first].start, self.tokens[end - 1].end

    def suffixed(self, i):
        """The end of the name or call that begins at i, and whether it is a call."""
        called = False
        if self.is_(i, '('):
            i = self.match[i] + 1
        else:
            i += 1
        while i < self.n:
            if self.is_(i, '.', ':') and self.kind(i + 1) == 'name':
                i, called = i + 2, False
            elif self.is_(i, '['):
                i, called = self.match[i] + 1, False
            elif self.is_(i, '(', '{'):
                i, called = self.match[i] + 1, True
            elif self.kind(i) == 'string':
                i, called = i + 1, True
            else:
                break
        return i, called

    def block_end(self, i):
        """The word that closes the block which holds token i: end, else, elseif or until; n for the file's."""
        depth = 0
        while i < self.n:
            if depth == 0 and self.is_(i, 'end', 'else', 'elseif', 'until'):
                return i
            if self.is_(i, 'function', 'if', 'do', 'repeat'):
                depth += 1
            elif self.is_(i, 'end', 'until'):
                depth -= 1
            i += 1
        return self.n

    def expression(self, i):
        """The end of the expression that begins at i."""
        while True:
            while self.is_(i, 'not', '-', '#', '~'):
                i += 1
            if self.is_(i, 'function'):
                i = self.block_end(i + 1) + 1
            elif self.is_(i, '{'):
                i = self.match[i] + 1
            elif self.kind(i) == 'name' or self.is_(i, '('):
                i, _ = self.suffixed(i)
            else:
                i += 1
            if not (i < self.n and self.tokens[i].kind != 'string' and self.tokens[i].text in BINARY):
                return i
            i += 1

    def fields(self, i):
        """The fields of the table whose brace is token i."""
        found, end, i = [], self.match[i], i + 1
        while i < end:
            first, key = i, None
            if self.kind(i) == 'name' and self.is_(i + 1, '='):
                key, i = self.tokens[i].text, i + 2
            elif self.is_(i, '[') and self.is_(self.match[i] + 1, '='):
                key = self.tokens[i + 1].value if self.match[i] == i + 2 else None
                i = self.match[i] + 2
            stop = self.expression(i)
            found.append(Field(key, first, (i, stop), stop))
            i = stop + 1 if self.is_(stop, ',', ';') else stop
        return found

    def tables(self):
        """The braces of all tables."""
        return [i for i in range(self.n) if self.is_(i, '{')]

    def starts_statement(self, i):
        """Can a statement begin with the name at token i?"""
        before = self.tokens[i - 1] if i else None
        return (before is None or before.kind in ('string', 'number', 'name')
                or before.text in ('then', 'do', 'else', 'repeat', 'end', ';', ')', '}', ']', 'nil', 'true', 'false'))
