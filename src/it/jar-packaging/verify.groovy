def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

assert packaged.json(new File(basedir, 'target/ml/verify.json')).verdict == 'pass'
assert packaged.json(new File(basedir, 'ml.lock')).models.keySet() == ['sums'] as Set
assert packaged.json(new File(basedir, 'target/ml/provenance.json')).subject*.name == ['sums:1.4.0', 'sums-1.4.0.jar']
assert packaged.entries(new File(basedir, 'target/sums-1.4.0-image.tar')).contains('manifest.json')
packaged.serve(new File(basedir, 'target/sums-1.4.0.jar')) { port ->
    def outputs = packaged.infer(port, 'sums', '1.4.0', ['INPUT0', 'INPUT1'].collect {
        [name: it, datatype: 'INT32', shape: [1, 16], data: (1..16).toList()]
    })
    assert outputs == [OUTPUT0: (1..16).collect { 2 * it }, OUTPUT1: [0] * 16]
}
