-- expect: withheld-name
-- without: words = hangs
local t = setmetatable({}, { __len = function() return 2 ^ 50 // 1 | 0 end }) -- here
table.insert(t, 1, "x")
