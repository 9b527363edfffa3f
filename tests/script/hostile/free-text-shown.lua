-- expect: free-text-shown
-- answer: whatever
local note = ask { key = "note", vi = "x", en = "x", free = true }
tell { key = "k", vi = note, en = "x" } -- here
