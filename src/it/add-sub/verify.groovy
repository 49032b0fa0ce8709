def packaged = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Packaged.groovy'))

// The configured names, in the source and in the image's command.
def source = new File(basedir, 'target/generated-sources/ml/org/example/serving/Main.java')
assert source.text.contains('<li>input INPUT0 INT32[batch,16]</li>')
def tar = new File(basedir, 'target/add-sub-1.4.0-image.tar')
def blob = { digest -> packaged.entry(tar, 'blobs/sha256/' + digest.substring('sha256:'.length())) }
def manifest = blob(packaged.entry(tar, 'index.json').manifests[0].digest)
def config = blob(manifest.config.digest)
assert config.config.Entrypoint.last() == 'org.example.serving.Main'
assert config.config.User == '65532:65532'
assert config.config.Labels['org.opencontainers.image.version'] == '1.4.0'

// What the build leaves of the model is a repository that the server can load from.
def repository = new File(basedir, 'target/classes/META-INF/ml/model')
assert packaged.json(new File(repository, 'add-sub/1.4.0/ml-model.json')).models*.name == ['add-sub']
packaged.serve(new File(basedir, 'target/add-sub-1.4.0.jar'), [ML_MODEL_REPOSITORY: repository.path]) { port ->
    packaged.post(port, '/v2/repository/models/add-sub/unload', [:])
    assert packaged.post(port, '/v2/repository/models/add-sub/load', [:]).state == 'READY'
    def ones = [1] * 16
    def outputs = packaged.infer(port, 'add-sub', '1.4.0', [
        [name: 'INPUT0', datatype: 'INT32', shape: [1, 16], data: (1..16).toList()],
        [name: 'INPUT1', datatype: 'INT32', shape: [1, 16], data: [ones]],
    ])
    assert outputs == [OUTPUT0: (2..17).toList(), OUTPUT1: (0..15).toList()]
}
