import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
assert log.contains('ML-SIZE-BUDGET: src/main/model/model.onnx: the model is larger than its budget; expected at most'
    + ' 100 bytes, found 209 bytes. Make the model smaller, or raise the budget.')
assert log =~ /ML-LATENCY-BUDGET: src.main.model.model.onnx: the latency is over its budget at p50; expected at most 1 ns, found .+ of 1,000 samples\./
assert log =~ /Latency of budget-missed, 1,000 samples/
assert log =~ /up to .+ #/

def report = new JsonSlurper().parse(new File(basedir, 'target/ml/verify.json'))
def model = report.models[0]
assert model.verdict == 'fail'
assert model.findings*.id as Set == ['ML-SIZE-BUDGET', 'ML-LATENCY-BUDGET'] as Set
assert model.latency.samples == 1000
assert model.latency.nanos['p99.9'] >= model.latency.nanos.p50

// Nothing that costs too much is locked or built.
assert !new File(basedir, 'ml.lock').exists()
