"""The reader's network: an encoder with two heads, for whether a window answers and where."""

from pathlib import Path

from torch import Tensor, cat, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerFast


class ReaderNetwork(nn.Module):
    """An encoder with two linear layers. `whether`, on the first token and the mean of the window, gives
    whether the answer is in it; `where`, on each token, gives whether the answer begins or ends there."""

    def __init__(self, folder: Path, dropout: float = 0.1, attention: str = "eager") -> None:
        """Starts with the weights of a sentence-transformers folder. `attention` is the implementation in
        transformers: "eager" can be exported, "sdpa" is faster if the encoder supports it."""
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
        """The log-odds that the window answers (batch), and of each token to be the answer's first and last
        one (batch, tokens, 2). Outside the window, whose tokens have type 1, these are far below zero."""
        types = {"token_type_ids": token_type_ids} if self._typed else {}
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask, **types).last_hidden_state
        inside = (token_type_ids * attention_mask).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)
        whether = self.whether(self.dropout(cat([hidden[:, 0], mean], dim=-1))).squeeze(-1)
        where = self.where(self.dropout(hidden)) - 1e4 * (1 - inside)
        return whether, where

    def freeze(self, layers: int) -> None:
        """Freeze the embeddings and this many of the first layers."""
        for part in (self.bert.embeddings, *self.bert.encoder.layer[:layers]):
            part.requires_grad_(requires_grad=False)

    @property
    def learning(self) -> list[nn.Parameter]:
        """The trainable weights."""
        return [one for one in self.parameters() if one.requires_grad]


def tokenizer_of(folder: Path) -> PreTrainedTokenizerFast:
    """The tokenizer in a folder."""
    found = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, use_fast=True)
    assert isinstance(found, PreTrainedTokenizerFast)
    return found
