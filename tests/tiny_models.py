"""Models of a few kilobytes in the forms of the hub, made on the spot."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_END = "<|im_end|>"
_SPECIAL = ["<|unknown|>", "<|im_start|>", _END]
_HIDDEN = 64


def chat_model(folder: Path, reply: Sequence[str], *, ends: bool = True, reads: int = 4096) -> Path:
    """Save a chat model of Qwen's architecture that writes one reply whatever it is asked.

    Its weights are random but for the way past them: each token's likeliest successor is the next
    word of the reply. The words must be distinct. A reply that does not end starts again.
    """
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    reply = [reply[0], *(f" {word}" for word in reply[1:])]
    words = [*_SPECIAL, "assistant", "\n", *reply]
    config = Qwen3Config(
        vocab_size=len(words),
        hidden_size=_HIDDEN,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=16,
        max_position_embeddings=reads,
        bos_token_id=None,
        eos_token_id=words.index(_END),
        pad_token_id=words.index(_END),
    )
    torch.manual_seed(1)
    model: Any = Qwen3ForCausalLM(config)
    last = _END if ends else reply[0]
    chain = [words.index(word) for word in ["\n", *reply, last]]
    with torch.no_grad():
        for layer in model.model.layers:
            layer.self_attn.o_proj.weight.zero_()
            layer.mlp.down_proj.weight.zero_()
        model.model.embed_tokens.weight.copy_(torch.eye(len(words), _HIDDEN))
        model.lm_head.weight.zero_()
        for word, successor in pairwise(chain):
            model.lm_head.weight[successor, word] = 1
    model.save_pretrained(folder)
    _tokenizer(words).save_pretrained(folder)
    return folder


def span_model(folder: Path, words: Sequence[str], *, finds: str, score: float = 3.0) -> Path:
    """Save a BERT that finds one word wherever it stands, with ``score`` for its start and end.

    Its first token, "no answer", scores 0 for either.
    """
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, BertTokenizer

    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(words)]
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=_HIDDEN,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=130,
    )
    torch.manual_seed(1)
    model = BertForQuestionAnswering(config)
    bert: Any = model.bert
    with torch.no_grad():
        layer = bert.encoder.layer[0]
        for dense in (layer.attention.output.dense, layer.output.dense):
            dense.weight.zero_()
            dense.bias.zero_()
        embeddings = bert.embeddings
        embeddings.position_embeddings.weight.zero_()
        embeddings.token_type_embeddings.weight.zero_()
        embeddings.word_embeddings.weight.zero_()
        place = vocabulary.index(finds)
        embeddings.word_embeddings.weight[place, 0] = 1
        model.qa_outputs.weight.zero_()
        model.qa_outputs.bias.zero_()
        # A normalised unit vector of n places is √n at its one, but for a part in n.
        model.qa_outputs.weight[:, 0] = score / _HIDDEN**0.5
    model.save_pretrained(folder)
    places = {word: place for place, word in enumerate(vocabulary)}
    BertTokenizer(vocab=places, strip_accents=False).save_pretrained(folder)
    return folder


def nli_model(folder: Path, labels: Sequence[str], *, likeliest: str, entailing: str = "") -> Path:
    """Save a BERT that finds one label the likeliest, unless the text holds the entailing word.

    That word alone moves what the first token attends to, towards the first label.
    """
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *filter(None, [entailing])]
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=_HIDDEN,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
    )
    torch.manual_seed(1)
    model: Any = BertForSequenceClassification(config)
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
        for part in (model.bert.embeddings, model.bert.encoder.layer[0].attention.output):
            part.LayerNorm.weight.fill_(1)
        layer = model.bert.encoder.layer[0]
        layer.output.LayerNorm.weight.fill_(1)
        # Attention is even over all tokens: each passes on what it holds, so the word is seen.
        for dense in (layer.attention.self.value, layer.attention.output.dense):
            dense.weight.copy_(torch.eye(_HIDDEN))
        model.bert.pooler.dense.weight.copy_(torch.eye(_HIDDEN))
        if entailing:
            model.bert.embeddings.word_embeddings.weight[-1, 0] = 1
            model.classifier.weight[0, 0] = 10
        model.classifier.bias[labels.index(likeliest)] = 1
    model.save_pretrained(folder)
    places = {word: place for place, word in enumerate(vocabulary)}
    BertTokenizer(vocab=places, strip_accents=False).save_pretrained(folder)
    return folder


def _tokenizer(words: Sequence[str]) -> Any:  # noqa: ANN401 - of transformers
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, words[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("\n| ?[^ \n]+| "), "isolated")
    tokenizer.decoder = decoders.Fuse()
    make: Any = PreTrainedTokenizerFast
    fast = make(
        tokenizer_object=tokenizer,
        unk_token=words[0],
        eos_token=_END,
        pad_token=_END,
        additional_special_tokens=["<|im_start|>"],
    )
    fast.chat_template = CHAT_TEMPLATE
    return fast
