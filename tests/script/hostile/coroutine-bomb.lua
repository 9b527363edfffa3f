-- expect: withheld-name
while true do coroutine.wrap(function() end)() end -- here
