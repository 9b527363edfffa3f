-- expect: withheld-name
dofile("/etc/hostname") -- here
