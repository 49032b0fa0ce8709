new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', basedir)
return true
