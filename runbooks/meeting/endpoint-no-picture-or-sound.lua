-- A meeting endpoint without picture or sound: the reserve first, then one part after another.

local passages = require "metronet.passages"
local cannot_tell = passages.cannot_tell

local DISPLAY = { key = "display", vi = "màn hình phòng họp", en = "the meeting room's display" }

local WORKS = {
  vi = "Gọi thử với điểm cầu chính hoặc phòng thử: hai bên nghe rõ, thấy rõ nhau chưa?",
  en = "Try with the main bridge point or the test room: do both sides hear and see each other "
    .. "well?",
}
local HOW = {
  vi = "Nói một câu, nhờ bên kia nhắc lại; vẫy tay, nhờ bên kia nói thấy gì. Giữ trong 2 phút.",
  en = "Say a sentence and have it repeated; wave and have them say what they see. Hold for 2 "
    .. "minutes.",
}

local function works()
  local working =
    verify { key = "works", vi = WORKS.vi, en = WORKS.en, how = HOW, minutes = 2 }
  return working
end

-- One attempt on one part of the room: {key, vi, en, interrupts?, undo?, minutes?}. What it
-- interrupts and how to undo it are those of turning a knob, unless the attempt says otherwise.
local function try(attempt)
  return act {
    key = attempt.key,
    vi = attempt.vi,
    en = attempt.en,
    interrupts = attempt.interrupts or {
      vi = "Chỉ điểm cầu này, vài giây; các điểm cầu khác không bị ảnh hưởng.",
      en = "Only this bridge point, for some seconds; the others notice nothing.",
    },
    undo = attempt.undo or {
      vi = "Trả nút vặn, cài đặt về như trước; ghi lại mức cũ trước khi chỉnh.",
      en = "Put the knob or setting back; note how it was before you touch it.",
    },
    minutes = attempt.minutes or 2,
  } == "done"
end

local CABLE_UNDO = { vi = "Cắm lại như trong ảnh.", en = "Put it back as in the photo." }

local function rejoin()
  return try {
    key = "rejoin",
    vi = "Rời phòng họp rồi vào lại bằng đường dẫn của hôm nay. Không tắt nguồn thiết bị.",
    en = "Leave the meeting and join again with today's link. Do not power anything off.",
    interrupts = {
      vi = "Điểm cầu này vắng mặt khoảng 1 phút; không làm khi đang phát biểu. Nhắn đầu mối kỹ "
        .. "thuật trước.",
      en = "This bridge point is absent for about a minute; not while it is speaking. Message the "
        .. "technical contact first.",
    },
    undo = {
      vi = "Không vào lại được thì vào bằng máy dự phòng.",
      en = "If you cannot get back in, join from the reserve device.",
    },
  }
end

-- We do not hear them.
local function no_sound_in()
  if
    try {
      key = "output-device",
      vi = "Trong phần mềm họp: chọn đúng loa ở mục âm thanh đầu ra, bỏ tắt tiếng, tăng âm lượng. "
        .. "Tăng âm lượng ở màn hình hoặc loa.",
      en = "In the meeting software choose the right speaker as output, unmute, turn it up. Turn "
        .. "the display or the loudspeaker up as well.",
    } and works()
  then
    return true
  end
  local headset = check {
    key = "headset-in",
    vi = "Cắm tai nghe thẳng vào máy họp và chọn tai nghe làm đầu ra. Có nghe thấy không?",
    en = "Plug a headset straight into the meeting device and choose it as output. Do you hear?",
    why = {
      vi = "Nghe được là lỗi ở bộ trộn âm thanh, loa hoặc dây âm thanh; không nghe được là lỗi ở "
        .. "máy họp hoặc kết nối.",
      en = "If you hear, it is the mixer, the loudspeakers or their cable; if not, the meeting "
        .. "device or the connection.",
    },
    outcomes = {
      { key = "heard", vi = "Nghe được", en = "Yes" },
      { key = "silent", vi = "Không nghe thấy gì", en = "Nothing" },
      cannot_tell,
    },
    minutes = 2,
  }
  if headset ~= "silent" then
    if
      try {
        key = "mixer-output",
        vi = "Ở bộ trộn âm thanh (mixer) và loa: có nguồn, nút tổng (MASTER) không ở mức 0, không "
          .. "bật MUTE; chụp ảnh rồi cắm chặt hoặc đổi dây âm thanh từ máy họp ra bộ trộn âm "
          .. "thanh.",
        en = "At mixer and loudspeakers: powered, MASTER not at zero, MUTE not lit; take a photo, "
          .. "then press home or replace the audio cable from meeting device to mixer.",
        undo = CABLE_UNDO,
        minutes = 5,
      } and works()
    then
      return true
    end
  end
  return rejoin() and works()
