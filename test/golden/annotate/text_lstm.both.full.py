import torch
from torch import nn


# ※ TextClassifier：嵌入 → 2 层双向 LSTM → 两个方向的最终状态 → 全连接
# ※ TextClassifier: embedding → bidirectional 2-layer LSTM
# ※   → last states of both directions → linear layer
# ※ 输入 [B, L] → 输出 [B, 4]；参数量 128·vocab_size + 2,369,540（按默认参数）
# ※ input [B, L] → output [B, 4]
# ※ 128·vocab_size + 2,369,540 parameters (with the defaults)
class TextClassifier(nn.Module):
    # ※ 构造函数：建立 embedding、lstm、dropout、fc；须给出 vocab_size，其余有默认值
    # ※ builds embedding, lstm, dropout, fc; needs vocab_size (the rest have defaults)
    def __init__(self, vocab_size, embed_dim=128, hidden=256, num_classes=4):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 嵌入，vocab_size 个编号 → 128 维向量
        # ※ 编号 0 为填充：其向量初始为 0，不参与训练
        # ※ embedding, vocab_size ids → vectors of 128
        # ※ id 0 is padding: its vector starts as 0 and is not trained
        self.embedding = nn.Embedding(vocab_size, embed_dim, padding_idx=0)
        # ※ 2 层双向 LSTM：特征 128→512（每个方向 256）
        # ※ bidirectional 2-layer LSTM, 128→512 features, 256 from each direction
        self.lstm = nn.LSTM(
            embed_dim,
            hidden,
            num_layers=2,
            batch_first=True,
            bidirectional=True,
            dropout=0.3,
        )
        # ※ 随机失活，p = 0.5，仅训练时 / dropout, p = 0.5, while training only
        self.dropout = nn.Dropout(0.5)
        # ※ 全连接，最后一维 512→4 / linear layer, maps the last axis 512→4
        self.fc = nn.Linear(2 * hidden, num_classes)

    def forward(self, tokens):  # ※ tokens: [B, L]
        x = self.embedding(tokens)  # ※ 嵌入 → [B, L, 128] / embedding → [B, L, 128]
        # ※ 2 层双向 LSTM → [B, L, 512], ([4, B, 256] × 2)
        # ※ bidirectional 2-layer LSTM → [B, L, 512], ([4, B, 256] × 2)
        outputs, (h, c) = self.lstm(x)
        # ※ 拼接两个方向的最终隐藏状态 → [B, 512]
        # ※ joins the last hidden states of both directions → [B, 512]
        last = torch.cat([h[-2], h[-1]], dim=1)
        # ※ 返回：随机失活 → 全连接 → [B, 4] / returns: dropout → linear layer → [B, 4]
        return self.fc(self.dropout(last))
