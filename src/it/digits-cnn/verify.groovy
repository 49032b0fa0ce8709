def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))
def log = new File(basedir, 'build.log').text

packaged.logged(log, 'image FP32[batch,1,8,8]')
def report = packaged.json(new File(basedir, 'target/ml/verify.json'))
assert report.verdict == 'pass'
assert report.models[0].golden*.'case'.sort() == ['test_data_set_0', 'test_data_set_1', 'test_data_set_2']
assert new File(basedir, 'target/digits-cnn-1.4.0.jar').isFile()

// Without an image there is nothing that it is built on, whatever the lock pins.
def provenance = packaged.json(new File(basedir, 'target/ml/provenance.json'))
def materials = provenance.predicate.buildDefinition.resolvedDependencies*.name
assert provenance.subject*.name == ['digits-cnn-1.4.0.jar']
assert materials.contains('model/digits-cnn/model.onnx')
assert !materials.any { it.startsWith('base') }
