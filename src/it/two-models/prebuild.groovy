def copier = new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
['add-sub', 'digits-cnn'].each { copier.copy(models, it, basedir, it) }
return true
