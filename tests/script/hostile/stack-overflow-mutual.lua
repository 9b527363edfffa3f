-- expect: stack-overflow
-- without: depth = runbook-memory
local b
local function a() return (b()) end
function b() return (a()) end
a()
