import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
assert log.contains('ML-GOLDEN-INVALID: src/test/model/test_data_set_0: the case has no outputs; expected at least one of'
    + ' OUTPUT0, OUTPUT1, found none. Record what the training library predicts for these inputs, in a test_data_set as'
    + ' output_0.pb; or let `mvn ml:lock -Dml.golden.record` write what this engine gives.')
assert log.contains('ML-LOCK-REFUSED: src/test/model: -Dml.golden.record would write golden data, and -Dml.locked or'
    + ' CI=true forbids that. Run `mvn ml:lock -Dml.golden.record` on a developer machine and commit what it wrote.')
assert log =~ /ML-GOLDEN-RECORDED: src\/test\/model\/test_data_set_0: wrote the outputs that onnxruntime 1\.[0-9.]+ gave;/
assert log.contains('ml.golden.record: outputs are recorded only by hand, not in a build. Run'
    + ' `mvn ml:lock -Dml.golden.record`.')

def golden = new File(basedir, 'src/test/model')
assert new File(golden, 'test_data_set_0').list().sort() ==
    ['input_0.pb', 'input_1.pb', 'output_0.pb', 'output_1.pb']
def one = new JsonSlurper().parse(new File(golden, 'one.json'))
assert one.parameters.recorded_by =~ /^onnxruntime 1\./
assert one.outputs.collectEntries { [it.name, it.data] } == [OUTPUT0: (1..16).collect { 2 * it }, OUTPUT1: [0] * 16]

// Whoever reads a later report learns that nothing of the training library was compared.
def findings = new JsonSlurper().parse(new File(basedir, 'target/ml/verify.json')).models[0].findings
assert findings*.id == ['ML-GOLDEN-RECORDED'] * 2
assert findings*.severity == ['info'] * 2
