-- expect: error-object
error({ "not a string" }) -- here
