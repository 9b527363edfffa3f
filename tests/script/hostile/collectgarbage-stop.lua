-- expect: withheld-name
-- without: words = done
collectgarbage("stop") -- here
