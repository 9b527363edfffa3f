-- expect: runbook-time
string.rep("", 2 ^ 60) -- here
