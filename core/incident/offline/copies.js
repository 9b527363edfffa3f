// A second copy of each record, on disk at once: what localStorage keeps may reach the disk only
// some seconds later, and a power cut would take the last answers. Where a browser has no such
// store, the first copy must do.
var COPIES = 'records';
var copies = null; // the database, once it is open

function copies_for(mode) {
    return copies.transaction(COPIES, mode, { durability: 'strict' }).objectStore(COPIES);
}

function copy_record(record) {
    try {
        if (copies)
            copies_for('readwrite').put(JSON.stringify(record), record.id);
    } catch (e) {}
}

// Whether the first copy lacked something of that one, which now it has.
function bring_back(text) {
    try {
        var record = JSON.parse(text), there = read_record(record.id);
        if (there && there.events.length >= record.events.length)
            return false;
        localStorage.setItem(PREFIX + record.id, text);
        return true;
    } catch (e) {
        return false;
    }
}

// Calls `then` if records came back.
function open_copies(then) {
    try {
        var request = indexedDB.open('metronet-page', 1);
        request.onupgradeneeded = function () {
            request.result.createObjectStore(COPIES);
        };
        request.onsuccess = function () {
            copies = request.result;
            var all = copies_for('readonly').getAll();
            all.onsuccess = function () {
                if (all.result.filter(bring_back).length)
                    then();
            };
        };
    } catch (e) {}
}
