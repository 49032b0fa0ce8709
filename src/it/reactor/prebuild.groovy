new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'add-sub', new File(basedir, 'sums'))
return true
