def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

assert packaged.json(new File(basedir, 'target/ml/verify.json')).verdict == 'pass'
assert new File(basedir, 'target/paths-with-spaces-1.4.0-image.tar').isFile()
packaged.serve(new File(basedir, 'target/paths-with-spaces-1.4.0.jar')) { port ->
    def outputs = packaged.infer(port, 'paths-with-spaces', '1.4.0', ['INPUT0', 'INPUT1'].collect {
        [name: it, datatype: 'INT32', shape: [1, 16], data: (1..16).toList()]
    })
    assert outputs.OUTPUT0 == (1..16).collect { 2 * it }
}
