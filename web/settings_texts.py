"""Every sentence of the settings, in Vietnamese: of each its name and what it does."""

SETTINGS = "Cài đặt"
SAVE = "Lưu"
THEME = ("Giao diện", "Sáng, tối, hoặc theo thiết bị.")
THEMES = {"auto": "Theo thiết bị", "light": "Sáng", "dark": "Tối"}
SOURCES = ("Số đoạn", "Bao nhiêu đoạn gần nhất được giữ kèm mỗi câu trả lời.")
LEAST = ("Mức chắc chắn", "Càng cao càng ít trả lời sai, nhưng càng hay từ chối.")
LEASTS = {"": "Mặc định", "0.7": "Chắc hơn (70 %)", "0.85": "Rất chắc (85 %)"}
RERANKER = ("Xếp hạng", "Đọc kỹ các đoạn tìm được rồi xếp lại; tắt thì nhanh hơn, kém đúng hơn.")
RERANKERS = {"bundled": "Đọc kỹ rồi xếp lại", "none": "Tắt"}
READER = ("Trình đọc", "Trích nguyên văn, hoặc mô hình ngôn ngữ nếu trang được mở với mô hình.")
READERS = {"given": "Như lúc mở trang", "extractive": "Chỉ trích nguyên văn"}
