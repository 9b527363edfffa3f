-- expect: runbook-syntax
local = 3 -- here
