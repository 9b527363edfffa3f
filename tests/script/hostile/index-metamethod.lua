-- expect: withheld-name
setmetatable({}, { __index = function(t, k) return t[k] end }) -- here
