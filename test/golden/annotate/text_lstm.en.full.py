import torch
from torch import nn


# ※ TextClassifier: embedding → bidirectional 2-layer LSTM
# ※   → last states of both directions → linear layer
# ※ input [B, L] → output [B, 4]
# ※ 128·vocab_size + 2,369,540 parameters (with the defaults)
class TextClassifier(nn.Module):
    # ※ builds embedding, lstm, dropout, fc; needs vocab_size (the rest have defaults)
    def __init__(self, vocab_size, embed_dim=128, hidden=256, num_classes=4):
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ embedding, vocab_size ids → vectors of 128
        # ※ id 0 is padding: its vector starts as 0 and is not trained
        self.embedding = nn.Embedding(vocab_size, embed_dim, padding_idx=0)
        # ※ bidirectional 2-layer LSTM, 128→512 features, 256 from each direction
        self.lstm = nn.LSTM(
            embed_dim,
            hidden,
            num_layers=2,
            batch_first=True,
            bidirectional=True,
            dropout=0.3,
        )
        self.dropout = nn.Dropout(0.5)  # ※ dropout, p = 0.5, while training only
        # ※ linear layer, maps the last axis 512→4
        self.fc = nn.Linear(2 * hidden, num_classes)

    def forward(self, tokens):  # ※ tokens: [B, L]
        x = self.embedding(tokens)  # ※ embedding → [B, L, 128]
        # ※ bidirectional 2-layer LSTM → [B, L, 512], ([4, B, 256] × 2)
        outputs, (h, c) = self.lstm(x)
        # ※ joins the last hidden states of both directions → [B, 512]
        last = torch.cat([h[-2], h[-1]], dim=1)
        return self.fc(self.dropout(last))  # ※ returns: dropout → linear layer → [B, 4]
