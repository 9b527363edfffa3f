-- expect: runbook-error
-- without: kernel = done
-- words
assert(io.open("build/hostile-journal.db")) -- here
