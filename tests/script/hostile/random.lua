-- expect: unknown-member
-- without: words = done
math.random() -- here
