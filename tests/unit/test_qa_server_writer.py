"""The name of a server's model, and the key it is asked with."""

import pytest

from qa.server_writer import ServedModel, served_model, server_key
from qa.writer import WriterError


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("http://127.0.0.1:1/v1", "#MÔ_HÌNH"),
        ("http://127.0.0.1:1/v1# ", "#MÔ_HÌNH"),
        ("http://#m", "#MÔ_HÌNH"),
        ("ftp://127.0.0.1/v1#m", "#MÔ_HÌNH"),
        ("http://127.0.0.1:cổng/v1#m", "địa chỉ sai"),
        ("http://[::1/v1#m", "địa chỉ sai"),
    ],
)
def test_a_name_of_another_form_is_refused(name: str, said: str) -> None:
    with pytest.raises(WriterError, match=said):
        served_model(name)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(WriterError, match="biến môi trường") as refused:
        served_model("http://nam:bimat@127.0.0.1:1/v1#m")
    assert "bimat" not in str(refused.value)


def test_a_models_name_may_hold_colons_and_slashes() -> None:
    served = served_model("http://127.0.0.1:11434/v1#Qwen/Qwen3:4b")
    assert served == ServedModel("http://127.0.0.1:11434/v1", "Qwen/Qwen3:4b")


@pytest.mark.parametrize(
    ("environment", "key"),
    [
        ({}, ""),
        ({"DANCHUNG_API_KEY": " ", "OPENAI_API_KEY": "sk-1\n"}, "sk-1"),
        ({"DANCHUNG_API_KEY": "sk-2", "OPENAI_API_KEY": "sk-1"}, "sk-2"),
    ],
)
def test_the_key_is_the_first_that_is_set(environment: dict[str, str], key: str) -> None:
    assert server_key(environment) == key


@pytest.mark.parametrize("key", ["bímật", "bi\nmat"])
def test_a_key_that_no_header_can_hold_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(WriterError, match="OPENAI_API_KEY") as refused:
        server_key({"OPENAI_API_KEY": key})
    assert key not in str(refused.value)
