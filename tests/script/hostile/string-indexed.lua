-- expect: runbook-error
local s = "x"
s.y = 1 -- here
