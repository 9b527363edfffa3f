-- expect: endless
-- without: instructions = hangs
local s = "" for _ = 1, 1e12 do s = ("a"):rep(3) end -- here
