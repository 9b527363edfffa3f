-- expect: endless
-- whole
while true do end -- here
