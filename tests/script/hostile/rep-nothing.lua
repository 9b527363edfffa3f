-- expect: runbook-time
-- without: time = hangs
string.rep("", 2 ^ 60) -- here
