-- expect: withheld-name
os.execute("true") -- here
