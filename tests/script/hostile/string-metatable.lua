-- expect: withheld-name
getmetatable("").__index = nil -- here
