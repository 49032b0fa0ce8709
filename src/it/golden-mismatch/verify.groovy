import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
assert log.contains('ML-GOLDEN-MISMATCH: src/test/model/test_data_set_0: output OUTPUT0 differs at [0,15]'
    + ' (1 of 16 elements differ); expected 17, found 16. Find out why the model predicts something else;'
    + ' record the golden data again if it is right, or set ml.golden.atol and ml.golden.rtol'
    + ' if the error is tolerable.')

def report = new JsonSlurper().parse(new File(basedir, 'target/ml/verify.json'))
assert report.verdict == 'fail'
def finding = report.models[0].findings.find { it.id == 'ML-GOLDEN-MISMATCH' }
assert [finding.severity, finding.file, finding.expected, finding.found] ==
    ['error', 'src/test/model/test_data_set_0', '17', '16']

// Nothing that failed is locked or built.
assert !new File(basedir, 'ml.lock').exists()
assert !new File(basedir, 'target/golden-mismatch-1.4.0-image.tar').exists()
