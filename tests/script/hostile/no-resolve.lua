-- expect: no-resolve
tell { key = "k", vi = "x", en = "x" }
-- answer: ok
do return end
