-- Passages that several runbooks walk through: power, cables, security signs, handing up.

local passages = {}

-- The way out of every question: nobody is forced to guess.
passages.cannot_tell = {
  key = "cannot-tell",
  vi = "Không rõ, không xem được",
  en = "Cannot tell, cannot look",
}

-- Who is meant by a role, in the words of a sentence.
local ROLES = {
  area = { vi = "trung tâm hỗ trợ khu vực", en = "the area support centre" },
  operations = {
    vi = "bộ phận vận hành của Trung tâm Chuyển đổi số",
    en = "operations at the Digital Transformation Centre",
  },
  carrier = { vi = "doanh nghiệp viễn thông", en = "the carrier" },
  security = { vi = "đội an toàn thông tin", en = "the security team" },
  meetings = {
    vi = "bộ phận vận hành hệ thống hội nghị trực tuyến",
    en = "the team that runs the online meeting system",
  },
  signature = {
    vi = "đầu mối chữ ký số của Trung tâm Chuyển đổi số",
    en = "the Digital Transformation Centre's contact point for digital signatures",
  },
  cipher = { vi = "Ban Cơ yếu Chính phủ", en = "the Government Cipher Committee" },
  lead = { vi = "trưởng ca trực", en = "the shift lead" },
}

local function role_name(role)
  return ROLES[role] or { vi = "đội " .. role, en = "team " .. role }
end

-- The unit an incident is in, as it is said on the telephone: its name and its code.
function passages.unit(incident)
  local site = incident.subject.site
  if not site then
    return { vi = "đơn vị", en = "the unit" }
  end
  return {
    vi = site.name.vi .. " (mã " .. site.id .. ")",
    en = site.name.en .. " (code " .. site.id .. ")",
  }
end

-- The part of the unit's office that a step is about ("converter"), if the office has it.
function passages.part(incident, name)
  local site = incident.site
  return site and site.nodes[name]
end

-- What was seen, as it is said on the telephone: `what` (a text) and the chosen outcome's words.
function passages.seen(what, outcomes, key)
  for _, outcome in ipairs(outcomes) do
    if outcome.key == key then
      return {
        vi = what.vi .. ": " .. outcome.vi .. ".",
        en = what.en .. ": " .. outcome.en .. ".",
      }
    end
  end
end

-- Smoke, water, a swollen battery: people first. Nothing is tried after this.
function passages.danger(incident)
  local unit = passages.unit(incident)
  tell {
    key = "danger",
    vi = "Dừng lại, không chạm vào thiết bị. Mời mọi người ra khỏi phòng, đóng cửa. Có khói hoặc "
      .. "lửa thì gọi lực lượng phòng cháy chữa cháy ngay. Báo lãnh đạo đơn vị và bảo vệ trụ sở. "
      .. "Không tự mở tủ điện.",
    en = "Stop, touch nothing. Ask everybody to leave the room and close the door. If there is "
      .. "smoke or fire, call the fire brigade at once. Tell the head of the unit and the guard. "
      .. "Do not open the breaker box yourself.",
    why = {
      vi = "Ắc quy phồng, thiết bị cháy hoặc nước chạm điện gây nguy hiểm cho người.",
      en = "A swollen battery, a burning device or water on mains is a danger to people.",
    },
  }
  passages.hand_up {
    levels = { "area", "operations" },
    ask_for = {
      vi = "Đề nghị cử người đến " .. unit.vi .. ": tủ mạng có dấu hiệu cháy, nóng hoặc ngấm "
        .. "nước. Chúng tôi không chạm vào thiết bị.",
      en = "Please send somebody to " .. unit.en .. ": the network cabinet shows signs of fire, "
        .. "heat or water. We touch nothing.",
    },
    works = {
      vi = "Người có chuyên môn đã xác nhận an toàn và mạng của trụ sở đã dùng lại được chưa?",
      en = "Has a qualified person said that it is safe, and does the office's network work again?",
    },
    urgent = true,
  }
end

