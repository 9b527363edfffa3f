-- expect: runbook-error
-- without: kernel = done
-- words
assert(os.rename("build/hostile-journal.db", "build/hostile-journal.db")) -- here
