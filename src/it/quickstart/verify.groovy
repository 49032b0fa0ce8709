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

// What the result is made of: the digests are those of image.json, of the lock and of the files themselves.
def sha256 = { File file -> java.security.MessageDigest.getInstance('SHA-256').digest(file.bytes).encodeHex().toString() }
def lock = packaged.json(new File(basedir, 'ml.lock'))
def bom = packaged.json(new File(target, 'ml/bom.json'))
assert bom.specVersion == '1.6'
assert bom.metadata.component.purl == 'pkg:maven/com.acme/breast-cancer@1.4.0?type=jar'
assert bom.metadata.component.properties.find { it.name == 'ml-maven-plugin:imageDigest' }.value == image.digest
def part = { name -> bom.components.findAll { it.name == name } }
assert part('breast-cancer')*.type == ['machine-learning-model']
assert part('breast-cancer')[0].hashes[0].content == lock.models['breast-cancer'].files[0].sha256
assert part('breast-cancer')[0].modelCard.modelParameters.inputs*.format.contains('features FP32[N,28]')
assert part('jdk')*.type == ['platform']
assert part('libonnxruntime.so')*.'bom-ref' == ['native:libonnxruntime.so']
def jars = bom.components.findAll { it.purl?.startsWith('pkg:maven/') }
assert jars.size() == lock.dependencies.size()
assert jars.every { it.licenses } : "without a licence: ${jars.findAll { !it.licenses }*.name}"
assert part('vertx-core')[0].licenses*.license.id == ['Apache-2.0', 'EPL-2.0']
assert bom.serialNumber ==~ /urn:uuid:[0-9a-f-]{36}/ && !bom.metadata.timestamp

// How it came about: nothing that the lock does not hold, and the image and the jar of this very build.
def provenance = packaged.json(new File(target, 'ml/provenance.json'))
assert provenance.subject.collectEntries { [it.name, it.digest.sha256] } == [
    'breast-cancer:1.4.0': image.digest - 'sha256:',
    'breast-cancer-1.4.0.jar': sha256(new File(target, 'breast-cancer-1.4.0.jar')),
]
def definition = provenance.predicate.buildDefinition
assert definition.externalParameters.goals.last() == 'package'
assert definition.externalParameters.profiles == []
def materials = definition.resolvedDependencies.findAll { it.digest.sha256 }
// Everything that is locked, and nothing else; what several plugins have on their class paths is told once.
def model = lock.models['breast-cancer']
def locked = (lock.dependencies + lock.plugins + lock.pluginDependencies)*.sha256 + (model.files + model.golden)*.sha256 +
    (lock.base.libraries.values() + lock.base.modules).collect { it - 'sha256:' }
assert materials*.digest*.sha256 as Set == locked as Set
assert provenance.predicate.runDetails.byproducts[0].digest.sha256 == sha256(new File(target, 'ml/bom.json'))
packaged.logged(log, 'Attested breast-cancer:1.4.0 and breast-cancer-1.4.0.jar: target/ml/bom.json, target/ml/provenance.json')

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
