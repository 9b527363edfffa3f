-- expect: unknown-member
math.random() -- here
