"""What a mutant is: one file, one small change in it, and the words to say which."""
import dataclasses
import re


@dataclasses.dataclass(frozen=True)
class Mutant:
    path: str       # below the top of the tree
    operator: str   # the kind of mistake
    line: int       # of the first change, from 1
    change: str     # what was changed, for a person
    edits: tuple    # (start, end, new text) in characters of the file, in order, not overlapping

    def apply(self, source):
        """The file's text with the mistake in it."""
        parts, at = [], 0
        for start, end, new in self.edits:
            parts += [source[at:start], new]
            at = end
        return ''.join(parts) + source[at:]


class Maker:
    """Collects the mutants of one file. What is taken out leaves its line breaks behind, so that no
    line further down gets another number: a test must see the mistake, not that lines have moved."""

    def __init__(self, path, source):
        self.path, self.source, self.mutants = path, source, []

    def add(self, operator, change, *edits):
        edits = sorted(edits)
        whole = []
        for a, b, new in edits:
            lines = self.source.count('\n', a, b)
            if new.count('\n') > lines:
                new = re.sub(r'\n\s*', ' ', new)
            whole.append((a, b, new + '\n' * (lines - new.count('\n'))))
        line = self.source.count('\n', 0, edits[0][0]) + 1
        self.mutants.append(Mutant(self.path, operator, line, change, tuple(whole)))

    def text(self, start, end):
        """A piece of the file on one line, cut short, for saying what was changed."""
        piece = re.sub(r'\s+', ' ', self.source[start:end]).strip()
        return piece if len(piece) <= 60 else piece[:57] + '…'
