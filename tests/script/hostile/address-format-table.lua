-- expect: no-text
-- without: words tables = done
("%s"):format(tell) -- here
