-- expect: withheld-name
-- without: words instructions = hangs
local t = setmetatable({}, { __index = function() while true do end end }) -- here
t = t.x
