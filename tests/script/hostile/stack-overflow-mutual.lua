-- expect: stack-overflow
local b
local function a() return (b()) end
function b() return (a()) end
a()
