-- expect: not-utf8
tell { key = "k", vi = "\xff\xfe", en = "x" } -- here
