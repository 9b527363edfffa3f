-- expect: withheld-name
load("return 1") -- here
