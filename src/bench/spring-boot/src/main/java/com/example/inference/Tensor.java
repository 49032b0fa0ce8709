package com.example.inference;

/** A tensor in a request; a double holds every number that the models of the benchmark take. */
record Tensor(String name, long[] shape, String datatype, double[] data) {}
