-- expect: free-text-read
-- answer: free rm -rf /
local note = ask { key = "note", vi = "x", en = "x", free = true }
if note < "x" then tell {} end -- here
