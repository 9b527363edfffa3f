-- The procedure of an online meeting at a bridge point, from an hour before until the report.

local passages = require "metronet.passages"
local cannot_tell = passages.cannot_tell

local function call_for_help(topic, vi, en)
  return passages.raise { key = topic, levels = { "meetings", "area", "lead" }, vi = vi, en = en }
end

-- Picture and sound, tried until good; after two attempts the meeting goes on from the reserve.
local function try_picture_and_sound(key, question)
  for _ = 1, 2 do
    local result = check {
      key = key,
      vi = question.vi,
      en = question.en,
      how = {
        vi = "Nói một câu, nhờ bên kia nhắc lại; xem hình của mình có đủ sáng, đúng khung không.",
        en = "Say a sentence and have it repeated; look whether your picture is bright and well "
          .. "framed.",
      },
      outcomes = {
        { key = "good", vi = "Hình rõ, tiếng rõ", en = "Clear picture, clear sound" },
        { key = "bad", vi = "Có trục trặc", en = "Something is wrong" },
        { key = "nobody", vi = "Chưa có ai ở đầu kia", en = "Nobody at the other end yet" },
        cannot_tell,
      },
      minutes = 5,
    }
    if result == "good" then
      return true
    end
    if result == "bad" then
      tell {
        key = "use-endpoint-runbook",
        vi = "Mở một sự cố khác với quy trình “Thiết bị đầu cuối của điểm cầu mất hình hoặc mất "
          .. "tiếng”, làm xong quay lại đây.",
        en = "Open another incident with the runbook \"A meeting endpoint without picture or "
          .. "sound\", then come back here.",
      }
    else
      call_for_help(
        "no-partner",
        "Đề nghị mở phòng thử và thử hình, tiếng với điểm cầu chúng tôi.",
        "Please open the test room and try picture and sound with our bridge point."
      )
    end
  end
  return false
end

local function use_reserve()
  return act {
    key = "use-reserve",
    vi = "Vào họp bằng máy dự phòng (máy tính xách tay hoặc điện thoại qua 4G), tắt tiếng máy "
      .. "chính. Nhắn đầu mối kỹ thuật tên người và thiết bị đang dự.",
    en = "Join from the reserve (a laptop or a phone over 4G), mute the main device. Message the "
      .. "technical contact who takes part from what.",
    interrupts = {
      vi = "Điểm cầu vắng mặt khoảng 1 phút. Cuộc họp mật không dùng 4G, điện thoại.",
      en = "The bridge point is absent for about a minute. No 4G or phone for a secret meeting.",
    },
    undo = {
      vi = "Máy chính chạy lại thì bật tiếng máy chính rồi rời máy dự phòng.",
      en = "When the main device is back, unmute it, then leave with the reserve.",
    },
    minutes = 3,
  } == "done"
end

local function prepare(is_host)
  local items = {
    {
      key = "person",
      vi = "Có người trực kỹ thuật tại phòng họp, trực đến khi kết thúc phiên họp",
      en = "Somebody technical is in the room and stays until the end",
    },
    {
      key = "power",
      vi = "Bật UPS, máy họp, màn hình, camera, bộ trộn âm thanh, loa; nghe quạt, xem đèn",
      en = "UPS, meeting device, display, camera, mixer, loudspeakers on; listen, look at the "
        .. "lights",
    },
    {
      key = "cable",
      vi = "Máy họp dùng dây mạng, không dùng Wi-Fi; tạm dừng tải tệp lớn ở máy khác",
      en = "The meeting device is on cable, not Wi-Fi; large transfers elsewhere are paused",
    },
    {
      key = "name",
      vi = "Tên hiển thị: mã đơn vị – tên điểm cầu",
      en = "Name shown: unit code – bridge point",
    },
    {
      key = "microphones",
      vi = "Thử từng micrô, có pin dự phòng; camera cố định, không ngược sáng",
      en = "Every microphone tried, spare batteries; camera fixed, no light behind",
    },
    {
      key = "reserve",
      vi = "Máy dự phòng, 4G, số gọi vào cuộc họp đã thử và để sẵn",
      en = "Reserve device, 4G and dial-in number tried and at hand",
    },
    {
      key = "contacts",
      vi = "Có số điện thoại đầu mối kỹ thuật của cuộc họp",
      en = "The telephone of the meeting's technical contact is at hand",
    },
  }
  if is_host then
    items[#items + 1] = {
      key = "list",
      vi = "Có danh sách điểm cầu, người trực và điện thoại từng nơi",
      en = "The list of bridge points with person on duty and telephone",
    }
    items[#items + 1] = {
      key = "room",
      vi = "Mở phòng chờ, người đồng chủ trì, ghi hình (nếu được phép)",
      en = "Waiting room, co-host, recording (if allowed) are set",
    }
  end
  checklist {
    key = "prepare",
    vi = "Trước giờ họp ít nhất 60 phút:",
    en = "At least 60 minutes before:",
    items = items,
    minutes = 15,
  }
