-- expect: withheld-name
-- without: words = hangs
while true do pcall(function() while true do end end) end -- here
