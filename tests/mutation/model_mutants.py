"""The mistakes that are made in a model: what is named, what it is called, and what hangs on what."""
import yaml

from mutant import Maker

# Which lists and maps hold what a key's value names.
TEAMS, NODES, COMPONENTS = ('teams', 'roles'), ('nodes',), ('nodes', 'shared_risk')
NAMED_BY = {'by': TEAMS, 'to': TEAMS, 'team': ('teams',), 'teams': TEAMS, 'kind': ('kinds',), 'kinds': ('kinds',),
            'blueprint': ('blueprints',), 'powered_by': COMPONENTS, 'shared_risk': ('shared_risk',), 'hosts': NODES,
            'any_of': NODES, 'via': NODES, 'node': NODES, 'ends': NODES, 'at': NODES, 'endpoint': NODES,
            'repair': ('repairs',), 'shows': ('symptoms',), 'blocks': ('services',), 'services': ('services',),
            'service': ('services',), 'contract': ('contracts',), 'area': ('areas',), 'severity': ('severity',),
            'reference': ('regulations',)}
REDUNDANT = ('any_of', 'powered_by', 'members', 'shared_risk')


def read(source):
    return yaml.compose(source, Loader=yaml.SafeLoader)


def pairs(node):
    return [(k.value, v, k) for k, v in node.value] if isinstance(node, yaml.MappingNode) else []


def get(node, key):
    return next((v for k, v, _ in pairs(node) if k == key), None)


def entries(section):
    """What a list or a map of the model defines: (id, entry) in order."""
    if isinstance(section, yaml.SequenceNode):
        return [(get(e, 'id').value, e) for e in section.value if get(e, 'id') is not None]
    return [(k, v) for k, v, _ in pairs(section) if isinstance(v, yaml.MappingNode)]


def names(sources):
    """What all files of a model define: {section: {id: kind or None}}. The nodes of blueprints, which go by
    their local names, are a section `local`."""
    found = {}
    for source in sources:
        for section, node, _ in pairs(read(source)):
            for id_, entry in entries(node):
                kind = get(entry, 'kind')
                found.setdefault(section, {})[id_] = kind.value if kind else None
                if section == 'blueprints':
                    for local, value, _ in pairs(get(entry, 'nodes')):
                        found.setdefault('local', {})[local] = get(value, 'kind').value
    return found


def mutants(path, source, defined):
    """All mutants of the file; `defined` is what `names` gives of the whole model."""
    return Model(path, source, defined).all()