-- Signs of an attack: keep the evidence, cut the network, let the security team lead.
function passages.security(incident)
  local unit = passages.unit(incident)
  local unplugged = act {
    key = "security-unplug",
    vi = "Rút dây mạng, hoặc tắt Wi-Fi, của máy có dấu hiệu lạ. ĐỂ MÁY VẪN BẬT.",
    en = "Unplug the network cable, or turn off Wi-Fi, of the machine that behaves oddly. LEAVE "
      .. "IT POWERED.",
    how = {
      vi = "Không tắt, không khởi động lại, không quét, không xóa, không cắm USB, không đăng nhập "
        .. "quản trị.",
      en = "Do not shut down, restart, scan, delete, plug in a USB drive or log in as "
        .. "administrator.",
    },
    why = {
      vi = "Dấu vết nằm trong bộ nhớ của máy, tắt máy là mất. Rút mạng thì kẻ tấn công không đi "
        .. "tiếp.",
      en = "The traces are in the machine's memory and vanish with the power. Without network the "
        .. "attacker gets no further.",
    },
    interrupts = {
      vi = "Chỉ máy đó mất mạng, các máy khác vẫn làm việc.",
      en = "Only that machine loses the network; the others go on working.",
    },
    undo = {
      vi = "Không tự cắm lại. Chỉ nối lại khi đội an toàn thông tin cho phép.",
      en = "Do not plug it in again yourself: only when the security team allows it.",
    },
    minutes = 1,
  }
  if unplugged == "cannot" then
    tell {
      key = "security-leave",
      vi = "Không rút được thì để nguyên, không ai dùng máy đó nữa. Nói điều này đầu tiên khi gọi "
        .. "đội an toàn thông tin. Vẫn không tắt máy khi chưa có hướng dẫn.",
      en = "If it cannot be unplugged, leave it and let nobody use it. Say this first when you "
        .. "call the security team. Still do not power it off until they say so.",
    }
  end
  checklist {
    key = "security-evidence",
    vi = "Giữ bằng chứng trước khi gọi:",
    en = "Keep the evidence before you call:",
    items = {
      {
        key = "photo",
        vi = "Chụp màn hình bằng điện thoại, thấy rõ giờ",
        en = "Photograph the screen with a phone, the clock readable",
      },
      {
        key = "time",
        vi = "Ghi giờ phát hiện và ai đang dùng máy",
        en = "Write down when it was noticed and who was using the machine",
      },
      {
        key = "head",
        vi = "Báo lãnh đạo đơn vị",
        en = "Tell the head of the unit",
      },
      {
        key = "quiet",
        vi = "Báo bằng điện thoại, không gửi thư từ máy hoặc tài khoản nghi ngờ",
        en = "Report by telephone, not by mail from the machine or account in question",
      },
    },
  }
  passages.hand_up {
    levels = { "security", "operations" },
    ask_for = {
      vi = "Báo dấu hiệu mất an toàn thông tin tại " .. unit.vi .. ". Máy đã rút mạng và vẫn để "
        .. "nguồn. Đề nghị hướng dẫn và báo đơn vị giám sát an ninh mạng của Công an Thành phố.",
      en = "A security sign at " .. unit.en .. ". The machine is off the network and still "
        .. "powered. Please lead us, and tell the City Police's monitoring.",
    },
    works = {
      vi = "Đội an toàn thông tin đã cho phép nối lại và máy làm việc bình thường chưa?",
      en = "Has the security team allowed the machine back, and does it work normally?",
    },
    urgent = true,
  }
end

