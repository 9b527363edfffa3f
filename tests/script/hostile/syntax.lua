-- expect: runbook-syntax-missing
local = 3 -- here
