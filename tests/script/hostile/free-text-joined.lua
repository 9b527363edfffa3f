-- expect: free-text-read
-- answer: whatever
local note = ask { key = "note", vi = "x", en = "x", free = true }
tell { key = "k", vi = "x" .. note, en = "x" } -- here
