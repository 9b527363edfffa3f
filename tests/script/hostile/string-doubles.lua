-- expect: runbook-memory
-- without: memory = grows
local s = "x"
while true do s = s .. s end -- here
