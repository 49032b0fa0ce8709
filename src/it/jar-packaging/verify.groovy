def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

assert packaged.json(new File(basedir, 'target/ml/verify.json')).verdict == 'pass'
assert packaged.json(new File(basedir, 'ml.lock')).models.keySet() == ['sums'] as Set
assert packaged.json(new File(basedir, 'target/ml/provenance.json')).subject*.name == ['sums:1.4.0', 'sums-1.4.0.jar']
assert packaged.entries(new File(basedir, 'target/sums-1.4.0-image.tar')).contains('manifest.json')
def jar = new java.util.zip.ZipFile(new File(basedir, 'target/sums-1.4.0.jar')).withCloseable { it.entries()*.name }
assert jar.contains('META-INF/ml/models.json') && !jar.any { it.endsWith('.onnx') }
assert new File(basedir, 'target/model/sums/1.4.0').list().sort() == ['ml-model.json', 'model.onnx']
assert packaged.json(new File(basedir, 'ml.lock')).packaging == ['ml.embed': 'file', 'project.build.sourceEncoding': 'UTF-8']
packaged.serve(new File(basedir, 'target/sums-1.4.0.jar')) { port ->
    def outputs = packaged.infer(port, 'sums', '1.4.0', ['INPUT0', 'INPUT1'].collect {
        [name: it, datatype: 'INT32', shape: [1, 16], data: (1..16).toList()]
    })
    assert outputs == [OUTPUT0: (1..16).collect { 2 * it }, OUTPUT1: [0] * 16]
}
