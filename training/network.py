"""The reader's network: MiniLM with two heads, one that says whether and one that says where."""

from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerFast


class ReaderNetwork(nn.Module):
    """BERT's layers; a linear layer on [CLS] and the mean of the window says whether the answer stands there,
    another one on each token says how well it begins or ends the answer."""

    def __init__(self, folder: Path, dropout: float = 0.1) -> None:
        """Begins with the weights of a sentence-transformers folder."""
        super().__init__()
        self.bert = AutoModel.from_pretrained(str(folder), local_files_only=True, attn_implementation="eager")
        width = self.bert.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.whether = nn.Linear(2 * width, 1)
        self.where = nn.Linear(width, 2)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The log-odds that the answer stands there (batch), and for each token those of the answer's first
        and last (batch, tokens, 2), far below zero outside the window."""
        hidden = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        inside = (token_type_ids * attention_mask).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * inside).sum(1) / inside.sum(1).clamp(min=1)
        whether = self.whether(self.dropout(torch.cat([hidden[:, 0], mean], dim=-1))).squeeze(-1)
        where = self.where(self.dropout(hidden)) - 1e4 * (1 - inside)
        return whether, where


def tokenizer_of(folder: Path) -> PreTrainedTokenizerFast:
    """The tokenizer of a folder."""
    found = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, use_fast=True)
    assert isinstance(found, PreTrainedTokenizerFast)
    return found
