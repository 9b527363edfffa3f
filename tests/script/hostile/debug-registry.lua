-- expect: withheld-name
debug.getregistry() -- here
