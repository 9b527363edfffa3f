-- expect: runbook-error
string.format("%999d", 1) -- here
