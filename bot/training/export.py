"""The network as a file that runs without torch: ONNX, with whole numbers for weights."""

from pathlib import Path
from tempfile import TemporaryDirectory

import torch

from bot.training.network import Network

OUTPUTS = ["message", "principles", "severities", "pieces"]


def export(network: Network, target: Path) -> None:
    """Write `network` to `target`, its weights in eight bits per channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    network.eval()
    example = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long))
    both = {0: "windows", 1: "pieces"}
    axes = {"ids": both, "mask": both, "pieces": both} | {name: {0: "windows"} for name in OUTPUTS[:3]}
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            network,
            example,
            str(whole),
            input_names=["ids", "mask"],
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        # Per channel, or the cosine to the whole model falls from .99 to .95.
        quantize_dynamic(
            whole, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
        )
