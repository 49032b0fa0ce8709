package io.github.mlmaven.mojo;

import java.lang.reflect.Field;

/** What Maven put into a goal's parameters. */
final class Fields {

    private Fields() {}

    static Object value(Object mojo, String parameter) throws ReflectiveOperationException {
        for (Class<?> type = mojo.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(parameter)) {
                    field.setAccessible(true);
                    return field.get(mojo);
                }
            }
        }
        throw new NoSuchFieldException(parameter);
    }
}
