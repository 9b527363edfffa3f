"""Well-formed, self-contained, with a picture and a policy that lets nothing be fetched or run."""
import re
import sys
from html.parser import HTMLParser

VOID = {'meta', 'br', 'img', 'link', 'hr', 'input'}
text = open(sys.argv[1], encoding='utf-8').read()
stack, tags, bad = [], set(), []


class Check(HTMLParser):
    def handle_starttag(self, tag, attributes):
        tags.add(tag)
        if tag not in VOID:
            stack.append(tag)
        for name, value in attributes:
            if name.startswith('on') or name in ('src', 'srcset', 'action', 'data', 'formaction'):
                bad.append(f'{tag} {name}')
            if name in ('href', 'xlink:href') and not value.startswith('#'):
                bad.append(f'{tag} {name}={value}')

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID and (not stack or stack.pop() != tag):
            bad.append(f'</{tag}> closes nothing')


Check().feed(text)
print('open at the end:', stack)
print('wrong:', sorted(set(bad)))
print('foreign tags:', sorted(tags & {'script', 'img', 'iframe', 'object', 'link', 'form', 'b'}))
print('picture:', 'svg' in tags)
print('policy:', re.search(r"default-src 'none'; style-src 'unsafe-inline'; font-src data:", text) is not None)
print('fetched by style:', re.findall(r'url\((?!data:font/)|@import', text))
