"""Every sentence of `web/evaluation_texts.py` in English."""

from collections.abc import Mapping
from typing import ClassVar

from eval.typing_styles import TypingStyle
from web.evaluation_texts import EvaluationTexts
from web.figures import EnglishFigures, counted


class EnglishEvaluationTexts(EnglishFigures, EvaluationTexts):
    """The texts of the evaluation in English."""

    ONLY_EDITORS = (
        "Only editors may see and run evaluations: here are everybody's questions and opinions."
        " If you need to, ask an administrator to change the role of your account."
    )

    RUN_HEADING = "Run an evaluation"
    RUN_TEXT = (
        "Asks questions whose answers are known and marks the replies: is the right document"
        " found, is the answer right, is it refused where nothing answers. Others can go on asking"
        " meanwhile."
    )
    SOURCE_LABEL = "Which questions?"
    SOURCES: ClassVar[Mapping[str, str]] = {
        "exam": "An exam made from your documents",
        "file": "Your own file of questions",
        "sample": "The bundled sample questions",
        "feedback": "Questions that users judged",
    }
    SOURCE_NOTES: ClassVar[Mapping[str, str]] = {
        "exam": "Questions are made by rules; the same seed gives the same exam, to run again and"
        " compare.",
        "file": ".jsonl (a question with its answers on each line) or .json in SQuAD's form.",
        "sample": "About the sample articles, which your library holds.",
        "feedback": "The right answer is what was found “Correct”, or the passage you mark below.",
    }
    QUESTIONS = "Questions"
    SEED = "Seed"
    FILE_LABEL = "File of questions (.jsonl, .json): drop or press to choose"
    OPTIONS = "Options"
    TYPING = "How questions are typed"
    TYPINGS: ClassVar[Mapping[TypingStyle, str]] = {
        TypingStyle.ACCENTED: "with accents",
        TypingStyle.UNACCENTED: "without accents",
        TypingStyle.HALF: "with some accents",
        TypingStyle.TELEX: "Telex keystrokes",
        TypingStyle.VNI: "VNI keystrokes",
        TypingStyle.TEENCODE: "teencode",
    }
    RERANKER = "Reranker"
    RERANKERS: ClassVar[Mapping[str, str]] = {"bundled": "on (as the page)", "none": "off"}
    START = "Run"
    STOP = "Stop"
    CHOOSE_FILE = "Choose a file of questions first."
    FILE_TWICE = "Choose exactly one file of questions."
    NO_FEEDBACK_YET = "There are no opinions to run yet."
    NO_SAMPLE = "The library lacks the sample articles that the sample questions are about."
    PROGRESS = "Progress of the evaluation"
    STARTING = "Opening the index and the models…"
    STOPPING = "Stopping…"
    STOPPED = "Stopped. What was asked is kept; “Go on” asks the rest."

    RUNS_HEADING = "Runs"
    NO_RUNS = "No runs yet."
    COLUMNS = ("Choose", "When", "Questions asked", "Count")
    MEASURES: ClassVar[Mapping[str, str]] = {
        "retrieval.recall@1": "Right document first",
        "answers.best_sentence_accuracy": "Best sentence right",
        "abstention.answered": "Answered",
        "abstention.wrong_when_answered": "Wrong of these",
        "citations.validity": "Exact citations",
    }
    MEASURE_NOTES: ClassVar[Mapping[str, str]] = {
        "retrieval.recall@1": "Share of questions whose right document comes first (recall@1).",
        "answers.best_sentence_accuracy": "Share of questions whose first sentence, shown as an"
        " answer or as the nearest one in a refusal, holds a right answer.",
        "abstention.answered": "Share of answerable questions that are answered, not refused.",
        "abstention.wrong_when_answered": "Share of the answered questions that are answered"
        " wrongly.",
        "citations.validity": "Share of citations that are exactly the stored text.",
    }
    ACTIONS = "Actions"
    REPORT = "Report"
    RESUME = "Go on"
    ASK_AGAIN = "Ask again"
    KEEP = "Keep"
    REMOVE = "Remove"
    REMOVE_SURE = "Remove this run? You can undo this."
    REMOVED = "One run was removed."
    NOT_FINISHED = "not finished"
    COMPARE = "Compare the two chosen runs"
    COMPARE_HINT = "Choose two runs of the same questions, then press this button."
    CHOOSE_TWO = "Choose exactly two finished runs to compare."
    OTHER_QUESTIONS = (
        "These two runs asked different questions (or know different answers), so they cannot be"
        " compared. Use “Ask again” of one of them to ask the very same questions, then compare."
    )
    ALREADY_RUNNING = "A run is going on; wait for its end or stop it."
    NO_SUCH_RUN = "There is no such run; load the page again."
    IS_KEPT = "This run is kept; stop keeping it before you remove it."
    NOTHING_TO_UNDO = "There is nothing left to undo."
    IS_RUNNING = "This one is running; stop it before you remove it."

    MEANINGS = "What do the figures mean?"
    COMPARISON_HEADING = "Comparison"
    FIRST, SECOND = "before", "after"
    DIFFERENCE = "Difference (95 % interval)"
    MEASURE = "Figure"
    COUNT = "Questions"
    PART = "Part"
    LEGEND = (
        "The difference is after minus before, in percentage points. The interval in brackets holds"
        " the true difference with a probability of 95 %; p is the chance of such a difference by"
        " accident: bold where p < 0.05. The more you compare, the likelier a small p is by"
        " accident."
    )
    DIMENSIONS: ClassVar[Mapping[str, str]] = {
        "kind": "By kind of question",
        "typing": "By typing",
        "document_kind": "By kind of document",
        "question_length": "By length of question (syllables)",
        "document_length": "By length of document (characters)",
    }
    KINDS: ClassVar[Mapping[str, str]] = {
        "fact": "what",
        "who": "who",
        "when": "when",
        "where": "where",
        "number": "how many",
        "document": "which document",
        "yes_no": "whether",
        "list": "which ones",
        "why": "why",
        "how": "how",
        "definition": "what it means",
        "near_miss": "near miss, nothing answers it",
        "off_topic": "off topic",
    }
    ALL_MEASURES = "All figures"
    CHANGED_HEADING = "Questions that are answered differently"
    NONE_CHANGED = "No question is answered differently."
    VERDICTS: ClassVar[Mapping[str, str]] = {
        "worse": "worse",
        "better": "better",
        "other": "different",
    }
    GOLD = "Right answer"
    REFUSED = "refused to answer"

    FEEDBACK_HEADING = "What users said"
    NO_FEEDBACK = (
        "No opinions yet. Users press “Correct” or “Not correct” below an answer;"
        " what they say appears here."
    )
    NONE_SUCH = "There are no such opinions."
    SHOW = "Show"
    SHOWN: ClassVar[Mapping[str, str]] = {
        "all": "all",
        "bad": "not correct",
        "good": "correct",
        "open": "not correct, no passage marked",
    }
    EXPORT = "Download as a collection (.jsonl)"
    RUN_FEEDBACK = "Run these questions"
    ANSWER = "Answered"
    COMMENT = "Comment"
    CITED = "Cited"
    MARK = "Mark the right passage"
    MARKED = "Right passage"
    MARKED_ANSWER = "Right answer"
    UNMARK = "Take the mark away"
    SEARCH = "Find passages"
    SEARCH_LABEL = "Find the passage that holds the answer"
    MARK_HINT = (
        "Choose the passage that answers the question. Select a few words in it, or copy them into"
        " the box, if only they are the answer."
    )
    WORDS = "Answer in the passage (optional)"
    CHOOSE = "This is the right passage"
    NOTHING_FOUND = "No passage was found; try other words."
    CLOSE = "Close"
    SAVED = "The right passage was saved."
    GONE = "The document or passage is no longer like this in the library; search again."
    NO_OPINION = "This opinion is gone; load the page again."

    def progress(self, step: str, done: int, of: int | None, seconds_left: float | None) -> str:
        """Return how far a run is; ``step`` as in `eval.progress.Step`."""
        words = {
            "read": ("Reading documents for the exam", "documents"),
            "index": ("Indexing", "documents"),
        }
        doing, things = words.get(step, ("Asking", "questions"))
        count = self.grouped(done) if of is None else f"{self.grouped(done)}/{self.grouped(of)}"
        return f"{doing}: {count} {things}{self._left(seconds_left)}."

    def run_done(self, name: str) -> str:
        """Return that a run has ended."""
        return f"Finished: {name}."

    def run_failed(self, reason: str) -> str:
        """Return why a run failed."""
        return f"The run failed: “{reason}”."

    def exam_name(self, questions: int, seed: int) -> str:
        """Return the name of an exam."""
        return f"Exam, {counted(self.grouped(questions), 'question')}, seed {seed}"

    def settings(self, typing: TypingStyle, reranker: str) -> str:
        """Return what of a run's settings is not as usual; empty when all is."""
        said = [f"typed {self.TYPINGS[typing]}"] if typing is not TypingStyle.ACCENTED else []
        return ", ".join([*said, "not reranked"] if reranker == "none" else said)

    def changed(self, counts: Mapping[str, int]) -> str:
        """Return how many questions are answered otherwise, by verdict."""
        told = ", ".join(
            f"{self.grouped(counts.get(name, 0))} {said}" for name, said in self.VERDICTS.items()
        )
        return f"{self.grouped(sum(counts.values()))}: {told}."

    def more(self, count: int) -> str:
        """Return how many questions are not shown."""
        return f"… and {self.grouped(count)} more; open the report of each run to see all."

    def choose(self, name: str, started: str) -> str:
        """Return the accessible name of the box that chooses a run."""
        return f"Choose to compare: {name}, {self.moment(started)}"

    def asked_so_far(self, count: int) -> str:
        """Return how far an unfinished run is."""
        return f"{self.NOT_FINISHED}, {self.grouped(count)} asked"

    def opinions(self, good: int, bad: int, marked: int) -> str:
        """Return how many opinions there are."""
        return (
            f"{self.grouped(good)} correct, {self.grouped(bad)} not correct"
            f" (of these {self.grouped(marked)} with the right passage marked)."
        )

    def not_in_passage(self, words: str) -> str:
        """Return what is said of words that do not stand in the passage that was chosen."""
        return f"“{words}” does not stand in this passage; copy the words exactly."

    def _left(self, seconds: float | None) -> str:
        if not seconds:
            return ""
        if seconds < 90:  # noqa: PLR2004
            return f", about {counted(self.grouped(round(seconds)), 'second')} left"
        return f", about {counted(self.grouped(round(seconds / 60)), 'minute')} left"
