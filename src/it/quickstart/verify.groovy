import groovy.json.JsonSlurper

def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))
def log = new File(basedir, 'build.log').text
def target = new File(basedir, 'target')

// What was found, checked, locked and built is in the log.
packaged.logged(log, 'features FP32[N,28]')
packaged.logged(log, 'ai.onnx 15, ai.onnx.ml 3')
packaged.logged(log, 'Verdict PASS: 1 model, 0 errors, 0 warnings')
packaged.logged(log, 'ml.lock: created')
packaged.logged(log, 'docker run --rm -p 8080:8080 breast-cancer:1.4.0')
packaged.logged(log, '"name":"probabilities"')

def report = packaged.json(new File(target, 'ml/verify.json'))
assert report.reportVersion == 1
assert report.verdict == 'pass'
assert report.models*.name == ['breast-cancer']
assert report.models[0].golden*.'case'.sort() == ['one-patient', 'test_data_set_0', 'test_data_set_1', 'test_data_set_2']

// One tar, read as an OCI layout and as a Docker archive, with the digest that was printed.
def tar = new File(target, 'breast-cancer-1.4.0-image.tar')
def image = packaged.json(new File(target, 'ml/image.json'))
def manifest = packaged.entry(tar, 'index.json').manifests[0]
assert manifest.digest == image.digest
assert packaged.entry(tar, 'manifest.json')[0].RepoTags == ['breast-cancer:1.4.0']
packaged.logged(log, image.digest)
assert image.layers*.name == ['base', 'natives', 'dependencies', 'model/breast-cancer', 'application']

// Every build gave the same image: the log has one digest.
assert (log =~ /digest (sha256:[0-9a-f]{64})/).collect { it[1] }.toSet() == [image.digest] as Set

// The jar predicts what LightGBM predicted.
def golden = new JsonSlurper().parse(new File(basedir, 'src/test/model/one-patient.json'))
packaged.serve(new File(target, 'breast-cancer-1.4.0.jar')) { port ->
    def outputs = packaged.infer(port, 'breast-cancer', '1.4.0', golden.inputs)
    assert outputs.label == golden.outputs[0].data
    [outputs.probabilities, golden.outputs[1].data].transpose().each { actual, expected ->
        assert Math.abs(actual - expected) <= 1e-5 + 1e-4 * Math.abs(expected)
    }
}

// The same plugins on every Maven version: the packaging pins them.
def plugins = packaged.json(new File(basedir, 'ml.lock')).plugins*.artifact
assert plugins.findAll { !it.contains(':ml-maven-plugin:') } == [
    'org.apache.maven.plugins:maven-compiler-plugin:jar:3.16.0',
    'org.apache.maven.plugins:maven-jar-plugin:jar:3.5.1',
    'org.apache.maven.plugins:maven-resources-plugin:jar:3.5.0',
    'org.apache.maven.plugins:maven-surefire-plugin:jar:3.6.1',
]
assert plugins.size() == 5