end

-- They do not hear us.
local function no_sound_out()
  if
    try {
      key = "unmute",
      vi = "Bật micrô trong phần mềm họp. Vẫn gạch chéo thì nhắn điểm cầu chính mở tiếng: chủ tọa "
        .. "có thể đã tắt tiếng tất cả.",
      en = "Unmute in the meeting software. Still crossed out: ask the main bridge point, which "
        .. "may have muted everybody.",
    } and works()
  then
    return true
  end
  if
    try {
      key = "microphone",
      vi = "Ở micrô: bật công tắc, thay pin, nói gần. Trong phần mềm họp: chọn đúng micrô làm đầu "
        .. "vào.",
      en = "At the microphone: switch on, new battery, speak close to it. In the software choose "
        .. "it as input.",
    } and works()
  then
    return true
  end
  if
    try {
      key = "mixer-input",
      vi = "Ở bộ trộn âm thanh: nâng đúng kênh micrô, bỏ MUTE; chụp ảnh rồi cắm chặt hoặc đổi dây "
        .. "từ bộ trộn âm thanh vào máy họp. Chưa được thì dùng micrô của tai nghe hoặc máy tính "
        .. "xách tay.",
      en = "At the mixer: raise the microphone's channel, clear MUTE; take a photo, then press "
        .. "home or replace the cable from mixer to meeting device. Still nothing: use a "
        .. "headset's or laptop's microphone.",
      undo = CABLE_UNDO,
      minutes = 5,
    } and works()
  then
    return true
  end
  return rejoin() and works()
end

-- Our display shows nothing. Returns true, false or "danger".
local function no_picture_in()
  local display = check {
    key = "display-look",
    vi = "Nhìn màn hình phòng họp: màn hình thế nào?",
    en = "Look at the meeting room's display. How is it?",
    why = {
      vi = "Màn hình tối là do nguồn; có nguồn mà không có tín hiệu là do dây hoặc nguồn vào.",
      en = "A dark display is power; one without a signal is a cable or the wrong input.",
    },
    outcomes = {
      { key = "dark", vi = "Tắt, không có đèn báo", en = "Off, no light" },
      { key = "no-signal", vi = "Có nguồn, báo không có tín hiệu", en = "On, says no signal" },
      {
        key = "desktop",
        vi = "Thấy màn hình máy, không thấy cuộc họp",
        en = "The PC's screen, not the meeting",
      },
      {
        key = "burnt",
        vi = "Có khói, mùi khét, nóng rát",
        en = "Smoke, a burnt smell, great heat",
      },
      cannot_tell,
    },
    minutes = 1,
  }
  if display == "burnt" then
    return "danger"
  end
  if display == "dark" then
    local power = passages.power(DISPLAY)
    if power == "danger" then
      return "danger"
    end
    return power == "tried" and works()
  end
  if display ~= "desktop" then
    if
      try {
        key = "display-source",
        vi = "Dùng điều khiển chọn đúng nguồn vào (HDMI 1, HDMI 2…). Chụp ảnh, cắm chặt lại dây "
          .. "HDMI hai đầu, rồi đổi dây hoặc cổng khác.",
        en = "With the remote choose the right input (HDMI 1, HDMI 2…). Take a photo, press the "
          .. "HDMI cable home at both ends, then try another cable or port.",
        undo = CABLE_UNDO,
        minutes = 4,
      } and works()
    then
      return true
    end
  end
  return rejoin() and works()
end

-- They do not see us.
local function no_picture_out()
  if
    try {
      key = "camera",
      vi = "Mở nắp ống kính, kiểm tra nguồn camera. Trong phần mềm họp: bật hình, chọn đúng "
        .. "camera; đóng chương trình khác đang dùng camera.",
      en = "Open the lens cover, check the camera's power. In the software turn video on and "
        .. "choose the right camera; close other programs that use it.",
    } and works()
  then
    return true
  end
  if
    try {
      key = "camera-cable",
      vi = "Chụp ảnh, cắm lại dây camera (USB hoặc HDMI) sang cổng khác. Chưa được thì dùng "
        .. "camera của máy tính xách tay.",
      en = "Take a photo, put the camera's cable (USB or HDMI) into another port. Still nothing: "
        .. "use a laptop's camera.",
      undo = CABLE_UNDO,
      minutes = 3,
    } and works()
  then
    return true
  end
  return rejoin() and works()
end

