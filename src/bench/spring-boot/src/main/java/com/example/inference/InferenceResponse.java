package com.example.inference;

import java.util.List;

record InferenceResponse(String model_name, List<Output> outputs) {}
