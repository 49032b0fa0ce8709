package io.github.mlmaven.serving.grpc;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.github.mlmaven.serving.grpc.wire.OpenInferenceProto;
import io.github.mlmaven.serving.grpc.wire.health.HealthProto;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.ErrorResponse;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.ExtensionNumberResponse;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.FileDescriptorResponse;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.ListServiceResponse;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.ReflectionProto;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.ServerReflectionRequest;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.ServerReflectionResponse;
import io.github.mlmaven.serving.grpc.wire.reflection.v1.ServiceResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code grpc.reflection.v1.ServerReflection}: what this server's methods and messages are, so that a client such as
 * grpcurl needs no .proto file. The messages of v1alpha are the same.
 */
final class ReflectionService {

    /** None of the files imports another. */
    private static final List<FileDescriptor> FILES = List.of(
            OpenInferenceProto.getDescriptor(),
            HealthProto.getDescriptor(),
            ReflectionProto.getDescriptor(),
            io.github.mlmaven.serving.grpc.wire.reflection.v1alpha.ReflectionProto.getDescriptor());

    private static final int MAX_MESSAGE = 1 << 16;

    private final LongCalls open;

    ReflectionService(LongCalls open) {
        this.open = open;
    }

    void addTo(Map<String, GrpcMethod> methods) {
        GrpcMethod method = new GrpcMethod(MAX_MESSAGE, GrpcMethod.Kind.STREAM, call -> new GrpcMethod.Receiver() {
                    @Override
                    public void message(Message message) throws GrpcException {
                        call.send(call.frame(answer(message.parse(ServerReflectionRequest.parser()))));
                    }

                    @Override
                    public void halfClosed() {
                        call.end();
                    }
                })
                .lasting(open);
        methods.put("/" + GrpcServices.REFLECTION + "/ServerReflectionInfo", method);
        methods.put("/" + GrpcServices.REFLECTION_ALPHA + "/ServerReflectionInfo", method);
    }

    private static ServerReflectionResponse answer(ServerReflectionRequest request) {
        ServerReflectionResponse.Builder response = ServerReflectionResponse.newBuilder()
                .setValidHost(request.getHost())
                .setOriginalRequest(request);
        switch (request.getMessageRequestCase()) {
            case LIST_SERVICES -> response.setListServicesResponse(services());
            case FILE_BY_FILENAME -> file(response, named(request.getFileByFilename()), request.getFileByFilename());
            case FILE_CONTAINING_SYMBOL ->
                file(response, declaring(request.getFileContainingSymbol()), request.getFileContainingSymbol());
            case ALL_EXTENSION_NUMBERS_OF_TYPE -> extensions(response, request.getAllExtensionNumbersOfType());
            case FILE_CONTAINING_EXTENSION ->
                error(
                        response,
                        GrpcStatus.NOT_FOUND,
                        "no extension of "
                                + request.getFileContainingExtension().getContainingType());
            case MESSAGEREQUEST_NOT_SET -> error(response, GrpcStatus.INVALID_ARGUMENT, "the request asks for nothing");
        }
        return response.build();
    }

    private static ListServiceResponse services() {
        ListServiceResponse.Builder services = ListServiceResponse.newBuilder();
        FILES.stream()
                .flatMap(file -> file.getServices().stream())
                .map(ServiceDescriptor::getFullName)
                .sorted()
                .forEach(
                        name -> services.addService(ServiceResponse.newBuilder().setName(name)));
        return services.build();
    }

    private static void file(ServerReflectionResponse.Builder response, Optional<FileDescriptor> file, String asked) {
        file.ifPresentOrElse(
                found -> response.setFileDescriptorResponse(FileDescriptorResponse.newBuilder()
                        .addFileDescriptorProto(found.toProto().toByteString())),
                () -> error(response, GrpcStatus.NOT_FOUND, "not found: " + asked));
    }

    private static void extensions(ServerReflectionResponse.Builder response, String type) {
        if (FILES.stream().anyMatch(file -> file.findMessageTypeByName(simpleName(file, type)) != null)) {
            response.setAllExtensionNumbersResponse(
                    ExtensionNumberResponse.newBuilder().setBaseTypeName(type));
        } else {
            error(response, GrpcStatus.NOT_FOUND, "not found: " + type);
        }
    }

    private static void error(ServerReflectionResponse.Builder response, GrpcStatus status, String message) {
        response.setErrorResponse(
                ErrorResponse.newBuilder().setErrorCode(status.code()).setErrorMessage(message));
    }

    private static Optional<FileDescriptor> named(String name) {
        return FILES.stream().filter(file -> file.getFullName().equals(name)).findFirst();
    }

    private static Optional<FileDescriptor> declaring(String symbol) {
        return FILES.stream().filter(file -> declares(file, symbol)).findFirst();
    }

    /** A service, its method, a message or one in it, a field, an enum or its value. */
    private static boolean declares(FileDescriptor file, String symbol) {
        if (!symbol.startsWith(file.getPackage() + ".")) {
            return false;
        }
        String name = simpleName(file, symbol);
        int dot = name.indexOf('.');
        String outer = dot < 0 ? name : name.substring(0, dot);
        ServiceDescriptor service = file.findServiceByName(outer);
        if (service != null) {
            return dot < 0 || service.findMethodByName(name.substring(dot + 1)) != null;
        }
        return file.findMessageTypeByName(outer) != null || file.findEnumTypeByName(outer) != null;
    }

    private static String simpleName(FileDescriptor file, String symbol) {
        String prefix = file.getPackage() + ".";
        return symbol.startsWith(prefix) ? symbol.substring(prefix.length()) : "";
    }
}