-- Echo or howling. The bridge point that does not hear itself is usually the source.
local function echo()
  if
    try {
      key = "one-device",
      vi = "Trong phòng chỉ để MỘT thiết bị bật micrô và loa; tắt tiếng các máy, điện thoại còn "
        .. "lại. Quay micrô ra khỏi loa, giảm loa.",
      en = "In the room leave ONE device with microphone and speaker on; mute all others, phones "
        .. "too. Turn microphones away from loudspeakers, turn those down.",
    } and works()
  then
    return true
  end
  return try {
    key = "find-echo",
    vi = "Nhờ điểm cầu chính tắt tiếng lần lượt từng điểm cầu. Nơi KHÔNG nghe tiếng vang của "
      .. "chính mình thường là nguồn gây vang.",
    en = "Have the main bridge point mute one bridge point after another. The one that does NOT "
      .. "hear itself is usually the source.",
    interrupts = {
      vi = "Mỗi điểm cầu bị tắt tiếng vài giây.",
      en = "Each bridge point is mute for some seconds.",
    },
    undo = { vi = "Mở tiếng lại các điểm cầu.", en = "Unmute the bridge points." },
    minutes = 5,
  } and works()
end

-- Frozen or thrown out. Returns true, or the roles to call.
local function frozen()
  local where = check {
    key = "frozen-where",
    vi = "Hỏi một điểm cầu khác: nơi đó có bị đứng hình, bị văng không?",
    en = "Ask another bridge point: is it frozen or thrown out too?",
    why = {
      vi = "Mọi nơi cùng bị là do thiết bị điều khiển đa điểm (MCU); một nơi bị là do đường "
        .. "truyền.",
      en = "Everywhere means the MCU; one place means its line.",
    },
    outcomes = {
      { key = "here", vi = "Chỉ nơi này", en = "Only here" },
      { key = "everywhere", vi = "Nhiều nơi cùng bị", en = "Several places" },
      cannot_tell,
    },
    minutes = 1,
  }
  if where == "everywhere" then
    return { "meetings", "operations" }
  end
  if
    try {
      key = "lighten-line",
      vi = "Chuyển máy họp từ Wi-Fi sang dây mạng. Giảm hình xuống 720p hoặc tắt hình, giữ tiếng. "
        .. "Nhờ các máy khác tạm dừng tải tệp lớn.",
      en = "Move the meeting device from Wi-Fi to cable. Lower video to 720p or turn it off and "
        .. "keep the sound. Have other PCs pause large transfers.",
      minutes = 4,
    } and works()
  then
    return true
  end
  if rejoin() and works() then
    return true
  end
  return { "area", "meetings", "operations" }
end

-- The door is shut: link, account, clock.
local function cannot_join()
  if
    try {
      key = "right-link",
      vi = "Lấy lại đường dẫn, mã phòng trong giấy mời mới nhất. Kiểm tra ngày giờ của máy. Thử "
        .. "trình duyệt khác, đặt tên: mã đơn vị – tên đơn vị.",
      en = "Take link and room code from the latest invitation. Check the device's date and time. "
        .. "Try another browser; name yourself: unit code – unit name.",
      undo = { vi = "Không có gì phải hoàn tác.", en = "There is nothing to undo." },
      minutes = 4,
    } and works()
  then
    return true
  end
  return { "meetings", "area", "operations" }
end

local treat = {
  ["no-sound-in"] = no_sound_in,
  ["no-sound-out"] = no_sound_out,
  ["no-picture-in"] = no_picture_in,
  ["no-picture-out"] = no_picture_out,
  echo = echo,
  frozen = frozen,
  ["cannot-join"] = cannot_join,
}

local WHAT = {
  { key = "no-sound-in", vi = "Không nghe được nơi khác", en = "We do not hear the others" },
  {
    key = "no-sound-out",
    vi = "Nơi khác không nghe được mình",
    en = "The others do not hear us",
  },
  {
    key = "no-picture-in",
    vi = "Màn hình không có hình",
    en = "Our display shows no picture",
  },
  {
    key = "no-picture-out",
    vi = "Nơi khác không thấy hình mình",
    en = "The others do not see us",
  },
  { key = "echo", vi = "Vang, hú", en = "Echo, howling" },
  { key = "frozen", vi = "Đứng hình, giật, bị văng", en = "Frozen, jerky, thrown out" },
  { key = "cannot-join", vi = "Không vào được phòng họp", en = "Cannot join" },
  {
    key = "security",
    vi = "Dấu hiệu lạ: máy tự chạy, có người lạ điều khiển",
    en = "Odd signs: somebody else controls the device",
  },
  cannot_tell,
}

-- What was reported when the incident was opened is not asked again.
local REPORTED = { echo = "echo", frozen = "frozen", dropped = "frozen" }

