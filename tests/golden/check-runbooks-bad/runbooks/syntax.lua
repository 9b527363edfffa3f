return runbook {
  id = "syntax",
  title = { vi = "Thiếu ngoặc", en = "A bracket is missing",
  version = 1,
}
