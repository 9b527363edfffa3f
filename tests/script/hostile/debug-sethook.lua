-- expect: withheld-name
debug.sethook() -- here
