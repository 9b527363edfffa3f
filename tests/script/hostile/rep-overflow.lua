-- expect: string-too-large
string.rep("xy", 2 ^ 62) -- here
