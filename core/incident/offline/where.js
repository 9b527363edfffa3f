// Where the subject lies: the way in words, and the pictures, which fit the screen or are as large as on paper.

// A line of the way, "( )  26740/pc   Máy tính": on a narrow screen the name stands below what it names.
function way_line(line) {
    var parts = /^(.{5}\S+)( +)(.+)$/.exec(line);
    function gap(blanks) {
        return el('span', { 'class': 'gap' }, blanks);
    }
    return el('span', { 'class': 'line' }, parts ?
        [parts[1], gap(parts[2]), el('span', { 'class': 'name' }, parts[3]), gap('\n')] : [line, gap('\n')]);
}

// Each picture gets a button above it, in its language.
function add_enlarging() {
    Array.prototype.forEach.call(document.querySelectorAll('figure.picture'), function (figure) {
        var lang = figure.getAttribute('lang'), large = false;
        var button = el('button', { type: 'button', 'class': 'second enlarge', lang: lang, click: function () {
            large = !large;
            figure.className = large ? 'picture large' : 'picture';
            button.textContent = say(lang, large ? 'page_fit' : 'page_enlarge');
        } }, say(lang, 'page_enlarge'));
        figure.parentNode.insertBefore(button, figure);
    });
}

function show_where(lang) {
    var way = DATA.way[lang], put = function (id, value) {
        document.getElementById(id).textContent = value;
    };
    put('where_name', say(lang, 'page_pictures'));
    put('way_name', way ? say(lang, DATA.way.reserve ? 'where_alternative' : 'where_in_use') : '');
    put('no_pictures', document.querySelector('figure.picture') ? '' : say(lang, 'page_no_pictures'));
    way.replace(/\n$/, '').split('\n').forEach(function (line) {
        this.appendChild(way_line(line));
    }, empty(document.getElementById('way')));
    document.getElementById('where').hidden = false;
}
