-- expect: stack-overflow
local function again(s) return (string.gsub(s, ".", again)) end -- here
again("x")