return runbook {
  id = "endpoint-no-picture-or-sound",
  version = 1,
  title = {
    vi = "Thiết bị đầu cuối của điểm cầu mất hình hoặc mất tiếng",
    en = "A meeting endpoint without picture or sound",
  },
  description = {
    vi = "Đưa điểm cầu vào họp bằng phương án dự phòng trước, rồi tìm lỗi ở loa, micrô, camera, "
      .. "màn hình, đường truyền.",
    en = "First brings the bridge point into the meeting by the reserve, then looks at speakers, "
      .. "microphones, camera, display and line.",
  },
  applies_to = { kind = "codec" },
  minutes = 15,

  steps = function(incident)
    local unit = passages.unit(incident)

    tell {
      key = "workaround",
      vi = "Vào họp bằng máy dự phòng ngay: máy tính xách tay có camera, hoặc điện thoại qua 4G; "
        .. "không được nữa thì gọi điện vào cuộc họp. Tắt tiếng máy dự phòng khi máy chính chạy "
        .. "lại. Không khởi động lại thiết bị giữa cuộc họp.",
      en = "Join from the reserve now: a laptop with a camera, or a phone over 4G; failing that, "
        .. "dial in by telephone. Mute the reserve when the main device is back. Restart nothing "
        .. "in mid-meeting.",
      help = {
        vi = "Điểm cầu chính sẽ xác minh người vào bằng máy lạ: nói tên, chức vụ, đơn vị. Cuộc "
          .. "họp mật không dùng điện thoại, 4G.",
        en = "The main bridge point verifies who joins from a strange device: give name, "
          .. "position, unit. No phone or 4G for a secret meeting.",
      },
    }

    local left = ask {
      key = "time-left",
      vi = "Còn bao lâu nữa đến giờ họp?",
      en = "How long is it until the meeting?",
      why = {
        vi = "Dưới 30 phút hoặc đang họp thì báo ban tổ chức trước, sửa sau.",
        en = "Under 30 minutes or with the meeting running, tell the host first and repair "
          .. "afterwards.",
      },
      outcomes = {
        { key = "over-30", vi = "Hơn 30 phút", en = "More than 30 minutes" },
        { key = "under-30", vi = "Dưới 30 phút", en = "Less than 30 minutes" },
        { key = "running", vi = "Đang họp", en = "It is running" },
        { key = "none", vi = "Hôm nay không họp", en = "No meeting today" },
        cannot_tell,
      },
      minutes = 1,
    }
    if left == "under-30" or left == "running" then
      passages.raise {
        key = "tell-host",
        levels = { "meetings", "area" },
        vi = "Báo điểm cầu " .. unit.vi .. " đang trục trặc và dự bằng máy dự phòng.",
        en = "Say that bridge point " .. unit.en .. " has trouble and takes part from its reserve.",
      }
    end

    local what = REPORTED[incident.symptom] or ask {
      key = "what",
      vi = "Đang có hiện tượng gì?",
      en = "What is wrong?",
      outcomes = WHAT,
      minutes = 1,
    }

    local found = { "area", "meetings", "operations" }
    if what == "security" then
      passages.security(incident)
      found = true
    elseif treat[what] then
      local result = treat[what]()
      if result then
        found = result
      end
    end

    if found == "danger" then
      passages.danger(incident)
    elseif found ~= true then
      passages.hand_up {
        levels = found,
        ask_for = {
          vi = "Đề nghị hỗ trợ điểm cầu " .. unit.vi .. " có hình, có tiếng trước giờ họp.",
          en = "Please help bridge point " .. unit.en .. " to picture and sound before the "
            .. "meeting.",
        },
        seen = passages.seen({ vi = "Hiện tượng", en = "Symptom" }, WHAT, what),
        works = WORKS,
        how = HOW,
        urgent = left == "under-30" or left == "running",
        at_hand = {
          vi = "Cầm sẵn trước khi gọi: ảnh màn hình họp có giờ và thông báo lỗi; kiểu máy, số "
            .. "sê-ri của thiết bị họp; tên cuộc họp, mã phòng, giờ họp; số điện thoại người trực "
            .. "tại điểm cầu. Thiếu mục nào cũng gọi được.",
          en = "Have at hand before you call: a photo of the meeting screen with clock and error "
            .. "message; model and serial number of the device; name of the meeting, room code, "
            .. "time; telephone of the person on duty at the bridge point. Call even if something "
            .. "is missing.",
        },
      }
    end

    resolve {
      key = "resolved",
      vi = "Điểm cầu đã có hình, có tiếng. Tắt tiếng và rời máy dự phòng, báo điểm cầu chính, "
        .. "trực đến khi kết thúc phiên họp.",
      en = "The bridge point has picture and sound. Mute and leave the reserve, tell the main "
        .. "bridge point, stay on duty until the meeting ends.",
    }
  end,
}
