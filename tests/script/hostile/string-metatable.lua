-- expect: withheld-name
-- without: words tables = done
getmetatable("").__index = nil -- here
