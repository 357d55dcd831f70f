// Saves the file that an event has made: a link with its content, from web/rendering.py.

watch("value", () => element.querySelector("a[download]")?.click());
