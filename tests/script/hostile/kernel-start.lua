-- expect: runbook-error
-- without: kernel = done
-- words
assert(os.execute("true")) -- here
