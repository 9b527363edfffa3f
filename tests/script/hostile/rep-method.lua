-- expect: string-too-large
local s = ("x"):rep(10000000000) -- here
