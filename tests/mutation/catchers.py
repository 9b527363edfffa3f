"""What may catch a mutant, cheapest first: `metronet check`, luacheck, exploring, and the tests that use
the file. Also the rule that tells when a mutant is none, because it behaves as the original does."""
import glob
import json
import os
import re
import subprocess

# A hash in a test's output tells that something changed, never what: it does not count.
HASH = re.compile(r'\b[0-9a-f]{8,64}\b')
MODELS = ('topology/hcmc', 'topology/tiny')
# The tests that look at these files and take seconds; the others could only catch more.
UNIT_TESTS = {'runbooks': ['runbooks'], 'topology/tiny': ['facts', 'analysis'], 'topology/hcmc': []}
SCRIPT_TESTS = {'runbooks': ['test_walks'], 'topology/tiny': [], 'topology/hcmc': ['test_units']}


class Workspace:
    """A copy of the tree, with what was built, in which one file at a time is changed."""

    def __init__(self, top):
        self.top = top
        self.metronet = os.path.join(top, 'build', 'metronet')
        self.env = dict(os.environ, LC_ALL='C.UTF-8', TZ='UTC', NO_COLOR='1', METRONET=self.metronet,
                        CMOCKA_MESSAGE_OUTPUT='stdout', HOME=os.path.join(top, 'build'),
                        XDG_STATE_HOME=os.path.join(top, 'build', 'state'))
        for name in ('MN_NOW', 'MN_UTC_OFFSET', 'MN_MODEL', 'MN_RUNBOOKS', 'MN_UNITS', 'PAGER', 'UPDATE', 'BUILD'):
            self.env.pop(name, None)

    def read(self, path):
        with open(os.path.join(self.top, path), encoding='utf-8') as f:
            return f.read()

    def write(self, path, text):
        with open(os.path.join(self.top, path), 'w', encoding='utf-8') as f:
            f.write(text)

    def run(self, *command, timeout=300):
        """(exit status, all output); a command that does not end has failed."""
        try:
            p = subprocess.run(command, cwd=self.top, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, timeout=timeout, check=False)
            return p.returncode, p.stdout.decode(errors='replace')
        except subprocess.TimeoutExpired:
            return 124, ''

    def ask(self, *command):
        status, output = self.run(self.metronet, *command, '--json')
        try:
            return status, json.loads(output)
        except ValueError:
            return status, output

    def runbook_at(self, path):
        """The entry in the catalogue of the runbook in this file."""
        _, listed = self.ask('list', 'runbooks')
        return next(r for r in listed['runbooks'] if 'runbooks/' + r['file'] == path)


def room(path):
    return next(r for r in UNIT_TESTS if path.startswith(r + '/'))


# ---- each takes (workspace, path of the changed file) and tells whether it fails

def check(w, path):
    """Errors, and warnings too: without a mistake there are none."""
    models = [room(path)] if room(path) in MODELS else MODELS
    for model in models:
        status, said = w.ask('check', '--model', model)
        if status or said['diagnostics']:
            return True
    return False


def luacheck(w, path):
    """But for what it says of blanks, which a mistake made here leaves behind."""
    return path.endswith('.lua') and w.run('luacheck', '--quiet', path, '--ignore', '6')[0] != 0


def explore(w, path):
    """`metronet check --explore`, with the other runbooks out of the way."""
    if not path.endswith('.lua'):
        return False
    folder = os.path.join(w.top, 'build', 'one')
    os.makedirs(folder, exist_ok=True)
    for old in glob.glob(folder + '/*'):
        os.unlink(old)
    w.write(os.path.join('build', 'one', os.path.basename(path)), w.read(path))
    status, said = w.ask('check', '--explore', '--runbooks', folder)
    return status != 0 or bool(said['diagnostics'])