-- Power of one small device, from the UPS to its adapter.
-- device = {key, vi, en}. Returns "tried" (something was changed), "nothing" (nothing found or
-- nothing could be done), "no-mains" (the building has no power) or "danger".
function passages.power(device)
  local ups = check {
    key = device.key .. "-ups",
    vi = "Nhìn bộ lưu điện (UPS) cấp điện cho " .. device.vi .. ". UPS thế nào?",
    en = "Look at the UPS that feeds " .. device.en .. ". How is it?",
    how = {
      vi = "Nghe tiếng bíp, xem đèn, ngửi và nhìn vỏ. Chưa chạm vào gì.",
      en = "Listen for beeps, look at its lights, smell, look at the case. Touch nothing yet.",
    },
    why = {
      vi = "Phân biệt mất điện lưới, hỏng UPS và hỏng bộ nguồn của thiết bị.",
      en = "It tells mains, UPS and the device's own adapter apart.",
    },
    outcomes = {
      { key = "on", vi = "Sáng bình thường, không kêu", en = "On as usual, silent" },
      { key = "beeping", vi = "Kêu bíp (đang chạy ắc quy)", en = "Beeping (on battery)" },
      { key = "off", vi = "Tắt hẳn", en = "Off" },
      { key = "hot", vi = "Nóng, phồng, có mùi khét", en = "Hot, swollen or smelling burnt" },
      { key = "none", vi = "Không có UPS", en = "There is no UPS" },
      passages.cannot_tell,
    },
    minutes = 1,
  }
  if ups == "hot" then
    return "danger"
  end

  local socket = check {
    key = device.key .. "-socket",
    vi = "Cắm thử sạc điện thoại vào ổ điện tường cấp cho " .. device.vi .. ". Có điện không?",
    en = "Plug a phone charger into the wall socket that feeds " .. device.en .. ". Is there "
      .. "power?",
    why = {
      vi = "Ổ mất điện thì sửa ổ; ổ có điện mà thiết bị tối thì bộ nguồn hỏng.",
      en = "A dead socket is mended at the socket; a dark device at a live one has a dead adapter.",
    },
    how = {
      vi = "Đèn trần sáng chưa chắc ổ cắm có điện. Không mở tủ điện, không tự đóng aptomat.",
      en = "The ceiling light may be on while the socket is dead. Do not open the breaker box or "
        .. "switch a breaker yourself.",
    },
    outcomes = {
      { key = "live", vi = "Có điện", en = "There is power" },
      { key = "dead", vi = "Ổ này không có điện, chỗ khác có", en = "Dead here, alive elsewhere" },
      { key = "no-mains", vi = "Cả trụ sở mất điện", en = "The whole building is without power" },
      passages.cannot_tell,
    },
    minutes = 2,
  }
  if socket == "no-mains" then
    act {
      key = device.key .. "-shed-load",
      vi = "Rút khỏi UPS mọi thứ trừ bộ chuyển đổi quang điện, thiết bị định tuyến, tường lửa và "
        .. "thiết bị chuyển mạch. Hỏi phụ trách trụ sở khi nào có điện, có máy phát không.",
      en = "Unplug from the UPS everything but the optical converter, the router, the firewall "
        .. "and the switch. Ask the building's caretaker when power returns and if there is a "
        .. "generator.",
      interrupts = {
        vi = "Máy in, màn hình, máy tính đang cắm nhờ UPS sẽ tắt: lưu việc đang làm trước.",
        en = "Printers, displays and PCs on the UPS go off: save open work first.",
      },
      undo = {
        vi = "Cắm lại vào ổ tường khi có điện.",
        en = "Plug them into the wall when power is back.",
      },
      minutes = 3,
    }
    return "no-mains"
  end
  if socket == "dead" or ups == "off" or ups == "beeping" then
    local moved = act {
      key = device.key .. "-other-socket",
      vi = "Cắm nguồn của " .. device.vi .. " (hoặc UPS) sang ổ đang có điện.",
      en = "Plug " .. device.en .. " (or the UPS) into a live socket.",
      how = {
        vi = "Bật công tắc, chờ 3 phút. Nhờ phụ trách điện của trụ sở xem ổ cũ.",
        en = "Switch on, wait 3 minutes. Have the building's electrician look at the old socket.",
      },
      interrupts = {
        vi = "Không gián đoạn thêm: thiết bị đang tắt. Không kéo dây qua lối đi.",
        en = "Nothing more: the device is already off. Lay no cable across a passage.",
      },
      undo = {
        vi = "Cắm lại ổ cũ khi đã sửa.",
        en = "Back to the old socket once it is repaired.",
      },
      minutes = 5,
    }
    return moved == "done" and "tried" or "nothing"
  end

  local reseated = act {
    key = device.key .. "-adapter",
    vi = "Cắm chặt lại giắc nguồn của " .. device.vi .. "; vẫn tắt thì thay bộ nguồn dự phòng.",
    en = "Push the power plug of " .. device.en .. " home; still dark: put in a spare adapter.",
    how = {
      vi = "Chụp ảnh trước. Bộ nguồn dự phòng phải GIỐNG HỆT điện áp, dòng và đầu cắm ghi trên "
        .. "nhãn: sai điện áp có thể làm cháy thiết bị, không chắc thì chọn không làm được. Chờ 3 "
        .. "phút rồi xem đèn.",
      en = "Take a photo first. A spare adapter must have EXACTLY the voltage, current and plug "
        .. "on the label: a wrong voltage can burn the device; if unsure, answer that you cannot. "
        .. "Wait 3 minutes, then look at the lights.",
    },
    why = {
      vi = "Bộ nguồn hỏng là nguyên nhân hay gặp nhất khi đèn tắt hết.",
      en = "A dead adapter is the commonest cause of dark lights.",
    },
    interrupts = {
      vi = "Không gián đoạn thêm: thiết bị đang tắt.",
      en = "Nothing more: the device is already off.",
    },
    undo = { vi = "Cắm lại bộ nguồn cũ.", en = "Put the old adapter back." },
    minutes = 8,
  }
  return reseated == "done" and "tried" or "nothing"
