-- expect: endless
-- without: instructions = hangs
while true do end -- here
