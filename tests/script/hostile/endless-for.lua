-- expect: endless
for _ = 1, math.huge do -- here
end
