-- expect: script-control-character
-- without: fields = done
tell { key = "k", vi = "\27[2J", en = "x" } -- here
