-- Runbooks and the library's modules are written against these words only: what core/script gives.
std = "none"
max_line_length = 120
local words = {
  -- Lua, as far as it is given
  "assert", "error", "ipairs", "next", "pairs", "require", "select", "tonumber", "tostring", "type",
  "math", "string", "table", "utf8",
  -- the library of runbooks
  "act", "ask", "check", "checklist", "escalate", "handover", "resolve", "runbook", "tell", "verify",
  "delegate", "wait",
}
read_globals = words
exclude_files = { "tests/script/hostile", "tests/golden" }
-- What makes the language itself sees more.
local inner = { "host", "rawget" }
files["lua/metronet/base.lua"] = { read_globals = inner }
files["lua/metronet/steps.lua"] = { read_globals = inner }
-- Types for editors: declarations only.
files["lua/meta"] = { globals = words, unused_args = false }