end

-- T−30. The host calls every bridge point; a bridge point answers.
local function roll_call(is_host)
  if not is_host then
    local called = check {
      key = "roll-call",
      vi = "30 phút trước giờ họp, điểm danh điểm cầu: đáp tên điểm cầu, hình, tiếng, số điện "
        .. "thoại người trực. Điểm cầu chính xác nhận chưa?",
      en = "30 minutes before, roll-call of bridge points: answer name, picture, sound, telephone "
        .. "of the person on duty. Did the main bridge point confirm?",
      outcomes = {
        { key = "confirmed", vi = "Đã xác nhận", en = "Confirmed" },
        { key = "missed", vi = "Chưa được gọi tên hoặc bị bỏ sót", en = "Not called, or left out" },
        cannot_tell,
      },
      minutes = 10,
    }
    if called ~= "confirmed" then
      call_for_help(
        "missed-roll-call",
        "Đề nghị xác nhận điểm cầu chúng tôi đã có mặt, hình và tiếng tốt.",
        "Please confirm that our bridge point is present, with picture and sound."
      )
    end
    return
  end

  local absent = check {
    key = "roll-call-host",
    vi = "30 phút trước giờ họp, điểm danh từng điểm cầu theo danh sách, từng khu vực: tên, hình, "
      .. "tiếng, số điện thoại. Kết quả?",
    en = "30 minutes before, call the roll by list, area by area: name, picture, sound, "
      .. "telephone. Result?",
    outcomes = {
      { key = "all", vi = "Đủ, hình và tiếng tốt", en = "All present, picture and sound good" },
      { key = "few", vi = "Thiếu hoặc trục trặc một vài nơi", en = "Some missing or in trouble" },
      { key = "many", vi = "Nhiều nơi không vào được", en = "Many cannot join" },
      cannot_tell,
    },
    minutes = 15,
  }
  if absent == "few" then
    act {
      key = "call-absent",
      vi = "Gọi người trực của từng nơi còn thiếu; nơi nào chưa vào được thì dự bằng điện thoại. "
        .. "Ghi lại và báo chủ tọa.",
      en = "Call the person on duty of each missing one; who cannot join takes part by telephone. "
        .. "Note it and tell the chair.",
      interrupts = {
        vi = "Không gián đoạn các điểm cầu đã vào.",
        en = "Nothing at the bridge points already in.",
      },
      undo = { vi = "Không có gì phải hoàn tác.", en = "There is nothing to undo." },
      minutes = 10,
    }
  elseif absent ~= "all" then
    call_for_help(
      "many-absent",
      "Nhiều điểm cầu không vào được: đề nghị kiểm tra thiết bị điều khiển đa điểm (MCU), giảm "
        .. "hình xuống 720p, bớt số khung hình.",
      "Many bridge points cannot join: please check the MCU, lower video to 720p, show fewer "
        .. "pictures."
    )
  end
end

