-- expect: runbook-error
-- without: kernel = done
-- words
assert(io.open("/etc/passwd")) -- here
