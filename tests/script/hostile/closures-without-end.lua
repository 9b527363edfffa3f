-- expect: runbook-memory
local f
while true do
  local before = f
  f = function() return before end -- here
end
