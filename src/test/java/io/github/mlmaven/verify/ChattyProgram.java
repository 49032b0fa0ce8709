package io.github.mlmaven.verify;

/** Prints more than anyone keeps, then gives up. */
final class ChattyProgram {

    private ChattyProgram() {}

    public static void main(String[] args) {
        for (int i = 0; i < 200_000; i++) {
            System.out.println("line " + i);
        }
        System.err.println("\u001b[31mlast words");
        System.exit(7);
    }
}
