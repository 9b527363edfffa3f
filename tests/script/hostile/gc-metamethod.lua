-- expect: withheld-name
setmetatable({}, { __gc = function() while true do end end }) -- here
