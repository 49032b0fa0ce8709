"""A peer of the benchmark: what a Python developer writes to put a model behind HTTP."""

import os

import numpy
import onnxruntime
from fastapi import FastAPI
from pydantic import BaseModel

DATATYPES = {"FP32": numpy.float32, "FP64": numpy.float64, "INT64": numpy.int64}
NAMES = {numpy.dtype(dtype).name: name for name, dtype in DATATYPES.items()}


class InputTensor(BaseModel):
    name: str
    shape: list[int]
    datatype: str
    # Flat, or a list for each row; a float holds every number that the models of the benchmark take.
    data: list[float] | list[list[float]]


class OutputTensor(BaseModel):
    name: str
    shape: list[int]
    datatype: str
    data: list


class InferenceRequest(BaseModel):
    inputs: list[InputTensor]


class InferenceResponse(BaseModel):
    model_name: str
    outputs: list[OutputTensor]


options = onnxruntime.SessionOptions()
# As for every peer: the parallelism comes from the requests.
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(os.environ["MODEL_PATH"], options, providers=["CPUExecutionProvider"])
outputs = [output.name for output in session.get_outputs()]
app = FastAPI()


@app.post("/v2/models/{name}/infer")
def infer(name: str, request: InferenceRequest) -> InferenceResponse:
    feed = {
        tensor.name: numpy.array(tensor.data, dtype=DATATYPES[tensor.datatype]).reshape(tensor.shape)
        for tensor in request.inputs
    }
    return InferenceResponse(
        model_name=name,
        outputs=[
            OutputTensor(
                name=output,
                shape=list(value.shape),
                datatype=NAMES[value.dtype.name],
                data=value.ravel().tolist(),
            )
            for output, value in zip(outputs, session.run(None, feed))
        ],
    )
