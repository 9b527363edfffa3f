"""A desk: a folder with a journal, and commands on it at a given time of day."""
import os
import sqlite3
import subprocess

top = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
metronet = os.environ.get('METRONET', f'{top}/build/metronet')


class Desk:
    def __init__(self, folder, runbooks):
        self.folder, self.store = folder, f'{folder}/j.db'
        self.walk = ['--model', f'{top}/topology/tiny', '--runbooks', os.path.join(top, runbooks)]

    def start(self, at, *command, answers=None, actor='An'):
        args = [metronet, *command, '--store', self.store, '--lang', 'en', *self.walk]
        if command[0] in ('run', 'resume'):
            args += ['--as', actor]
        if answers is not None:
            path = f'{self.folder}/{actor}.txt'
            with open(path, 'w', encoding='utf-8') as f:
                f.write(''.join(a + '\n' for a in answers))
            args += ['--answers', path]
        return subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                text=True, env=dict(os.environ, LC_ALL='C.UTF-8', NO_COLOR='1',
                                                    MN_NOW=f'2026-11-22T{at}:00Z'))

    def run(self, at, *command, **how):
        p = self.start(at, *command, **how)
        return p.communicate()[0], p.returncode

    def events(self, incident, kind):
        with sqlite3.connect(self.store, timeout=10) as db:
            return db.execute("SELECT coalesce(payload ->> '$.answer.step', payload ->> '$.key'),"
                              " payload ->> '$.answer.value', actor FROM event WHERE incident = ? AND type = ?"
                              " ORDER BY seq", (incident, kind)).fetchall()
