-- expect: runbook-error
error("\27[31mred\27[0m \255\254") -- here