def goldens(w, path):
    """The golden tests that use the file: of a runbook those that name it, of a model those that read it."""
    found = []
    if path.endswith('.lua'):
        name = re.search(r'\bid = "([^"]+)"', w.read(path))
        uses = re.compile(rf' {re.escape(name.group(1))} ' if name else '$^')
    elif room(path) == 'topology/tiny':
        uses = re.compile('topology/tiny')
    else:
        uses = re.compile(r'topology/hcmc|\A(?!.*(--model|MN_MODEL=|model=))', re.S)
    for cmd in sorted(glob.glob(os.path.join(w.top, 'tests', 'golden', '*', 'cmd'))):
        with open(cmd, encoding='utf-8') as f:
            if uses.search(f.read()):
                found.append(os.path.basename(os.path.dirname(cmd)))
    return found


def golden_fails(w, name):
    status, output = w.run('tests/golden/run', name)
    lines = [HASH.sub('HASH', line) for line in output.split('\n')]
    gone = [line[1:] for line in lines if line[:1] == '-' and line[:3] != '---']
    come = [line[1:] for line in lines if line[:1] == '+' and line[:3] != '+++']
    return status != 0 and gone != come


def flow(w, path):
    """The golden tests that tell a whole runbook, or a whole model, in words."""
    return any(golden_fails(w, name) for name in goldens(w, path) if name.startswith(('flow-', 'model-in-words-')))


QUICK = ('list-', 'show-', 'path-', 'impact-', 'runbook-', 'explore-chart', 'draw-files', 'draw-links')


def golden(w, path):
    return any(golden_fails(w, name) for name in goldens(w, path) if name.startswith(QUICK))


def script(w, path):
    return any(w.run(f'tests/script/{t}')[0] != 0 for t in SCRIPT_TESTS[room(path)])


def unit(w, path):
    return any(w.run(f'build/tests/unit/test_{t}')[0] != 0 for t in UNIT_TESTS[room(path)])


CATCHERS = {'check': check, 'luacheck': luacheck, 'explore': explore, 'whole': flow, 'golden': golden,
            'script': script, 'unit': unit}


# ---- what is no mistake

class Original:
    """What the unchanged files do, asked for once and as far as it is needed."""

    def __init__(self, workspace):
        self.w, self.known = workspace, {}

    def behaves_as(self, w, path):
        """Does the changed file in the workspace do the same as the unchanged one?"""
        told, more = self.known.setdefault(path, ([], behaviour(self.w, path)))
        for i, said in enumerate(behaviour(w, path)):
            if i == len(told):
                told.append(next(more, None))
            if told[i] != said:
                return False
        return True


def behaviour(w, path):
    """Yields, bit by bit, all that a file does. Of a model it is the hash, which is over everything that was
    loaded. A runbook is a function of model, incident and answers, so it is its entry in the catalogue and
    every step and way, in both models, for a subject of each sort (kind, and type of unit), and for the first of
    them also with each symptom that the file names: it can tell no others apart."""
    if not path.endswith('.lua'):
        yield w.run(w.metronet, 'check', '--hash', '--model-only', '--model', room(path))
        return
    runbook = w.runbook_at(path)
    yield runbook
    for model in MODELS:
        subjects = subjects_of(w, model, runbook['applies_to'])
        for subject in subjects:
            yield w.run(w.metronet, 'explore', runbook['id'], subject, '--model', model, '--json')
        for symptom in w.ask('list', 'symptoms', '--model', model)[1]['symptoms'] if subjects else ():
            if re.search(rf'\b{symptom["id"]}\b', w.read(path)):
                yield w.run(w.metronet, 'explore', runbook['id'], subjects[0], '--symptom', symptom['id'],
                            '--model', model, '--json')
    yield 'all'


def subjects_of(w, model, applies_to):
    sites = {s['id']: s['type'] for s in w.ask('list', 'sites', '--model', model)[1]['sites']}
    if applies_to.get('services'):
        first = {kind: id_ for id_, kind in reversed(sites.items())}
        return [id_ for kind, id_ in first.items() if kind in ('ward', 'commune', 'special-zone')]
    kinds = applies_to.get('kinds') or [applies_to.get('kind')]
    first = {}
    for c in w.ask('list', 'components', '--model', model)[1]['components']:
        if c['kind'] in kinds:
            first.setdefault((c['kind'], sites.get(c['site'])), c['id'])
    return list(first.values())
