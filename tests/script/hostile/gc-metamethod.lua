-- expect: withheld-name
-- without: words = hangs
setmetatable({}, { __gc = function() while true do end end }) -- here
collectgarbage()
