-- The steps: small comfortable functions over one primitive, `host.step`, which asks and returns what
-- was answered. The host checks every field; here stands what holds when a runbook does not say.

local api = {}

local YES = { key = "yes", vi = "Có", en = "Yes" }
local NO = { key = "no", vi = "Không", en = "No" }
local CANNOT_TELL = { key = "cannot-tell", vi = "Không rõ, không xem được", en = "Cannot tell" }

local CHECKED = { YES, NO, CANNOT_TELL }
local DONE = {
  { key = "done", vi = "Đã làm xong", en = "Done" },
  { key = "cannot", vi = "Không làm được", en = "Cannot do it" },
}
local CALLED = {
  { key = "acknowledged", vi = "Đã nghe và nhận", en = "They answered and take it" },
  { key = "no-answer", vi = "Không liên lạc được", en = "No answer" },
}
local OFFERED = {
  { key = "accepted", vi = "Đã nhận bàn giao", en = "Accepted" },
  { key = "refused", vi = "Không nhận", en = "Refused" },
}
local VERIFIED = {
  { key = "yes", vi = "Có, đã hoạt động", en = "Yes, it works" },
  { key = "no", vi = "Chưa", en = "Not yet" },
}
-- What comes by itself: the clock's, an observation's.
local AWAITED = {
  overdue = { key = "overdue", vi = "Hết thời gian chờ", en = "The time is up" },
  news = { key = "news", vi = "Có tin mới liên quan", en = "News that concerns this incident" },
}
-- The child is closed, or the parent goes on without it.
local DELEGATED = {
  { key = "resolved", vi = "Sự cố con đã khắc phục", en = "The child incident is resolved" },
  { key = "cancelled", vi = "Sự cố con đã hủy", en = "The child incident is cancelled" },
  { key = "withdrawn", vi = "Không chờ nữa, xử lý tiếp ở đây", en = "Wait no longer, go on here" },
}
local DELEGATED_UNTIL = { DELEGATED[1], DELEGATED[2], DELEGATED[3], AWAITED.overdue }
local RESOLVED = {
  key = "resolved",
  vi = "Sự cố đã được khắc phục. Cảm ơn anh/chị.",
  en = "The incident is resolved. Thank you.",
}

-- A step of that kind; what it answers where the runbook lists no outcomes of its own. The call is no
-- tail call: the program looks for the runbook's line above this one.
local function step_of(kind, outcomes)
  return function(spec)
    local answer = host.step(kind, spec, outcomes)
    return answer
  end
end

api.tell = step_of("tell")
api.ask = step_of("ask")
api.check = step_of("check", CHECKED)
api.act = step_of("act", DONE)
api.checklist = step_of("checklist")
api.escalate = step_of("escalate", CALLED)
api.handover = step_of("handover", OFFERED)
api.verify = step_of("verify", VERIFIED)

function api.wait(spec)
  local outcomes
  if type(spec) == "table" and type(spec.any_of) == "table" then
    outcomes = {}
    for place, outcome in next, spec.any_of do
      outcomes[place] = AWAITED[outcome] or outcome
    end
  end
  local answer = host.step("wait", spec, outcomes)
  return answer
end

function api.delegate(spec)
  local until_then = type(spec) == "table" and spec.deadline ~= nil
  local answer = host.step("delegate", spec, until_then and DELEGATED_UNTIL or DELEGATED)
  return answer
end

function api.resolve(spec)
  if type(spec) == "table" then
    -- The caller's own table is never changed: a runbook may use it again.
    local said = {}
    for key, value in next, spec do
      said[key] = value
    end
    said.key = said.key or RESOLVED.key
    if said.vi == nil and said.en == nil then
      said.vi, said.en = RESOLVED.vi, RESOLVED.en
    end
    spec = said
  end
  local answer = host.step("resolve", spec)
  return answer
end

function api.runbook(spec)
  local described = host.describe("runbook", spec)
  return described
end

return api
