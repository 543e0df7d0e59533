"""Motion and detection wired up for one exercise: the same code live, in replay and over many recordings."""

from hiplevel.model.outputs import Analysis, MotionOutput, Output
from hiplevel.pipeline.analysis import BLOCK, analyze
from hiplevel.pipeline.pipeline import Pipeline

__all__ = ["BLOCK", "Analysis", "MotionOutput", "Output", "Pipeline", "analyze"]
