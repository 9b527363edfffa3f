-- expect: withheld-name
os.time() -- here
