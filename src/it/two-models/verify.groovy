def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

def report = packaged.json(new File(basedir, 'target/ml/verify.json'))
assert report.models.collectEntries { [it.name, it.verdict] } == ['add-sub': 'pass', 'digits-cnn': 'pass']
assert packaged.json(new File(basedir, 'ml.lock')).models.keySet() == ['add-sub', 'digits-cnn'] as Set
assert packaged.json(new File(basedir, 'target/ml/image.json')).layers*.name.findAll { it.startsWith('model/') } ==
    ['model/add-sub', 'model/digits-cnn']
packaged.logged(new File(basedir, 'build.log').text, '4 golden case(s) answered over HTTP as expected')
