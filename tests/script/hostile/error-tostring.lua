-- expect: withheld-name
-- without: words instructions = hangs
error(tostring(setmetatable({}, { __tostring = function() while true do end end }))) -- here
