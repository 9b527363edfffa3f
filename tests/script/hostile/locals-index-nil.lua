-- expect: index-nil
local t = {}
local x = t.a.b -- here
