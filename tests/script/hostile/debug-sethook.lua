-- expect: withheld-name
-- without: words = hangs
debug.sethook() -- here
while true do end
