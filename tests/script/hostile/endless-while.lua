-- expect: endless
while true do end -- here
