-- expect: stack-overflow
local function deeper(n)
  return 1 + deeper(n + 1) -- here
end
deeper(1)
