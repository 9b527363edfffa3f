-- expect: endless
local function again()
  return again() -- here
end
again()
