-- expect: runbook-memory
-- without: memory = done
string.rep("x", 100000000) -- here
