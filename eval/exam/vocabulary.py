"""The Vietnamese words by which sentences are taken apart and questions are judged."""

import re

from index.abbreviations import UPPER

_VERBS = """
là được bị đã sẽ đang có do gồm thuộc nằm diễn_ra bắt_đầu kết_thúc tổ_chức thông_qua ban_hành
công_bố quy_định đạt chiếm bầu ký giao cấm xác_định cho_phép cho đặt đưa trao nhận giành mở
khai_mạc khai_trương khánh_thành bế_mạc thành_lập sáng_lập xây xây_dựng khởi_công hoàn_thành sinh
mất qua_đời hy_sinh tử_trận lên_ngôi thoái_vị trở_thành trở_lại giữ làm đứng xếp tăng giảm lên
xuống thay thay_thế bỏ quyết_định đổi nhập hợp_nhất sáp_nhập tách đọc viết soạn sáng_tác xuất_bản
phát_hành ra_mắt ra_đời phát_hiện phát_minh chế_tạo nghiên_cứu khảo_sát chủ_trì tổng_kết phát_biểu
tham_dự dự tham_gia đến tới về rời đi sang trải nối dài rộng cao nặng sâu hoạt_động phục_vụ
kéo_dài đón thu_hút tiếp thăm gặp làm_việc học tốt_nghiệp dạy giảng_dạy gia_nhập nhậm_chức từ_chức
chỉ_huy lãnh_đạo đánh tấn_công chiếm đầu_hàng đánh_bại bao_vây mua bán đầu_tư chi trả vay cấp phạt
xử_phạt bắt khởi_tố truy_tố điều_tra phải không chưa cần gây khiến giúp sản_xuất xuất_khẩu
nhập_khẩu tiêu_thụ sở_hữu chứa bao_gồm đề_nghị yêu_cầu đề_xuất đồng_ý chỉ phê_duyệt phê_chuẩn
cho_biết khẳng_định nhấn_mạnh báo_cáo ghi ghi_nhận được_gọi mang tên gọi chết sống cư_trú kết_hôn
cưới theo vào ra chạy bay vượt ghi_danh công_nhận trao_tặng tặng thưởng nêu tuyên_bố chứng_kiến
đăng_quang vô_địch đoạt sử_dụng áp_dụng thực_hiện triển_khai quản_lý điều_hành phụ_trách phân_chia
chia họp quản trị_vì cai_trị khởi_nghĩa nổ_ra lập dựng nhảy_dù hình_thành phát_triển mở_rộng
mở_màn nghiêm_cấm bảo_vệ bổ_nhiệm ghi_bàn gửi hướng_dẫn thi_đấu đăng_cai chịu tìm_thấy khởi_hành
cập_bến ấn_định rút_ngắn nhắc_lại trúng_cử đông tiến_hành khép_lại đại_diện bơi tiêu_diệt phân_bố
sinh_sống xuất_hiện tồn_tại lưu_hành dùng trưng_bày lưu_giữ kỷ_niệm phóng bắn hạ_cánh thu đóng_góp
tiết_kiệm chuyển quyên_góp ủng_hộ hỗ_trợ thu_hồi phá kiểm_tra giám_sát tiếp_nhận điều_trị
"""
VERBS = frozenset(verb.replace("_", " ") for verb in _VERBS.split())
"""Verbs and the small words before them; those that are mostly parts of nouns are left out."""

_NOMINALISERS = """
người việc sự cuộc quyền cách nơi ban viện bộ sở cục trường tâm ty hội nghị trình án hoạch lễ ngày
đoàn luật nhà máy giải ngành nghề công tác thời gian thuốc quỹ phí giá vốn mức quá ủy hạn tuổi
buổi lệnh chính khả năng nhu cầu kết quả hoạt động lĩnh vực phương chỉ tiêu số lượng điều tiền
tổng nguồn
"""
NOMINALISERS = frozenset(_NOMINALISERS.split())
"""Words after which a verb is part of a noun: "Ban tổ chức", "lễ ký kết"."""

COMPOUNDS = frozenset(
    (
        "lý do",
        "tự do",
        "hiệp định",
        "bầu cử",
        "danh thắng",
        "chiến thắng",
        "đại học",
        "khoa học",
        "trường học",
        "sinh học",
        "hóa học",
        "văn học",
        "toán học",
        "đơn vị",
        "đời sống",
        "ngày sinh",
        "học sinh",
        "vệ sinh",
        "bộ đội",
        "công cộng",
        "lớn lên",
        "mua bán",
        "nhận thức",
        "tài sản xuất",
        "hồ chứa",
        "đường dài",
        "chiều dài",
        "chiều rộng",
        "chiều cao",
        "bậc cao",
        "tối cao",
        "cấp cao",
        "chủ sở",
        "nhà ở",
        "đất ở",
        "điểm đến",
        "kinh doanh thu",
        "doanh thu",
        "mùa thu",
        "giấy phép",
        "văn bản",
        "nội dung",
        "sau khi",
        "trước khi",
        "người làm",
        "thu nhập",
        "cuộc sống",
        "quản lý",
        "nguồn gốc",
        "quân sự",
        "cổ phần",
        "dự án",
        "dự thảo",
        "dự luật",
        "bức xạ",
        "nhà vua",
        "cây trồng",
        "công ước",
        "thời kỳ",
        "chữ viết",
        "bài viết",
        "người dạy",
        "trực thuộc",
        "sông dài",
        "hội họp",
    )
)
"""Words of two syllables of which the second alone would be a verb, or the first."""

