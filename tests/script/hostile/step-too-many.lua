-- expect: many-choices
local outcomes = {}
for i = 1, 1000000 do
  outcomes[i] = false
end
local o = { key = "k", vi = "x", en = "x" }
for i = 1, 2000 do outcomes[i] = { key = "k" .. i, vi = o.vi, en = o.en } end
ask { key = "k", vi = "x", en = "x", outcomes = outcomes } -- here
