-- expect: withheld-name
io.open("/etc/passwd") -- here