_LEADING = """
cụ phía giới kết lấy dự
theo khi nếu sau trước để với do vì tuy dù mặc trong trên qua từ bên ngoài nhờ bằng về đối cùng
vào ngay hiện đến cũng nhưng và song còn đồng như việc dưới ngược tương hơn thậm đặc nhất cả riêng
tính bởi khoảng là được phát thông kể nói ngày tháng năm sáng trưa chiều tối đêm toàn đã sẽ đang
hôm thế rồi chẳng dẫu bất tại ở giữa đầu cuối hàng nhiều một những các không có lúc đây đó nay mới
lại vậy
"""
LEADING = frozenset(_LEADING.split())
"""Words that a sentence which can be asked about does not begin with."""

_DANGLING = re.compile(
    r"(?<!\w)(?:(?:bố|việc|tin|dung|định|hợp|CLB|đội|nước|người|vụ) trên"
    r"(?= (?:được|bị|là|đã|ở|tại|của|có)|$)"
    r"|này|đó|ấy|kia|đây|nói trên|nêu trên|vừa qua|hôm (?:nay|qua|sau|trước)|hiện nay"
    r"|hiện tại"
    r"|mới đây|sắp tới|(?:năm|tháng|tuần|sáng|chiều|tối|đêm|ngày) (?:nay|ngoái|qua|sau|trước|mai"
    r"|tới)"
    r"|họ|mình|chúng|chúng ta|chúng tôi|tôi|nó|cùng (?:kỳ|ngày|năm|thời)|cả hai|cả ba|vẫn|cũng|nữa"
    r"|lúc đầu|trên đây|sau đó|trước đó|như vậy|như thế|tương ứng|lần lượt|nhau|còn lại|khác"
    r"|thứ hai|tiếp theo|kể trên|hay không|một số|không chỉ|nhất là|ngoài ra|bản thân|vì thế"
    r"|liên quan)"
    r"(?!\w)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    rf"(?<!\w)(?:[Ôô]ng(?! bà)|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|em|cậu|chú|bác|[Đđ]ồng chí|thầy|nàng|chàng"
    rf"|các ông|các bà)(?! (?:nội|ngoại|con|em|trai|gái|chủ|hùng|dũng|ninh|hưởng)\b)(?!\w"
    rf"| [{UPPER}])"
)
_BARE_NOUNS = """
hội nghị|buổi lễ|lễ|dự án|công ty|chương trình|cuộc thi|giải đấu|giải|trận đấu|trận|vụ án
|vụ việc|vụ|đơn vị|tỉnh|thành phố|huyện|xã|phường|quận|trường|nhà trường|bệnh viện|bị cáo|bị can
|đối tượng|nạn nhân|đội tuyển|đội bóng|đội|đội nhà|chủ nhà|bộ phim|phim|cuốn sách|tác phẩm
|bài hát|album|tập đoàn|ngân hàng|cơ quan|luật|bộ luật|nghị định|nghị quyết|chiến dịch|đảo|hồ
|sông|núi|loài|cửa hàng|ngành|khóa|kỳ họp|cuộc họp|địa phương|địa bàn|khu vực|vùng|địa bàn tỉnh
|hiện trường|tòa|hội thảo|công trình|đường|cầu|dự thảo|đề án|kế hoạch|cuộc bầu cử|triều đại
|vương quốc|đế quốc|đế chế|quần đảo|ông ta|bà ta|trung tâm|nhà máy|sự kiện|mùa giải|trong nước
|thủ đô|thị trấn|di sản|danh sách|tòa nhà|di tích|đền|chùa|ban tổ chức|ban giám khảo
|lực lượng chức năng|tiền đạo|tiền vệ|hậu vệ|thủ môn|câu lạc bộ|clb|hệ thống|đồng minh|nhà vua
|hoàng đế|hoàng hậu|công chúa|chồng|vợ|cha|mẹ|con trai|con gái|nước|quốc gia|chính phủ mới|đảng
|bảo tàng|nhà thờ|lâu đài|cung điện|kinh đô|dòng họ|gia đình|tác giả|khách hàng|sản phẩm
|thương hiệu|thẻ|bảng|luật mới|bản đồ|bài báo|khách|học sinh|sinh viên|giáo viên|phụ huynh
|bệnh nhân|tài xế|xe|máy bay|tàu|chuyến bay|hãng|doanh nghiệp|cổ phiếu|thị trường|bộ|sở|ubnd
|hđnd|mặt trận|hai nước|bang
"""
_BARE = re.compile(
    rf"(?<!\w)(?:{_BARE_NOUNS.replace(chr(10), '')})(?=\s*(?:$|[,?.]|(?:đã|sẽ|là|được|bị|vào|tại"
    rf"|ở|của"
    r"|do|và|với|từ|có|đến|trong|bao nhiêu|mấy|đang|ai|không|cho|để|theo|trên|phải)(?!\w)))",
    re.IGNORECASE,
)
_COUNTED_BARE = re.compile(r"(?:bao nhiêu|mấy|\d+|thứ mấy|những|các|mỗi|một|bằng|trực thuộc)\s*$")


def stands_alone(question: str) -> bool:
    """Return whether a question points at nothing outside itself, as "ông ấy" does."""
    if _DANGLING.search(question) or _PRONOUN.search(question):
        return False
    return all(
        _COUNTED_BARE.search(question[: match.start()]) for match in _BARE.finditer(question)
    )
