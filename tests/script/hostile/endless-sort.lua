-- expect: endless
-- without: instructions = hangs
local function never(a, b)
  while a ~= b do a = a end -- here
end
table.sort({ 3, 1, 2 }, never)
