"""Every sentence of the settings, in both languages: of each its name and what it does."""

from collections.abc import Mapping
from typing import ClassVar

Choices = Mapping[str, str]
"""Value → how it is called."""


class SettingsTexts:
    """The texts of the settings in Vietnamese."""

    SETTINGS = "Cài đặt"
    SAVE = "Lưu"
    LANGUAGE = ("Ngôn ngữ / Language", "Của trang; câu trả lời luôn bằng tiếng Việt của tài liệu.")
    LANGUAGES: ClassVar[Choices] = {"vi": "Tiếng Việt", "en": "English"}
    THEME = ("Giao diện", "Sáng, tối, hoặc theo thiết bị.")
    THEMES: ClassVar[Choices] = {"auto": "Theo thiết bị", "light": "Sáng", "dark": "Tối"}
    SOURCES = ("Số đoạn", "Bao nhiêu đoạn gần nhất được giữ kèm mỗi câu trả lời.")
    LEAST = ("Mức chắc chắn", "Càng cao càng ít trả lời sai, nhưng càng hay từ chối.")
    LEASTS: ClassVar[Choices] = {
        "": "Mặc định",
        "0.7": "Chắc hơn (70 %)",
        "0.85": "Rất chắc (85 %)",
    }
    RERANKER = (
        "Xếp hạng",
        "Đọc kỹ các đoạn tìm được rồi xếp lại; tắt thì nhanh hơn, kém đúng hơn.",
    )
    RERANKERS: ClassVar[Choices] = {"bundled": "Đọc kỹ rồi xếp lại", "none": "Tắt"}
    READER = ("Trình đọc", "Trích nguyên văn, hoặc mô hình ngôn ngữ nếu trang được mở với mô hình.")
    READERS: ClassVar[Choices] = {"given": "Như lúc mở trang", "extractive": "Chỉ trích nguyên văn"}


class EnglishSettingsTexts(SettingsTexts):
    """The texts of the settings in English."""

    SETTINGS = "Settings"
    SAVE = "Save"
    LANGUAGE = ("Language", "Of the page; answers stay in the Vietnamese of the documents.")
    LANGUAGES: ClassVar[Choices] = {"vi": "Tiếng Việt", "en": "English"}
    THEME = ("Appearance", "Light, dark, or as the device is set.")
    THEMES: ClassVar[Choices] = {"auto": "As the device", "light": "Light", "dark": "Dark"}
    SOURCES = ("Passages", "How many of the nearest passages are kept with each answer.")
    LEAST = ("Certainty", "Higher means fewer wrong answers, but more refusals.")
    LEASTS: ClassVar[Choices] = {
        "": "Default",
        "0.7": "More certain (70%)",
        "0.85": "Very certain (85%)",
    }
    RERANKER = (
        "Ranking",
        "Reads the passages found closely and ranks them again; off is faster and less accurate.",
    )
    RERANKERS: ClassVar[Choices] = {"bundled": "On", "none": "Off"}
    READER = (
        "Reader",
        "Quotes only, or the language model, if the page was started with one.",
    )
    READERS: ClassVar[Choices] = {"given": "As started", "extractive": "Quotes only"}
