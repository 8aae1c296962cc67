"""The reader's network: an encoder with two heads, one that says whether and one that says where."""

from pathlib import Path

from torch import Tensor, cat, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerFast


class ReaderNetwork(nn.Module):
    """An encoder with two linear layers: one on the first token and the mean of the window says whether the
    answer stands there, the other on each token says how well it begins or ends the answer."""

    def __init__(self, folder: Path, dropout: float = 0.1, attention: str = "eager") -> None:
        """Begins with the weights of a sentence-transformers folder. `attention` is how transformers computes
        it: "eager" can be exported, "sdpa" is faster where the encoder has it."""
        super().__init__()
        self.bert = AutoModel.from_pretrained(
            str(folder), local_files_only=True, attn_implementation=attention
        )
        self._typed = getattr(self.bert.config, "type_vocab_size", 1) > 1
        width = self.bert.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.whether = nn.Linear(2 * width, 1)
        self.where = nn.Linear(width, 2)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The log-odds that the answer stands there (batch), and for each token those of the answer's first
        and last (batch, tokens, 2), far below zero outside the window, whose tokens have type 1."""
        types = {"token_type_ids": token_type_ids} if self._typed else {}
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask, **types).last_hidden_state
        inside = (token_type_ids * attention_mask).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)
        whether = self.whether(self.dropout(cat([hidden[:, 0], mean], dim=-1))).squeeze(-1)
        where = self.where(self.dropout(hidden)) - 1e4 * (1 - inside)
        return whether, where

    def freeze(self, layers: int) -> None:
        """Leave the embeddings and so many of the first layers as they are."""
        for part in (self.bert.embeddings, *self.bert.encoder.layer[:layers]):
            part.requires_grad_(requires_grad=False)

    @property
    def learning(self) -> list[nn.Parameter]:
        """The weights that learn."""
        return [one for one in self.parameters() if one.requires_grad]


def tokenizer_of(folder: Path) -> PreTrainedTokenizerFast:
    """The tokenizer of a folder."""
    found = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, use_fast=True)
    assert isinstance(found, PreTrainedTokenizerFast)
    return found
