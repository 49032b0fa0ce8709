package io.github.mlmaven.report.bom;

import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.verify.ModelVerification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.component.ModelCard;
import org.cyclonedx.model.component.modelCard.InputOutputParameter;
import org.cyclonedx.model.component.modelCard.ModelParameters;
import org.cyclonedx.model.component.modelCard.QuantitativeAnalysis;

/** A model with its files and its card. Its hash is that of its main file; other files are components in it. */
final class ModelComponent {

    private ModelComponent() {}

    static Component of(ModelVerification model) {
        InspectedModel inspected = model.inspected().orElseThrow();
        String ref = "model:" + model.source().name() + "@" + model.source().version();
        Component component = new Component();
        component.setType(Component.Type.MACHINE_LEARNING_MODEL);
        component.setBomRef(ref);
        component.setName(model.source().name());
        component.setVersion(model.source().version());
        component.setScope(Component.Scope.REQUIRED);
        Components.hashed(component, inspected.files().get(0).digest());
        for (ModelFile file : inspected.files().subList(1, inspected.files().size())) {
            component.addComponent(file(file, ref));
        }
        component.setModelCard(card(model, inspected));
        return component;
    }

    private static Component file(ModelFile file, String model) {
        Component component = new Component();
        component.setType(Component.Type.FILE);
        component.setBomRef(model + "/" + file.path());
        component.setName(file.path());
        return Components.hashed(component, file.digest());
    }

    private static ModelCard card(ModelVerification model, InspectedModel inspected) {
        Contract contract = model.contract().orElseThrow();
        ModelParameters parameters = new ModelParameters();
        parameters.setInputs(tensors(contract.inputs()));
        parameters.setOutputs(tensors(contract.outputs()));
        ModelCard card = new ModelCard();
        card.setModelParameters(parameters);
        card.setProperties(properties(model, inspected));
        if (!model.golden().isEmpty()) {
            QuantitativeAnalysis analysis = new QuantitativeAnalysis();
            analysis.setPerformanceMetrics(GoldenMetrics.of(model.golden()));
            card.setQuantitativeAnalysis(analysis);
        }
        return card;
    }

    private static List<InputOutputParameter> tensors(List<TensorSpec> tensors) {
        return tensors.stream()
                .map(tensor -> {
                    InputOutputParameter parameter = new InputOutputParameter();
                    parameter.setFormat(tensor.toString());
                    return parameter;
                })
                .toList();
    }

    private static List<Property> properties(ModelVerification model, InspectedModel inspected) {
        List<Property> properties = new ArrayList<>();
        add(properties, "format", inspected.format().id());
        add(properties, "mainFile", inspected.files().get(0).path());
        add(properties, "irVersion", Long.toString(inspected.summary().irVersion()));
        add(properties, "parameters", Long.toString(inspected.summary().parameters()));
        if (!inspected.summary().producer().isEmpty()) {
            add(properties, "producer", inspected.summary().producer());
        }
        model.verified().ifPresent(verified -> add(properties, "engine", verified.engine()));
        for (Opset opset : inspected.summary().opsets()) {
            add(properties, "opset:" + opset.domain(), Long.toString(opset.version()));
        }
        inspected
                .summary()
                .operators()
                .forEach((operator, count) -> add(properties, "operator:" + operator, count.toString()));
        properties.sort(Comparator.comparing(Property::getName).thenComparing(Property::getValue));
        return properties;
    }

    private static void add(List<Property> properties, String name, String value) {
        properties.add(new Property(Components.PROPERTY + name, value));
    }
}