class Model(Maker):
    def __init__(self, path, source, defined):
        super().__init__(path, source)
        self.defined = defined
        self.root = read(source)
        self.local = False

    def all(self):
        for section, node, _ in pairs(self.root):
            self.local = section == 'blueprints'
            if section in ('network', 'include'):
                self.texts(node)
                continue
            if section == 'teams':
                for entry in node.value:
                    self.add('team removed', get(entry, 'id').value, self.without(node, entry))
            self.ids(node)
            self.ends(section, node)
            self.walk(section, None, node)
        return self.mutants

    def span(self, node):
        """Where the node's own text is: a block ends at its last word, not where the next one begins."""
        start, end = node.start_mark.index, node.end_mark.index
        while end > start:
            line = self.source.rfind('\n', 0, end) + 1
            if self.source[max(line, start):end].strip() and not self.source[max(line, start):end].lstrip().startswith('#'):
                break
            end = line - 1
        return start, end

    def said(self, node):
        return self.text(*self.span(node))

    def put(self, node, text):
        return (*self.span(node), text)

    def without(self, parent, child, key=None):
        """The edit that takes an entry of a list, or a pair of a map, out of its parent."""
        start, end = (key or child).start_mark.index, self.span(child)[1]
        if parent.flow_style:
            after = end + len(self.source[end:]) - len(self.source[end:].lstrip())
            if self.source[after] == ',':
                return start, after + 1, ''
            before = len(self.source[:start].rstrip())
            return (before - 1 if self.source[before - 1] == ',' else start), end, ''
        if key is None:     # "- " belongs to the entry
            start = self.source.rindex('-', 0, start)
        return start, end, ''

    def walk(self, key, parent, node):
        """Texts, references and redundancy anywhere below the node; `key` is the map's key that leads here."""
        if isinstance(node, yaml.MappingNode):
            self.dropped_texts(node)
            for k, v, at in pairs(node):
                if isinstance(v, yaml.ScalarNode) and (k in NAMED_BY or key == 'roles' and k not in ('id', 'name')):
                    self.reference(NAMED_BY.get(k, TEAMS), node, v, at)
                elif isinstance(v, yaml.ScalarNode) and k == 'requires':
                    self.reference(COMPONENTS + ('services',), node, v, at)
                self.walk(k, node, v)
        elif isinstance(node, yaml.SequenceNode):
            for child in node.value:
                if isinstance(child, yaml.ScalarNode):
                    sections = NAMED_BY.get(key) or {'requires': COMPONENTS + ('services',)}.get(key)
                    if key == 'members' or key in REDUNDANT and len(node.value) > 1:
                        self.add('redundancy member dropped', f'{key}: {child.value}', self.without(node, child))
                    if sections and key != 'ends':
                        self.reference(sections, node, child, None)
                    elif sections:
                        self.pointed_elsewhere(sections, child)
                self.walk(key, node, child)

    def reference(self, sections, parent, node, key):
        if self.pointed_elsewhere(sections, node) and not (key is None and len(parent.value) > 1
                                                           and sections in (NODES, COMPONENTS)):
            self.add('reference removed', f'{key.value + ": " if key else ""}{node.value}', self.without(parent, node, key))

    def pointed_elsewhere(self, sections, node):
        """To two others of the same sort: the next in the model's order of the same kind, and the next of any."""
        id_, _, port = node.value.partition(':')
        if self.local and sections in (NODES, COMPONENTS):
            sections = ('local',)
        for section in sections:
            ids = self.defined.get(section, {})
            if id_ not in ids:
                continue
            order = list(ids)
            others = order[order.index(id_) + 1:] + order[:order.index(id_)]
            alike = [o for o in others if ids[o] == ids[id_]]
            for other in dict.fromkeys(alike[:1] + others[:1]):
                new = f'{other}:{port}' if port else other
                self.add('reference to another', f'{node.value}: {new}', self.put(node, f'"{new}"'))
            return True
        return False

    def dropped_texts(self, node):
        for k, v, at in pairs(node):
            if k in ('vi', 'en') and isinstance(v, yaml.ScalarNode):
                self.add('text dropped', f'{k}: {self.said(v)}', self.without(node, v, at))
                self.add('text emptied', f'{k}: {self.said(v)}', self.put(v, '""'))
            elif get(v, 'vi') is not None and k not in ('name', 'title'):
                self.add('whole text dropped', f'{k}: {self.said(v)}', self.without(node, v, at))

    def texts(self, node):
        if isinstance(node, yaml.MappingNode):
            self.dropped_texts(node)
            for _, v, _ in pairs(node):
                self.texts(v)

    def ids(self, node):
        if not isinstance(node, yaml.SequenceNode):
            return
        found = [get(e, 'id') for e in node.value if get(e, 'id') is not None]
        for a, b in zip(found, found[1:]):
            self.add('id doubled', f'{b.value}: {a.value} too', self.put(b, f'"{a.value}"'))

    def swap(self, what, a, b):
        if a.value != b.value:
            self.add('link ends swapped', what, self.put(a, self.source[slice(*self.span(b))]),
                     self.put(b, self.source[slice(*self.span(a))]))

    def ends(self, section, node):
        """Two links of one kind get each other's far ends; two units, or one, each other's lines."""
        lists = [node] if section == 'links' else [l for _, b in entries(node) for l in [get(b, 'links')] if l] \
            if section == 'blueprints' else []
        for links in lists:
            for (a, one), (b, other) in zip(entries(links), entries(links)[1:]):
                if get(one, 'kind').value == get(other, 'kind').value:
                    self.swap(f'far ends of {a} and {b}', get(one, 'ends').value[1], get(other, 'ends').value[1])
        if section != 'sites':
            return
        units = [(id_, [(k, get(v, 'to') or v) for k, v, _ in pairs(get(e, 'lines'))]) for id_, e in entries(node)]
        units = [(id_, lines) for id_, lines in units if len(lines) > 1]
        for id_, lines in units:
            self.swap(f'lines of {id_}', lines[0][1], lines[1][1])
        for (a, one), (b, other) in zip(units, units[1:]):
            self.swap(f'{one[0][0]} lines of {a} and {b}', one[0][1], other[0][1])
