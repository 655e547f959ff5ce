import torch
from torch import nn


class TextClassifier(nn.Module):
    def __init__(self, vocab_size, embed_dim=128, hidden=256, num_classes=4):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim, padding_idx=0)
        self.lstm = nn.LSTM(
            embed_dim,
            hidden,
            num_layers=2,
            batch_first=True,
            bidirectional=True,
            dropout=0.3,
        )
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(2 * hidden, num_classes)

    def forward(self, tokens):  # ※ tokens: [B, L]
        x = self.embedding(tokens)  # ※ [B, L, 128]
        outputs, (h, c) = self.lstm(x)  # ※ [B, L, 512], ([4, B, 256] × 2)
        last = torch.cat([h[-2], h[-1]], dim=1)  # ※ [B, 512]
        return self.fc(self.dropout(last))  # ※ [B, 4]
