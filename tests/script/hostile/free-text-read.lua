-- expect: free-text-read
-- answer: whatever
local note = ask { key = "note", vi = "x", en = "x", free = true }
local s = note.value -- here
