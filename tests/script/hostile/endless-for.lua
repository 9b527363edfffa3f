-- expect: endless
-- without: instructions = hangs
for _ = 1, math.huge do -- here
end
