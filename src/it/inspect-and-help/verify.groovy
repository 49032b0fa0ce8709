def log = new File(basedir, 'build.log').text

['ml:attest', 'ml:embed', 'ml:help', 'ml:image', 'ml:inspect', 'ml:lock', 'ml:verify'].each { goal ->
    assert log.readLines().contains(goal) : "ml:help does not list $goal"
}
[
    'opsets      ai.onnx 15, ai.onnx.ml 3',
    'ai.onnx.ml.TreeEnsembleClassifier 1',
    'file        model.onnx sha256:97f3483d8d89dc5b4599b5326305688ee77eccff0e94951a721c3fae382fb54b',
    'input       worst_fractal FP64[N,1]',
    'output      probabilities FP32[N,2]',
].each { line -> assert log.contains(line) : "ml:inspect does not say $line" }
assert !new File(basedir, 'target/ml').exists() : 'inspecting writes nothing'
