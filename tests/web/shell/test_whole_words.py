from raprong.web.shell.filters import whole_words


def test_known_words_stay_whole_and_the_text_stays_the_same() -> None:
    written = whole_words("กำหนดตัวชี้วัดและคำรับรองฯ")

    assert str(written) == 'กำหนด<span class="whole">ตัวชี้วัด</span>และ<span class="whole">คำรับรอง</span>ฯ'


def test_the_longest_word_wins() -> None:
    assert '<span class="whole">ปีงบประมาณ</span>' in whole_words("ปีงบประมาณ ๒๕๗๐")


def test_markup_in_a_text_stays_text() -> None:
    assert "<b>" not in whole_words("<b>ตัวชี้วัด</b>")