end

-- Copper between two boxes: out, in, another cable. cable = {key, vi, en}, the words for "between A
-- and B". Returns true when it was done.
function passages.reseat(cable)
  return act {
    key = cable.key,
    vi = "Rút và cắm lại dây mạng " .. cable.vi .. "; đèn vẫn tắt thì thay dây khác.",
    en = "Unplug and replug the network cable " .. cable.en .. "; light still off: use another "
      .. "cable.",
    how = {
      vi = "Chụp ảnh trước. Từng đầu một, cắm đến khi nghe tiếng tách. Chờ 1 phút rồi xem đèn.",
      en = "Take a photo first. One end at a time, until it clicks. Wait 1 minute, then look.",
    },
    interrupts = {
      vi = "Những gì đi qua sợi dây này ngừng dưới 1 phút.",
      en = "What goes through this cable, for under a minute.",
    },
    undo = {
      vi = "Cắm lại đúng cổng như trong ảnh.",
      en = "Back into the same port as in the photo.",
    },
    minutes = 4,
  } == "done"
end

-- Off, 30 seconds, on: one device, once. device = {key, vi, en}. Returns true when it was done.
function passages.restart(device)
  return act {
    key = "restart-" .. device.key,
    vi = "Tắt nguồn " .. device.vi .. " 30 giây rồi bật lại, chỉ MỘT lần.",
    en = "Power " .. device.en .. " off for 30 seconds and on again, ONCE.",
    how = {
      vi = "KHÔNG làm khi đang họp trực tuyến, khi có dấu hiệu mất an toàn thông tin, hoặc khi "
        .. "khu vực đang cập nhật thiết bị. Chụp ảnh đèn trước. Bật lại rồi chờ 5 phút.",
      en = "NOT during an online meeting, not with a security sign, not while the area centre is "
        .. "updating it. Photograph the lights first. Wait 5 minutes after it is on.",
    },
    interrupts = {
      vi = "Mọi kết nối đi qua thiết bị ngừng 3–5 phút. Báo các quầy lưu việc đang làm.",
      en = "Everything behind it, for 3–5 minutes. Tell the counters to save their work.",
    },
    undo = {
      vi = "Không hoàn tác được; so đèn với ảnh đã chụp và nói rõ khi gọi.",
      en = "It cannot be undone; compare the lights with the photo and say so when you call.",
    },
    minutes = 7,
  } == "done"
end

-- What to have at hand before calling anybody. Returns since when, to be quoted.
local function gather(call)
  if call.at_hand then
    tell { key = "at-hand", vi = call.at_hand.vi, en = call.at_hand.en, minutes = 3 }
  end
  local since = ask {
    key = "since",
    free = true,
    vi = "Hiện tượng bắt đầu lúc nào?",
    en = "Since when?",
    why = {
      vi = "Nơi tiếp nhận so giờ này với cảnh báo và việc thi công của họ.",
      en = "Whoever takes the call compares it with their alarms and works.",
    },
    help = {
      vi = "Ví dụ: từ 7 giờ 40 ngày 22/11. Không rõ thì ghi: không rõ từ lúc nào.",
      en = "For example: since 7:40 on 22 November. If you do not know, write: since when is "
        .. "unknown.",
    },
  }
  return since
end

-- What calls about network devices need.
passages.device_at_hand = {
  vi = "Cầm sẵn trước khi gọi: ảnh chụp đèn (màu, sáng liên tục hay nhấp nháy); số hiệu kênh "
    .. "truyền ghi trên nhãn tủ mạng; kiểu máy và số sê-ri; việc gần đây (mất điện, mưa giông, "
    .. "thi công, dời bàn, thay thiết bị). Thiếu mục nào cũng gọi được.",
  en = "Have at hand before you call: a photo of the lights (colour, steady or blinking); the "
    .. "circuit number on the cabinet's label; model and serial number; what happened lately "
    .. "(power cut, storm, works, moved desks, a new device). Call even if something is missing.",
}

