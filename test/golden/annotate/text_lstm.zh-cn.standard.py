import torch
from torch import nn


# ※ TextClassifier：嵌入 → 2 层双向 LSTM → 两个方向的最终状态 → 全连接
# ※ 输入 [B, L] → 输出 [B, 4]；参数量 128·vocab_size + 2,369,540（按默认参数）
class TextClassifier(nn.Module):
    def __init__(self, vocab_size, embed_dim=128, hidden=256, num_classes=4):
        super().__init__()
        # ※ 嵌入，vocab_size 个编号 → 128 维向量
        # ※ 编号 0 为填充：其向量初始为 0，不参与训练
        self.embedding = nn.Embedding(vocab_size, embed_dim, padding_idx=0)
        self.lstm = nn.LSTM(  # ※ 2 层双向 LSTM：特征 128→512（每个方向 256）
            embed_dim,
            hidden,
            num_layers=2,
            batch_first=True,
            bidirectional=True,
            dropout=0.3,
        )
        self.dropout = nn.Dropout(0.5)  # ※ 随机失活，p = 0.5，仅训练时
        self.fc = nn.Linear(2 * hidden, num_classes)  # ※ 全连接，最后一维 512→4

    def forward(self, tokens):  # ※ tokens: [B, L]
        x = self.embedding(tokens)  # ※ 嵌入 → [B, L, 128]
        # ※ 2 层双向 LSTM → [B, L, 512], ([4, B, 256] × 2)
        outputs, (h, c) = self.lstm(x)
        # ※ 拼接两个方向的最终隐藏状态 → [B, 512]
        last = torch.cat([h[-2], h[-1]], dim=1)
        return self.fc(self.dropout(last))  # ※ 随机失活 → 全连接 → [B, 4]
