import org.codehaus.plexus.util.FileUtils

def model = new File(models, 'add-sub')
FileUtils.copyFileToDirectory(new File(model, 'model.onnx'), new File(basedir, 'src/main/model'))
model.listFiles().findAll { it.directory }.each {
    FileUtils.copyDirectory(it, new File(basedir, "src/test/model/${it.name}"))
}

// One letter of the graph's name: the model predicts the same, and is not the one that was locked.
def changed = new File(model, 'model.onnx').bytes
changed[new String(changed, 'ISO-8859-1').indexOf('simple')] = (byte) 'S'
def folder = new File(basedir, 'src/main/changed-model')
folder.mkdirs()
new File(folder, 'model.onnx').bytes = changed

return true
