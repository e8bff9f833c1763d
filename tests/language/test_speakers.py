"""Who is said to say so, in languages that put the verb last or the subject behind it; nobody where nobody says it."""

from __future__ import annotations

import pytest

from briefing.language.annotation import annotate


def speakers(text: str, language: str) -> list[str]:
    return [text[voice.start : voice.end] for voice in annotate(text, language).attributions]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "tr",
            "Ulaştırma Bakanı Murat Kaya, köprünün pazar günü açılacağını söyledi.",
            ["Ulaştırma Bakanı Murat Kaya"],
        ),
        ("tr", "Toplantıda seçim takvimine değinen Kaya, “Kimse acele etmesin” dedi.", ["Kaya"]),
        ("tr", "“Su iki saatte yükseldi” dedi fırıncı Tomas Real.", ["fırıncı Tomas Real"]),
        ("tr", "Valilikten yapılan yazılı açıklamada, iki köyün boşaltıldığı bildirildi.", ["Valilikten"]),
        ("tr", "Uzmanlar, barajın kışa kadar dolmayacağını belirtti.", ["Uzmanlar"]),
        ("fa", "وزیر راه روز دوشنبه در تبریز گفت که پل تا پاییز باز می‌شود.", ["وزیر راه"]),
        ("fa", "به گفتهٔ آتش‌نشانی، آتش از یک نجاری آغاز شد.", ["آتش\u200cنشانی"]),
        ("fa", "وی افزود: این پل ۴۰ ساله است.", ["وی"]),
        ("fa", "کارشناسان می‌گویند که سد امسال پر نمی‌شود.", ["کارشناسان"]),
        ("fa", "به گزارش ایسنا، استاندار فارس اعلام کرد: مدرسه‌ها فردا تعطیل است.", ["ایسنا", "استاندار فارس"]),
        ("hi", "परिवहन मंत्री रमेश वर्मा ने सोमवार को पटना में कहा कि पुल रविवार को खुलेगा।", ["परिवहन मंत्री रमेश वर्मा"]),
        ("hi", "दमकल विभाग के अनुसार आग एक दुकान में लगी।", ["दमकल विभाग"]),
        ("hi", "उन्होंने बताया, “पानी दो घंटे में बढ़ गया।”", ["उन्होंने"]),
        ("hi", "ग्रामीणों का कहना है कि सड़क तीन साल से टूटी है।", ["ग्रामीणों"]),
        ("hi", "लेकिन विपक्ष ने दावा किया कि आंकड़े गलत हैं।", ["विपक्ष"]),
        ("id", "“Airnya naik dalam dua jam,” kata Tomas Reala, tukang roti dari Orr.", ["Tomas Reala"]),
        (
            "id",
            "Menteri Perhubungan Budi Hartono mengatakan jembatan dibuka pada Minggu.",
            ["Menteri Perhubungan Budi Hartono"],
        ),
        ("id", "Menurut polisi, dua orang terluka.", ["polisi"]),
        ("id", "“Kami menunggu sejak pagi,” ujarnya.", ["nya"]),
        ("id", "Sejumlah warga mengaku belum menerima bantuan.", ["Sejumlah warga"]),
        ("ko", "국토부 장관은 “다리가 일요일에 열린다”고 말했다.", ["국토부 장관"]),
        ("ko", "소방청에 따르면 불은 목공소에서 났다.", ["소방청"]),
        ("ko", "그는 댐이 올해 차지 않을 것이라고 덧붙였다.", ["그"]),
        ("ko", "두 은행이 합병을 논의하고 있다고 금융위원회가 3일 밝혔다.", ["금융위원회"]),
        ("ko", "한 관계자는 “아직 정해지지 않았다”고 전했다.", ["한 관계자"]),
        ("zh", "交通部部长李文昨日在北京表示，大桥周日通车。", ["交通部部长李文"]),
        ("zh", "据消防部门通报，火灾起于一家木工店。", ["消防部门"]),
        ("zh", "他补充说：“水两小时就涨了。”", ["他"]),
        ("zh", "“水漲得很快”，麵包師雷亞爾說。", ["麵包師雷亞爾"]),
        ("zh", "专家认为，水库今年蓄不满。", ["专家"]),
        ("ja", "国土交通省は、橋が日曜日に開通すると発表した。", ["国土交通省"]),
        ("ja", "消防の発表によると、火は木工所から出た。", ["消防"]),
        ("ja", "彼は「水が二時間で上がった」と語った。", ["彼"]),
        ("ja", "「雨が強かった」と田中町長は話した。", ["田中町長"]),
        ("ja", "専門家は、ダムは今年満水にならないとみている。", ["専門家"]),
        ("vi", "Theo công an, hai người bị thương nhẹ.", ["công an"]),
        ("vi", "Bộ trưởng Nguyễn Văn Ân cho biết cầu mở vào chủ nhật.", ["Bộ trưởng Nguyễn Văn Ân"]),
        ("vi", "“Nước lên nhanh lắm”, ông Ủy nói.", ["ông Ủy"]),
        ("vi", "Ông cũng nhấn mạnh rằng đập chưa đầy.", ["Ông"]),
        ("vi", "Nhiều chuyên gia cho rằng giá sẽ tăng.", ["Nhiều chuyên gia"]),
        ("ar", "قال أيضا وزير النقل إن الجسر سيفتح الأحد.", ["وزير النقل"]),
        ("ar", "وأضافت الدكتورة هوبلي: الأسعار سترتفع.", ["الدكتورة هوبلي"]),
        ("ar", "وفقا لإدارة الإطفاء، بدأ الحريق في ورشة.", ["لإدارة الإطفاء"]),
        ("ar", "أكد بعض الخبراء أن السد لن يمتلئ.", ["بعض الخبراء"]),
        ("ar", "قالت المتحدثة التي حضرت الاجتماع إن الطريق مغلق.", ["المتحدثة"]),
        ("he", "שר התחבורה יוסי לוי אמר אתמול כי הגשר ייפתח ביום ראשון.", ["שר התחבורה יוסי לוי"]),
        ("he", "דנה כהן, דוברת העירייה, הוסיפה כי הכביש סגור.", ["דנה כהן"]),
        ("he", "המים עלו בתוך שעתיים, סיפר האופה תומס ריאל.", ["האופה תומס ריאל"]),
        ("he", "לפי כבאות והצלה, האש פרצה בנגרייה.", ["כבאות והצלה"]),
        ("he", "לדבריה, הסכר לא יתמלא השנה.", ["ה"]),
        ("en", "The bridge will close in May, Reuters reports.", ["Reuters"]),
        ("en", "The Norl Courier reports that the bridge will close.", ["The Norl Courier"]),
        ("en", "He took the money, a court heard.", ["a court"]),
        ("en", "Bridge to close in May – police", ["police"]),
        ("en", "Anna Lee: “We cannot wait any longer.”", ["Anna Lee"]),
        ("en", "Per the Norl Courier, the bridge will close.", ["the Norl Courier"]),
        ("en", "A court filing shows that the firm knew.", ["A court filing"]),
    ],
)
def test_who_says_so(language: str, text: str, expected: list[str]) -> None:
    assert speakers(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("tr", "Belediye, yeni tramvay hattının planını açıkladı."),
        ("tr", "İhracat geçen yıla göre yüzde 12 arttı."),
        ("fa", "باید گفت که سد تا زمستان پر نمی‌شود."),
        ("fa", "او کتاب را خواند و رفت."),
        ("hi", "मंत्री ने पुल खोला।"),
        ("hi", "ट्रेन नियमों के अनुसार चलती है।"),
        ("id", "Kedua perusahaan mengumumkan merger pada Selasa."),
        ("id", "Dengan kata lain, kereta berangkat menurut jadwal."),
        ("ko", "법에 따르면 문은 여섯 시에 닫힌다."),
        ("ko", "새 다리는 일요일에 열린다."),
        ("zh", "这种布被称为蓝染，数据包很小。"),
        ("zh", "一般来说，大桥六点关闭。"),
        ("zh", "他未透露更多消息。"),
        ("ja", "この日は、橋が開通した。"),
        ("ja", "場合によると橋は閉まる。"),
        ("vi", "Tùy theo chất lượng, giá khác nhau, và bà dắt theo Lan, 4 tuổi."),
        ("vi", "Lời nói của ông được nhớ mãi."),
        ("vi", "Bộ thông báo kết quả thi."),
        ("ar", "وفق القانون، يغلق الجسر مساء."),
        ("ar", "أعلن عن إفلاس الشركة أمس."),
        ("he", "הוגש כתב אישום נגד הקבלן."),
        ("he", "לפי החוק, הגשר נסגר בלילה."),
        ("he", "הדברים שאמר אתמול השר נשכחו."),
        ("en", "Weather: “Rain in the north.”"),
        ("en", "Several reports that nobody signed named the port, as did member states that border it."),
        ("en", "Per Hansen, a baker, opened the shop."),
        ("en", "The film shows that bridge."),
        ("en", "She found an alleged thief in the cellar."),
        ("en", "The tram runs according to the new timetable."),
    ],
)
def test_nobody_is_invented(language: str, text: str) -> None:
    assert not speakers(text, language)


def test_an_unnamed_voice_and_a_pronoun_are_no_names() -> None:
    (experts,) = annotate("Uzmanlar, barajın kışa kadar dolmayacağını belirtti.", "tr").attributions
    assert (experts.sourcing, experts.name) == ("unnamed", None)
    (pronoun,) = annotate("O, barajın dolmayacağını belirtti.", "tr").attributions
    assert pronoun.is_pronoun
