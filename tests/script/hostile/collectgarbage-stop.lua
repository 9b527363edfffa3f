-- expect: withheld-name
collectgarbage("stop") -- here
