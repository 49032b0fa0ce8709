package com.example.inference;

/** A tensor in a response; the data is an array of primitives, row-major. */
record Output(String name, long[] shape, String datatype, Object data) {}
