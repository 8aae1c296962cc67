"""The reader's network: an encoder with two heads, for whether a window answers and where."""

from pathlib import Path

from torch import Tensor, cat, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerFast

DROPOUT = 0.1
"""The share of values that are left out at random in training, before each head."""


class ReaderNetwork(nn.Module):
    """An encoder with two linear layers. `whether`, on the first token and the mean of the window, gives
    whether the answer is in it; `where`, on each token, gives whether the answer begins or ends there."""

    def __init__(self, folder: Path) -> None:
        """Starts with the weights of the BERT model in a folder."""
        super().__init__()
        # Of the implementations of attention in transformers, this one can be exported.
        self.bert = AutoModel.from_pretrained(str(folder), local_files_only=True, attn_implementation="eager")
        width = self.bert.config.hidden_size
        self.dropout = nn.Dropout(DROPOUT)
        self.whether = nn.Linear(2 * width, 1)
        self.where = nn.Linear(width, 2)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The log-odds that the window answers (batch), and of each token to be the answer's first and last
        one (batch, tokens, 2). Outside the window, whose tokens have type 1, these are far below zero."""
        hidden = self.bert(input_ids, attention_mask, token_type_ids).last_hidden_state
        inside = (token_type_ids * attention_mask).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)
        whether = self.whether(self.dropout(cat([hidden[:, 0], mean], dim=-1))).squeeze(-1)
        where = self.where(self.dropout(hidden)) - 1e4 * (1 - inside)
        return whether, where


def tokenizer_of(folder: Path) -> PreTrainedTokenizerFast:
    """The tokenizer in a folder."""
    found = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, use_fast=True)
    assert isinstance(found, PreTrainedTokenizerFast)
    return found
