-- expect: runbook-memory
string.rep("x", 1000000000) -- here
