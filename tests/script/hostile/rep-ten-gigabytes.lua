-- expect: string-too-large
string.rep("x", 10000000000) -- here
