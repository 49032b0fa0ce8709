package com.example.inference;

import ai.onnxruntime.OrtException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class InferenceController {

    private final Model model;

    InferenceController(Model model) {
        this.model = model;
    }

    @PostMapping("/v2/models/{name}/infer")
    InferenceResponse infer(@PathVariable String name, @RequestBody InferenceRequest request) throws OrtException {
        return new InferenceResponse(name, model.run(request.inputs()));
    }

    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Error invalid(IllegalArgumentException e) {
        return new Error(e.getMessage());
    }

    record Error(String error) {}
}
