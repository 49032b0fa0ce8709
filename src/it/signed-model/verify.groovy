def log = new File(basedir, 'build.log').text
assert log =~ /signature +PASS +signed by key sha256:[0-9a-f]{64}/
assert log.contains('ML-SIGN-UNVERIFIED: src/main/model/model.sig: none.pem cannot be used to verify the signature;'
    + ' expected a file in PEM, found none. Correct the path or the file.')
