-- expect: unknown-field
local t = { vi = "x", en = "x" }
t.why = t
tell { key = "k", vi = "x", en = "x", why = t } -- here
