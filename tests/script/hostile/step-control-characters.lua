-- expect: script-control-character
tell { key = "k", vi = "\27[2J", en = "x" } -- here
