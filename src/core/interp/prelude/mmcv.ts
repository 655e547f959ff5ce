/** The parts that OpenMMLab's model code is made of, as far as shapes and parameters go. */
export const mmcvParts = `
import torch.nn as nn

NORMS = {'BN': nn.BatchNorm2d, 'BN1d': nn.BatchNorm1d, 'BN2d': nn.BatchNorm2d, 'BN3d': nn.BatchNorm3d,
         'SyncBN': nn.SyncBatchNorm, 'LN': nn.LayerNorm, 'IN': nn.InstanceNorm2d, 'IN2d': nn.InstanceNorm2d}
CONVS = {'Conv1d': nn.Conv1d, 'Conv2d': nn.Conv2d, 'Conv3d': nn.Conv3d, 'Conv': nn.Conv2d}
ACTIVATIONS = {'ReLU': nn.ReLU, 'LeakyReLU': nn.LeakyReLU, 'PReLU': nn.PReLU, 'RReLU': nn.RReLU, 'ReLU6': nn.ReLU6,
               'ELU': nn.ELU, 'Sigmoid': nn.Sigmoid, 'Tanh': nn.Tanh, 'GELU': nn.GELU, 'SiLU': nn.SiLU,
               'Swish': nn.SiLU}

def options_of(cfg):
    return {key: value for key, value in cfg.items() if key not in ('type', 'requires_grad')}

def build_conv_layer(cfg, *args, **options):
    if cfg is None:
        return nn.Conv2d(*args, **options)
    if cfg['type'] not in CONVS:
        return not_said
    return CONVS[cfg['type']](*args, **options, **options_of(cfg))

def build_norm_layer(cfg, num_features, postfix=''):
    kind = cfg['type']
    name = {'GN': 'gn', 'LN': 'ln', 'IN': 'in', 'IN2d': 'in'}.get(kind, 'bn') + str(postfix)
    if kind == 'GN':
        return name, nn.GroupNorm(num_channels=num_features, **options_of(cfg))
    if kind not in NORMS:
        return name, not_said
    return name, NORMS[kind](num_features, **options_of(cfg))

def build_activation_layer(cfg):
    if cfg['type'] not in ACTIVATIONS:
        return not_said
    return ACTIVATIONS[cfg['type']](**options_of(cfg))

class ConvModule(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias='auto',
                 conv_cfg=None, norm_cfg=None, act_cfg={'type': 'ReLU'}, inplace=True, with_spectral_norm=False,
                 padding_mode='zeros', order=('conv', 'norm', 'act')):
        super().__init__()
        self.order = order
        self.with_norm = norm_cfg is not None
        self.with_activation = act_cfg is not None
        if bias == 'auto':
            bias = not self.with_norm
        self.conv = build_conv_layer(conv_cfg, in_channels, out_channels, kernel_size, stride=stride, padding=padding,
                                     dilation=dilation, groups=groups, bias=bias)
        self.in_channels = in_channels
        self.out_channels = out_channels
        if self.with_norm:
            behind = order.index('norm') > order.index('conv')
            self.norm_name, norm = build_norm_layer(norm_cfg, out_channels if behind else in_channels)
            self.add_module(self.norm_name, norm)
        if self.with_activation:
            self.activate = build_activation_layer(act_cfg)

    @property
    def norm(self):
        return getattr(self, self.norm_name) if self.with_norm else None

    def forward(self, x, activate=True, norm=True):
        for step in self.order:
            if step == 'conv':
                x = self.conv(x)
            elif step == 'norm' and norm and self.with_norm:
                x = self.norm(x)
            elif step == 'act' and activate and self.with_activation:
                x = self.activate(x)
        return x
`;

/** The bases of OpenMMLab's modules. */
export const mmengineBases = `
import torch.nn as nn

class BaseModule(nn.Module):
    def __init__(self, init_cfg=None):
        super().__init__()
        self.init_cfg = init_cfg

    def init_weights(self):
        pass

class Sequential(BaseModule, nn.Sequential):
    def __init__(self, *args, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.Sequential.__init__(self, *args)

class ModuleList(BaseModule, nn.ModuleList):
    def __init__(self, modules=None, init_cfg=None):
        BaseModule.__init__(self, init_cfg)
        nn.ModuleList.__init__(self, modules)
`;
