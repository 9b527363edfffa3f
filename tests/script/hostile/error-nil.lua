-- expect: error-object
error(nil) -- here
