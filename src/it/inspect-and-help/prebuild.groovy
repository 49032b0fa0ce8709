new GroovyClassLoader(getClass().classLoader).parseClass(new File(support, 'Models.groovy'))
    .copy(models, 'breast-cancer-lgbm', basedir)
return true
