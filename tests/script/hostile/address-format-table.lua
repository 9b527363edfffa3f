-- expect: no-text
("%s"):format(tell) -- here
