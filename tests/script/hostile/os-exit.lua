-- expect: withheld-name
os.exit(0) -- here
