"""What the load report says, and the questions it asks."""

from eval.bench.load import QUESTIONS, LoadReport, questions_of


def test_the_report_names_people_errors_waiting_and_memory() -> None:
    report = LoadReport(
        users=2,
        questions=10,
        errors=1,
        seconds=5.0,
        milliseconds={"p50": 10.0, "p95": 20.0, "max": 30.0},
        processor_milliseconds=40.0,
        memory=(100.0, 110.0),
        said=("503 bận",),
    )
    assert report.as_text() == (
        "2 người, 10 câu trong 5 giây (2.0 câu/giây), 1 lỗi\n"
        "chờ: p50 10 ms, p95 20 ms, max 30 ms\n"
        "bộ xử lý: 40 ms mỗi câu\n"
        "bộ nhớ (MiB): 100 110\n"
        "503 bận\n"
    )
    assert report.as_json()["memory"] == (100.0, 110.0)


def test_the_questions_stand_alone() -> None:
    questions = questions_of(QUESTIONS)
    assert len(questions) > 50
    assert "Còn tỷ lệ vượt thì sao?" not in questions
