"""The page's colours and type: paper, ink and a deep teal; a highlighter for the evidence."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base

# System fonts only: nothing is fetched, and each of these covers Vietnamese.
_SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Arial", "sans-serif")
_MONO = (
    "ui-monospace",
    "Cascadia Mono",
    "Menlo",
    "Noto Sans Mono",
    "DejaVu Sans Mono",
    "monospace",
)


def page_theme() -> "Base":
    """Return the Gradio theme; `page.css` takes its colours from the theme's variables."""
    from gradio.themes import Base
    from gradio.themes.utils import colors, sizes

    theme = Base(
        primary_hue=colors.teal,
        neutral_hue=colors.stone,
        text_size=sizes.text_lg,
        radius_size=sizes.radius_md,
        font=_SANS,
        font_mono=_MONO,
    )
    return theme.set(
        body_background_fill="#f7f5ef",
        body_background_fill_dark="#13171b",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1b2127",
        background_fill_secondary="#efece3",
        background_fill_secondary_dark="#232a31",
        body_text_color="#1c2429",
        body_text_color_dark="#e6eaec",
        body_text_color_subdued="#566068",
        body_text_color_subdued_dark="#a5b0b8",
        border_color_primary="#d9d4c6",
        border_color_primary_dark="#343d46",
        color_accent="#0c5c5a",
        color_accent_soft="#dcebe8",
        color_accent_soft_dark="#1d3b3b",
        link_text_color="#0c5c5a",
        link_text_color_dark="#7fd0c6",
        block_background_fill="*background_fill_primary",
        block_border_width="0px",
        block_shadow="none",
        input_background_fill="*background_fill_primary",
        input_background_fill_dark="*background_fill_primary",
        input_border_color="*border_color_primary",
        input_border_color_dark="*border_color_primary",
        # 3:1 at least against its surroundings, as WCAG 1.4.11 asks of what can be operated.
        input_border_color_focus="#0c5c5a",
        input_border_color_focus_dark="#7fd0c6",
        input_placeholder_color="#697279",
        input_placeholder_color_dark="#96a1a9",
        button_primary_background_fill="#0c5c5a",
        button_primary_background_fill_dark="#7fd0c6",
        button_primary_background_fill_hover="#094846",
        button_primary_background_fill_hover_dark="#9adcd3",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0c2322",
        button_secondary_background_fill="transparent",
        button_secondary_background_fill_dark="transparent",
        button_secondary_background_fill_hover="*background_fill_secondary",
        button_secondary_background_fill_hover_dark="*background_fill_secondary",
        button_secondary_text_color="*body_text_color",
        button_secondary_text_color_dark="*body_text_color",
        button_secondary_border_color="*border_color_primary",
        button_secondary_border_color_dark="*border_color_primary",
    )
