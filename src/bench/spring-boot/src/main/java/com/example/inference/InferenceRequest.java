package com.example.inference;

import java.util.List;

record InferenceRequest(List<Tensor> inputs) {}
