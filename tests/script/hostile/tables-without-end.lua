-- expect: runbook-memory
-- without: memory instructions = grows
local t = {}
while true do t = { t, {}, {} } end -- here
