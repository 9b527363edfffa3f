-- expect: withheld-name
local t = setmetatable({}, { __len = function() return 2 ^ 50 end }) -- here
table.insert(t, 1, "x")
