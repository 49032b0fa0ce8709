import groovy.json.JsonSlurper

def log = new File(basedir, 'build.log').text
assert log.contains('ML-SAFE-MALICIOUS: src/main/model/notes.zip!/readme.md: loading it starts programs; expected globals'
    + ' that hold only data, found os.system at byte 0. Do not load it anywhere, not even to convert it; ask where it'
    + ' comes from.')
assert log.contains('ML-SAFE-UNKNOWN: src/main/model/mystery.bin: nobody knows what this file is; expected a format that'
    + ' docs/checks.md lists, found 4 bytes of something else. Move it out of the model\'s folder, or convert it to a'
    + ' format that can be looked into.')

def model = new JsonSlurper().parse(new File(basedir, 'target/ml/verify.json')).models[0]
assert model.scanned.collect { [it.place, it.kind] } == [
    ['src/main/model/labels.txt', 'data'],
    ['src/main/model/model.onnx', 'model'],
    ['src/main/model/mystery.bin', 'unknown'],
    ['src/main/model/notes.zip', 'container'],
]
assert model.scanned[3].contents.collect { [it.place, it.kind] } == [['src/main/model/notes.zip!/readme.md', 'unsafe']]
// Plain data goes with the model; beside an attack the engine does not run.
assert model.files.collect { it.path } == ['model.onnx', 'labels.txt']
assert model.checks.find { it.name == 'engine' }.figure == 'not run beside unsafe files'

// Nothing that failed is locked or built.
assert !new File(basedir, 'ml.lock').exists()
assert !new File(basedir, 'target/unsafe-files-1.4.0.jar').exists()
