"""Gradio's sessions of a real application, copied from a first one."""

import gradio as gr
import pytest
from gradio.routes import App
from gradio.state_holder import SessionState

from web.page_sessions import copy_sessions


@pytest.fixture
def app() -> App:
    with gr.Blocks(analytics_enabled=False) as page:
        gr.State({"turns": 0})
        gr.HTML("trống", elem_id="shown")
        gr.Textbox(label="Câu hỏi")
    made = App.create_app(page)
    copy_sessions(made)
    return made


def key_of(session: SessionState, kind: type[object]) -> int:
    blocks = session.blocks_config.blocks
    return next(key for key, block in blocks.items() if isinstance(block, kind))


def test_a_session_begins_as_gradio_begins_one(app: App) -> None:
    made, expected = app.state_holder["lan"], SessionState(app.get_blocks())
    assert made.config_values == expected.config_values
    assert made.blocks_config.blocks == expected.blocks_config.blocks
    assert app.state_holder["lan"] is made


def test_what_changes_in_one_session_changes_in_no_other(app: App) -> None:
    lan, minh = app.state_holder["lan"], app.state_holder["minh"]
    html, state = key_of(lan, gr.HTML), key_of(lan, gr.State)
    lan._update_value_in_config(html, "đã trả lời")
    lan.blocks_config.blocks[html] = gr.HTML("khác", render=False)
    lan[state] = {"turns": 1}
    later = app.state_holder["hoa"]
    for other in (minh, later):
        assert other.config_values[html]["props"]["value"] == "trống"
        assert other.blocks_config.blocks[html] is app.get_blocks().blocks[html]
        assert other[state] == {"turns": 0}
    assert lan[state] == {"turns": 1}


def test_the_page_is_described_once_for_all_sessions(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.state_holder["lan"]

    def described(self: object, *_: object) -> None:
        raise AssertionError(self)

    monkeypatch.setattr(gr.HTML, "get_config", described)
    assert app.state_holder["minh"].config_values
