-- expect: runbook-memory
-- without: memory instructions = grows
local f
while true do
  local before = f
  f = function() return before end -- here
end
