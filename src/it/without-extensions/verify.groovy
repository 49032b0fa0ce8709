assert new File(basedir, 'build.log').text.contains('The serving runtime is not among the project\'s dependencies;'
    + ' expected <extensions>true</extensions> at ml-maven-plugin in the pom, and an execution of one of its goals or the'
    + ' packaging ml-model. Add what is missing, so that the plugin can complete the project.')
