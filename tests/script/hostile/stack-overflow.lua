-- expect: stack-overflow
-- without: depth = runbook-memory
local function deeper(n)
  return 1 + deeper(n + 1) -- here
end
deeper(1)
