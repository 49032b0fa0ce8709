new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', basedir)

// One letter of the graph's name: the model predicts the same, and is not the one that was locked.
def changed = new File(basedir, 'src/main/model/model.onnx').bytes
changed[new String(changed, 'ISO-8859-1').indexOf('simple')] = (byte) 'S'
def folder = new File(basedir, 'src/main/changed-model')
folder.mkdirs()
new File(folder, 'model.onnx').bytes = changed
return true
