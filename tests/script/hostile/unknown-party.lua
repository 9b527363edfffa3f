-- expect: script-unknown-party
escalate { key = "k", vi = "x", en = "x", to = "oprations" } -- here
