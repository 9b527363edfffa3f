-- expect: endless
-- without: instructions = hangs
-- whole
while true do end -- here
