import groovy.json.JsonOutput
import java.security.KeyPairGenerator
import java.security.MessageDigest
import java.security.Signature

new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', basedir)

// As `model_signing sign key` does it.
def generator = KeyPairGenerator.getInstance('EC')
generator.initialize(256)
def key = generator.generateKeyPair()
new File(basedir, 'publisher.pem').text = '-----BEGIN PUBLIC KEY-----\n' +
    key.public.encoded.encodeBase64().toString() + '\n-----END PUBLIC KEY-----\n'
def digest = MessageDigest.getInstance('SHA-256').digest(new File(basedir, 'src/main/model/model.onnx').bytes)
def payload = JsonOutput.toJson([
    _type: 'https://in-toto.io/Statement/v1',
    subject: [[name: 'model', digest: [sha256: MessageDigest.getInstance('SHA-256').digest(digest).encodeHex().toString()]]],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: [
        serialization: [method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: ['model.sig']],
        resources: [[name: 'model.onnx', algorithm: 'sha256', digest: digest.encodeHex().toString()]]]]).bytes
def signer = Signature.getInstance('SHA256withECDSA')
signer.initSign(key.private)
signer.update("DSSEv1 28 application/vnd.in-toto+json ${payload.length} ".bytes)
signer.update(payload)
new File(basedir, 'src/main/model/model.sig').text = JsonOutput.toJson([
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: [publicKey: [hint: ''], tlogEntries: []],
    dsseEnvelope: [
        payload: payload.encodeBase64().toString(),
        payloadType: 'application/vnd.in-toto+json',
        signatures: [[sig: signer.sign().encodeBase64().toString(), keyid: '']]]])
return true