-- Tells somebody who need not repair anything, and walks on: the first of the levels that answers.
-- call = {key, levels = {role, …}, vi, en}. Returns true when somebody answered.
function passages.raise(call)
  for _, role in ipairs(call.levels) do
    local who = role_name(role)
    local reply = escalate {
      key = call.key .. "-" .. role,
      to = role,
      vi = "Gọi " .. who.vi .. " trước, nhắn tin sau.",
      en = "Call " .. who.en .. ", then send the message.",
      evidence = { { vi = call.vi, en = call.en } },
    }
    if reply == "acknowledged" then
      return true
    end
  end
  return false
end

-- Hands the fault up, level by level, until it works again; returns when it does.
-- call = {
--   levels = {role, …},        who is called, in this order
--   ask_for = {vi, en},        what is asked of them
--   seen = {vi, en}?,          what tells most, said on the telephone too
--   works = {vi, en},          the question that verifies
--   how = {vi, en}?,           how to verify
--   at_hand = {vi, en}?,       what to have at hand for the call
--   urgent = true?,            call first, gather afterwards
-- }
-- An acknowledged call may still end without a cure, a cure may fail its check, a level may not
-- answer: each goes to the next level. After the last, operations owns the incident, and the shift
-- lead is reminded for as long as it does not work: that is the only unbounded loop.
function passages.hand_up(call)
  local quoted = { call.ask_for }
  if call.seen then
    quoted[#quoted + 1] = call.seen
  end
  if not call.urgent then
    quoted[#quoted + 1] = gather(call)
  end
  for number, role in ipairs(call.levels) do
    local who = role_name(role)
    local reply = escalate {
      key = "escalate-" .. role,
      to = role,
      vi = "Gọi " .. who.vi .. " trước, nhắn tin sau.",
      en = "Call " .. who.en .. ", then send the message.",
      evidence = quoted,
    }
    if call.urgent and number == 1 then
      quoted[#quoted + 1] = gather(call)
    end
    if reply == "acknowledged" then
      local result = ask {
        key = "result-" .. role,
        vi = "Kết quả từ " .. who.vi .. "?",
        en = "What came of calling " .. who.en .. "?",
        help = {
          vi = "Chờ trả lời rồi chọn. Trong lúc chờ có thể tạm dừng (q) và quay lại bước này sau.",
          en = "Wait for the answer, then choose. Meanwhile you may leave (q) and come back later.",
        },
        outcomes = {
          { key = "fixed", vi = "Báo đã khắc phục xong", en = "They say it is repaired" },
          {
            key = "not-theirs",
            vi = "Không thuộc phần của họ, phải chuyển tiếp",
            en = "Not theirs: it must go further",
          },
          { key = "overdue", vi = "Quá hẹn mà chưa xong", en = "Overdue, still not done" },
          passages.cannot_tell,
        },
      }
      if result == "fixed" and verify {
        key = "works-" .. role,
        vi = call.works.vi,
        en = call.works.en,
        how = call.how,
      } then
        return
      end
    end
  end

  local taken = handover {
    key = "handover-operations",
    to = "operations",
    evidence = quoted,
    vi = "Bàn giao sự cố cho " .. ROLES.operations.vi .. " làm đầu mối; đơn vị tiếp tục dùng giải "
      .. "pháp khắc phục tạm thời.",
    en = "Hand the incident over to " .. ROLES.operations.en .. "; the unit stays on the "
      .. "workaround.",
  }
  if taken == "refused" then
    escalate {
      key = "escalate-refused",
      to = "lead",
      vi = "Gọi " .. ROLES.lead.vi .. ": sự cố chưa có đơn vị nhận xử lý, đề nghị phân công.",
      en = "Call " .. ROLES.lead.en .. ": nobody has taken the incident, please assign it.",
    }
  end
  while not verify {
    key = "works-at-last",
    vi = call.works.vi,
    en = call.works.en,
    how = call.how,
  } do
    escalate {
      key = "remind-lead",
      to = "lead",
      vi = "Nhắc " .. ROLES.lead.vi .. ": sự cố vẫn chưa khắc phục; hỏi giờ dự kiến xong và giờ "
        .. "báo tin tiếp theo.",
      en = "Remind " .. ROLES.lead.en .. ": it still does not work; ask when it will be done and "
        .. "when the next news is due.",
    }
  end
end

return passages
