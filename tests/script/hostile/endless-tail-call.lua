-- expect: endless
-- without: instructions = hangs
local function again()
  return again() -- here
end
again()
