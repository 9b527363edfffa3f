-- expect: global-assigned
count = 1 -- here
