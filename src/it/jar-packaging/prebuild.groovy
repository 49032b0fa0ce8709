import org.codehaus.plexus.util.FileUtils

def model = new File(models, 'add-sub')
FileUtils.copyFileToDirectory(new File(model, 'model.onnx'), new File(basedir, 'src/main/model'))
model.listFiles().findAll { it.directory }.each {
    FileUtils.copyDirectory(it, new File(basedir, "src/test/model/${it.name}"))
}

return true