-- The meeting itself: one question that waits until something happens.
local function during(is_host)
  while true do
    local event = ask {
      key = "during",
      vi = "Đang họp: có việc gì xảy ra?",
      en = "The meeting is on: what happens?",
      help = {
        vi = "Không có gì thì cứ để ở bước này; chọn khi có việc hoặc khi họp xong.",
        en = "As long as nothing happens, leave this step open; choose when something does.",
      },
      outcomes = {
        { key = "ended", vi = "Cuộc họp đã kết thúc", en = "The meeting has ended" },
        {
          key = "sound-or-picture",
          vi = "Mất tiếng hoặc mất hình ở đây",
          en = "No sound or picture here",
        },
        { key = "dropped", vi = "Bị văng khỏi cuộc họp", en = "Thrown out" },
        {
          key = "everywhere",
          vi = "Nhiều điểm cầu cùng trục trặc",
          en = "Several bridge points in trouble",
        },
        {
          key = "stranger",
          vi = "Có người lạ, nội dung lạ trong phòng họp",
          en = "A stranger or strange content in the meeting",
        },
        cannot_tell,
      },
    }
    if event == "ended" then
      return
    elseif event == "sound-or-picture" or event == "dropped" then
      if not use_reserve() then
        call_for_help(
          "lost-point",
          "Điểm cầu chúng tôi mất liên lạc, không có máy dự phòng; đề nghị hỗ trợ và báo chủ tọa.",
          "Our bridge point is lost and has no reserve; please help and tell the chair."
        )
      end
    elseif event == "stranger" then
      act {
        key = "lock-room",
        vi = is_host
            and "Khóa phòng họp, tắt chia sẻ màn hình, mời người lạ ra; chụp màn hình làm bằng "
              .. "chứng, báo chủ tọa."
          or "Gọi ngay điểm cầu chính: khóa phòng họp, mời người lạ ra. Chụp màn hình làm bằng "
            .. "chứng, không tự trả lời người lạ.",
        en = is_host
            and "Lock the meeting, stop screen sharing, remove the stranger; keep a screenshot, "
              .. "tell the chair."
          or "Call the main bridge point at once: lock the meeting, remove the stranger. Keep a "
            .. "screenshot, do not answer the stranger.",
        interrupts = {
          vi = "Điểm cầu bị văng sẽ không tự vào lại được khi phòng đã khóa.",
          en = "A bridge point thrown out cannot rejoin by itself while the meeting is locked.",
        },
        undo = {
          vi = "Mở khóa cho từng điểm cầu đã xác minh.",
          en = "Let verified bridge points in one by one.",
        },
        minutes = 2,
      }
      passages.raise {
        key = "stranger",
        levels = { "security", "meetings", "lead" },
        vi = "Có người lạ trong cuộc họp; đã khóa phòng, có ảnh màn hình và giờ. Máy vẫn để "
          .. "nguyên.",
        en = "A stranger in the meeting; it is locked, there is a screenshot with time. Machines "
          .. "are left as they are.",
      }
    elseif event == "everywhere" then
      call_for_help(
        "everywhere",
        "Nhiều điểm cầu cùng trục trặc: đề nghị kiểm tra thiết bị điều khiển đa điểm (MCU), giảm "
          .. "hình xuống 720p, giữ tiếng.",
        "Several bridge points in trouble: please check the MCU, lower video to 720p, keep the "
          .. "sound."
      )
    else
      tell {
        key = "ask-contact",
        vi = "Nhắn đầu mối kỹ thuật của cuộc họp, mô tả điều đang thấy. Không chỉnh, không khởi "
          .. "động lại thiết bị khi đang họp.",
        en = "Message the meeting's technical contact and describe what you see. Change and "
          .. "restart nothing while the meeting is on.",
      }
    end
  end
end

