-- expect: runbook-error
-- without: kernel = done
-- words
assert(assert(io.popen("echo fork")):read() == "fork") -- here
