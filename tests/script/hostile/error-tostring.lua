-- expect: withheld-name
error(setmetatable({}, { __tostring = function() while true do end end })) -- here