return runbook {
  id = "online-meeting",
  version = 1,
  title = { vi = "Quy trình một cuộc họp trực tuyến", en = "Procedure of an online meeting" },
  description = {
    vi = "Từ 60 phút trước giờ họp đến khi báo cáo: chuẩn bị kỹ thuật, phiên thử, điểm danh điểm "
      .. "cầu, trong cuộc họp, kết thúc.",
    en = "From 60 minutes before until the report: technical preparation, test session, roll-call "
      .. "of bridge points, the meeting, the end.",
  },
  applies_to = { service = "meeting" },
  minutes = 60,

  steps = function(incident)
    local unit = passages.unit(incident)

    tell {
      key = "workaround",
      vi = "Để sẵn phương án dự phòng trước khi làm gì khác: một máy tính xách tay có camera, một "
        .. "điện thoại có 4G, số gọi vào cuộc họp. Có trục trặc thì vào họp bằng máy dự phòng "
        .. "trước, sửa sau.",
      en = "Before anything else put the reserve ready: a laptop with a camera, a phone with 4G, "
        .. "the dial-in number. If something fails, join from the reserve first and repair "
        .. "afterwards.",
    }

    local role = ask {
      key = "role",
      vi = "Trong cuộc họp này " .. unit.vi .. " là gì?",
      en = "What is " .. unit.en .. " in this meeting?",
      outcomes = {
        { key = "point", vi = "Điểm cầu tham dự", en = "A bridge point that takes part" },
        {
          key = "host",
          vi = "Điểm cầu chính, chủ trì",
          en = "The main bridge point, in the chair",
        },
        cannot_tell,
      },
      why = {
        vi = "Điểm cầu chính còn điểm danh và điều khiển phòng họp. Không rõ thì làm như điểm cầu "
          .. "tham dự.",
        en = "The main one also calls the roll and runs the meeting. If unsure, proceed as taking "
          .. "part.",
      },
    }
    local is_host = role == "host"

    prepare(is_host)
    local good = try_picture_and_sound("own-test", {
      vi = "Trước giờ họp 60 phút: thử hình và tiếng của mình, gọi một điểm cầu khác hoặc phòng "
        .. "thử.",
      en = "60 minutes before: try your own picture and sound with another bridge point or the "
        .. "test room.",
    })
    if good then
      good = try_picture_and_sound("test-session", {
        vi = "Phiên thử, 45 phút trước giờ họp: điểm cầu chính thử với từng nơi. Kết quả ở đây?",
        en = "Test session, 45 minutes before: the main bridge point tries each one. The result "
          .. "here?",
      })
    end
    if not good and not use_reserve() then
      call_for_help(
        "no-way-in",
        "Điểm cầu chúng tôi chưa vào được, chưa có máy dự phòng; đề nghị hỗ trợ và báo chủ tọa.",
        "Our bridge point cannot join and has no reserve; please help and tell the chair."
      )
    end

    roll_call(is_host)
    tell {
      key = "freeze",
      vi = "Còn 15 phút: không thay đổi, không cắm thêm, không cập nhật, không khởi động lại "
        .. "thiết bị nữa.",
      en = "15 minutes to go: from now on change nothing, plug nothing in, update nothing, "
        .. "restart nothing.",
    }
    local rules = {
      {
        key = "muted",
        vi = "Tắt micrô khi không phát biểu; bật khi được mời, nói xong tắt",
        en = "Microphone off unless speaking; on when invited, off afterwards",
      },
      {
        key = "camera",
        vi = "Giữ camera cố định, không đi lại trước camera",
        en = "Camera fixed, nobody walks in front of it",
      },
      {
        key = "private",
        vi = "Không chụp, không chuyển đường dẫn họp cho người ngoài",
        en = "No photographs, no link passed to outsiders",
      },
      {
        key = "phone",
        vi = "Người trực luôn nghe điện thoại của đầu mối kỹ thuật",
        en = "The person on duty answers the technical contact's calls",
      },
    }
    if is_host then
      rules[#rules + 1] = {
        key = "host-mute",
        vi = "Tắt tiếng tất cả, chỉ mở nơi được mời; ghim hình người phát biểu",
        en = "Mute everybody, open only who is invited; spotlight the speaker",
      }
      rules[#rules + 1] = {
        key = "host-door",
        vi = "Chỉ cho vào tên có trong danh sách điểm cầu",
        en = "Let in only names on the list of bridge points",
      }
    end
    checklist {
      key = "rules",
      vi = "Nhắc trong phòng họp trước khi bắt đầu:",
      en = "Say in the room before it starts:",
      items = rules,
      minutes = 2,
    }

    during(is_host)

    checklist {
      key = "end",
      vi = "Kết thúc, theo thứ tự:",
      en = "At the end, in this order:",
      items = {
        {
          key = "leave",
          vi = "Rời phòng họp (điểm cầu chính: kết thúc cho tất cả)",
          en = "Leave the meeting (main bridge point: end it for all)",
        },
        {
          key = "documents",
          vi = "Thu tài liệu, xóa bản trình chiếu trên máy họp, cất bản ghi đúng nơi",
          en = "Collect papers, remove slides from the meeting device, store the recording where "
            .. "it belongs",
        },
        {
          key = "off",
          vi = "Tắt micrô, camera, loa, màn hình, máy họp; UPS để như thường lệ",
          en = "Microphones, camera, loudspeakers, display, meeting device off; the UPS as usual",
        },
        {
          key = "back",
          vi = "Trả dây và cài đặt mượn của nơi khác",
          en = "Put borrowed cables and settings back",
        },
      },
      minutes = 10,
    }
    ask {
      key = "report",
      free = true,
      vi = "Báo cáo ngắn: giờ bắt đầu, kết thúc; trục trặc gì, lúc nào, xử lý ra sao. Không có "
        .. "thì ghi: tốt.",
      en = "A short report: start, end; what went wrong, when, what was done. If nothing, write: "
        .. "good.",
    }
    if
      not verify {
        key = "works",
        vi = "Bật lại máy họp, vào phòng thử: hình và tiếng sẵn sàng cho lần họp sau chưa?",
        en = "Start the meeting device again in the test room: are picture and sound ready for "
          .. "next time?",
        minutes = 3,
      }
    then
      passages.hand_up {
        levels = { "area", "meetings" },
        ask_for = {
          vi = "Đề nghị sửa thiết bị họp của " .. unit.vi .. " trước cuộc họp tới.",
          en = "Please repair the meeting equipment of " .. unit.en .. " before the next meeting.",
        },
        works = {
          vi = "Gọi thử với phòng thử: hình và tiếng đã tốt chưa?",
          en = "Try with the test room: are picture and sound good now?",
        },
      }
    end
    resolve {
      key = "resolved",
      vi = "Cuộc họp đã kết thúc, đã báo cáo, thiết bị sẵn sàng cho lần sau.",
      en = "The meeting is over and reported; the equipment is ready for next time.",
    }
  end,
}
